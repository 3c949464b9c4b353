import { metadata } from '../../pipeline/metadata';
import type { Operation } from '../resource';
import { newClientFields } from './fields';

/** API page "Create a client". */
export const create: Operation = {
	name: 'Create',
	value: 'create',
	action: 'Create client',
	description: 'Add a person or company to verify. Does not start a check.',
	request: { method: 'POST', path: '/clients' },
	plan: {
		kind: 'change',
		body: [metadata],
		inDoubt:
			"The client may have been created all the same. Before you run this item again, look for it: Get Many with the filter 'Email'.",
	},
	fields: newClientFields,
};
