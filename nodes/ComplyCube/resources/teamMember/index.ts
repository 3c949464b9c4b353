import type { Resource } from '../resource';
import { get } from './get';
import { getAll } from './getAll';

/** Who works on the account (API page "Team Members"). */
export const teamMember: Resource = {
	name: 'Team Member',
	value: 'teamMember',
	description: 'Someone who works in your ComplyCube account',
	operations: [get, getAll],
};
