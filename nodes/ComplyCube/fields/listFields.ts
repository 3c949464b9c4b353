import type { INodeProperties } from 'n8n-workflow';
import { inQuery } from './routing';

/** How many objects a Get Many returns: the fields `returnAll` and `limit`. */
export const limitProperties: INodeProperties[] = [
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 50,
		description: 'Max number of results to return',
		displayOptions: { show: { returnAll: [false] } },
	},
];

/** How the filters of a Get Many are treated: the collection `options` with `skipEmptyFilters`. */
export const listOptions: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	// An agent that leaves a value out would get everybody's objects
	displayOptions: { hide: { '@tool': [true] } },
	options: [
		{
			displayName: 'Skip Empty Filters',
			name: 'skipEmptyFilters',
			type: 'boolean',
			default: false,
			description:
				'Whether to ignore a filter whose expression gives nothing. If off, the item fails.',
		},
	],
};

/** The filters by time for objects that never change. */
export const createdFilters: INodeProperties[] = [
	{
		displayName: 'Created After',
		name: 'createdAfter',
		type: 'dateTime',
		default: '',
		routing: inQuery('createdAfter'),
	},
	{
		displayName: 'Created Before',
		name: 'createdBefore',
		type: 'dateTime',
		default: '',
		routing: inQuery('createdBefore'),
	},
];

/** The filters by time that every list of ComplyCube understands (API page "Pagination"). */
export const timeFilters: INodeProperties[] = [
	...createdFilters,
	{
		displayName: 'Updated After',
		name: 'updatedAfter',
		type: 'dateTime',
		default: '',
		routing: inQuery('updatedAfter'),
	},
	{
		displayName: 'Updated Before',
		name: 'updatedBefore',
		type: 'dateTime',
		default: '',
		routing: inQuery('updatedBefore'),
	},
];
