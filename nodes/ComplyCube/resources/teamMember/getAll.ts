import { filters } from '../../fields/collections';
import { createdFilters, limitProperties, listOptions } from '../../fields/listFields';
import { openList } from '../../fields/openList';
import { inQuery } from '../../fields/routing';
import type { Operation } from '../resource';
import { ROLES } from './fields';

/** API page "List team members". */
export const getAll: Operation = {
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many team members',
	description: 'List who works in the account, newest first. Filter by name, role or time.',
	request: { method: 'GET', path: '/teamMembers' },
	plan: { kind: 'list' },
	fields: [
		...limitProperties,
		filters('teamMemberFilters', [
			...createdFilters,
			{
				displayName: 'First Name',
				name: 'firstName',
				type: 'string',
				default: '',
				placeholder: 'e.g. Nathan',
				routing: inQuery('firstName'),
			},
			{
				displayName: 'Last Name',
				name: 'lastName',
				type: 'string',
				default: '',
				placeholder: 'e.g. Smith',
				routing: inQuery('lastName'),
			},
			openList({
				displayName: 'Role',
				name: 'role',
				type: 'options',
				default: '',
				description: 'Use an expression for a role of your own',
				options: ROLES,
				routing: inQuery('role'),
			}),
		]),
		listOptions,
	],
};
