import type { INodeProperties } from 'n8n-workflow';
import { filters } from '../../fields/collections';
import { createdFilters, limitProperties, listOptions } from '../../fields/listFields';
import { clientFilter } from '../../fields/locator';
import { openList } from '../../fields/openList';
import { outputProperties } from '../../fields/outputFields';
import { inQuery } from '../../fields/routing';
import type { Operation } from '../resource';
import { ACTIONS, LIST_FIELDS, RESOURCE_TYPES, SIMPLIFIED_FIELDS } from './fields';

const textFilter = (
	displayName: string,
	name: string,
	placeholder: string,
	description: string,
): INodeProperties => ({
	displayName,
	name,
	type: 'string',
	default: '',
	placeholder,
	description,
	routing: inQuery(name),
});

/** API page "List audit logs". */
export const getAll: Operation = {
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many audit logs',
	description: 'List who changed what, newest first, without old and new values. Reading is free.',
	request: { method: 'GET', path: '/auditLogs' },
	plan: { kind: 'list', simplified: SIMPLIFIED_FIELDS },
	outputFields: LIST_FIELDS,
	fields: [
		...limitProperties,
		...outputProperties,
		filters('auditLogFilters', [
			openList({
				displayName: 'Action',
				name: 'action',
				type: 'options',
				default: '',
				description: 'Only what was done in this way',
				options: ACTIONS,
				routing: inQuery('action'),
			}),
			clientFilter('Only what was done to this client', inQuery('clientId')),
			...createdFilters,
			textFilter(
				'Member ID',
				'memberId',
				'e.g. VNARgK33nMASdJKdi',
				'Only what this team member did',
			),
			textFilter(
				'Resource ID',
				'resourceId',
				'e.g. 5eb2b61e02df0a0008f1cf2a',
				'Only what was done to this object',
			),
			openList({
				displayName: 'Resource Type',
				name: 'resourceType',
				type: 'options',
				default: '',
				description: 'Only what was done to objects of this type',
				options: RESOURCE_TYPES,
				routing: inQuery('resourceType'),
			}),
			textFilter('Trigger', 'trigger', 'e.g. updateClient', 'Only what was done by this request'),
		]),
		listOptions,
	],
};
