import type { INodeProperties } from 'n8n-workflow';
import { inBody } from '../../fields/routing';
import { metadata } from '../../pipeline/metadata';
import type { Operation } from '../resource';
import { newClientFields } from './fields';

/** What a client is found by; ComplyCube cannot filter by external ID (API page "Filtering clients"). */
const matchFields: INodeProperties[] = [
	{
		displayName: 'Match By',
		name: 'matchBy',
		type: 'options',
		noDataExpression: true,
		default: 'email',
		description: 'How to find an existing client',
		options: [
			{ name: 'Email', value: 'email' },
			{
				name: 'Metadata',
				value: 'metadata',
				description: "One entry, e.g. the client's ID in your own system",
			},
		],
		routing: inBody('match.by'),
	},
	{
		displayName: 'Metadata Key',
		name: 'matchKey',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. customerId',
		description: 'A new client gets this entry too',
		displayOptions: { show: { matchBy: ['metadata'] } },
		routing: inBody('match.key'),
	},
	{
		displayName: 'Metadata Value',
		name: 'matchValue',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. 4711',
		displayOptions: { show: { matchBy: ['metadata'] } },
		routing: inBody('match.value'),
	},
];

/** API pages "Filtering clients", "Create a client", "Update a client". */
export const upsert: Operation = {
	name: 'Create or Update',
	value: 'upsert',
	action: 'Create or update client',
	description: 'Create a new client, or update the current one if it already exists (upsert)',
	request: { method: 'POST', path: '/clients' },
	plan: {
		kind: 'upsert',
		body: [metadata],
		inDoubt:
			'The client may have been created or changed all the same. It is safe to run this item again in a few seconds: it looks for the client first.',
	},
	hint: 'If several clients match, none is changed. Empty fields and other metadata stay as they are. Two runs at the same time may both create the client.',
	fields: [...matchFields, ...newClientFields],
};
