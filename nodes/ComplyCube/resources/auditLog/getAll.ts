import type { INodeProperties } from 'n8n-workflow';
import { filters } from '../../fields/collections';
import { createdFilters, limitProperties, listOptions } from '../../fields/listFields';
import { AN_ID, clientFilter } from '../../fields/locator';
import { openList } from '../../fields/openList';
import { outputProperties } from '../../fields/outputFields';
import { inQuery } from '../../fields/routing';
import type { Operation } from '../resource';
import { ACTIONS, LIST_FIELDS, RESOURCE_TYPES, SIMPLIFIED_FIELDS } from './fields';

const textFilter = (
	displayName: string,
	name: string,
	placeholder: string,
	description?: string,
): INodeProperties => ({
	displayName,
	name,
	type: 'string',
	default: '',
	placeholder,
	description,
	routing: inQuery(name),
});

const idFilter = (displayName: string, name: string, placeholder: string): INodeProperties => ({
	...textFilter(displayName, name, placeholder),
	typeOptions: AN_ID,
});

/** API page "List audit logs". */
export const getAll: Operation = {
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many audit logs',
	description: 'List who changed what and when, newest first. Use Get for the old and new values.',
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
				options: ACTIONS,
				routing: inQuery('action'),
			}),
			clientFilter(inQuery('clientId')),
			...createdFilters,
			idFilter('Member ID', 'memberId', 'e.g. VNARgK33nMASdJKdi'),
			idFilter('Resource ID', 'resourceId', 'e.g. 5eb2b61e02df0a0008f1cf2a'),
			openList({
				displayName: 'Resource Type',
				name: 'resourceType',
				type: 'options',
				default: '',
				options: RESOURCE_TYPES,
				routing: inQuery('resourceType'),
			}),
			textFilter('Trigger', 'trigger', 'e.g. updateClient', 'What caused the change'),
		]),
		listOptions,
	],
};
