import { locator } from '../../fields/locator';
import type { Operation } from '../resource';
import { teamMemberLocator } from './fields';

/** API page "Get a team member". */
export const get: Operation = {
	name: 'Get',
	value: 'get',
	action: 'Get team member',
	description: 'Read the name and role of somebody who works on the account. Reading is free.',
	request: { method: 'GET', path: '/teamMembers/:teamMemberId' },
	plan: { kind: 'read' },
	fields: [locator(teamMemberLocator)],
};
