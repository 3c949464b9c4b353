import { filters } from '../../fields/collections';
import { createdFilters, limitProperties, listOptions } from '../../fields/listFields';
import { clientFilter, idFilter } from '../../fields/locator';
import { openList } from '../../fields/openList';
import { outputProperties } from '../../fields/outputFields';
import { inQuery } from '../../fields/routing';
import type { Operation } from '../resource';
import { ACTIONS, LIST_FIELDS, RESOURCE_TYPES, SIMPLIFIED_FIELDS } from './fields';

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
			idFilter('Member ID', 'memberId', 'VNARgK33nMASdJKdi', inQuery('memberId')),
			idFilter('Resource ID', 'resourceId', '5eb2b61e02df0a0008f1cf2a', inQuery('resourceId')),
			openList({
				displayName: 'Resource Type',
				name: 'resourceType',
				type: 'options',
				default: '',
				options: RESOURCE_TYPES,
				routing: inQuery('resourceType'),
			}),
			{
				displayName: 'Trigger',
				name: 'trigger',
				type: 'string',
				default: '',
				placeholder: 'e.g. updateClient',
				description: 'What caused the change',
				routing: inQuery('trigger'),
			},
		]),
		listOptions,
	],
};
