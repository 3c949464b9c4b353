import { locator } from '../../fields/locator';
import type { Operation } from '../resource';
import { teamMemberLocator } from './fields';

/** API page "Get a team member". */
export const get: Operation = {
	name: 'Get',
	value: 'get',
	action: 'Get team member',
	description: 'Get the name and role of someone who works in the account',
	request: { method: 'GET', path: '/teamMembers/:teamMemberId' },
	plan: { kind: 'read' },
	fields: [locator(teamMemberLocator)],
};
