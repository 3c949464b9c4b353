import { operation } from '../../pipeline/pipeline';
import { additionalFields } from '../../fields/collections';
import { clientLocator, locator } from '../../fields/locator';
import type { Operation } from '../resource';
import { inBody } from '../../fields/routing';
import { addressBody, moreFields, neededFields } from './fields';

/** API page "Create an address". */
export const create: Operation = {
	name: 'Create',
	value: 'create',
	action: 'Create address',
	description: 'Add an address to a client. It starts no check.',
	routing: {
		request: { method: 'POST', url: '/addresses' },
		operations: {
			pagination: operation({
				requires: ['clientId'],
				body: addressBody,
				inDoubt:
					'The address may have been created all the same. Before you run this item again, look for it: Get Many lists the addresses of the client, newest first.',
			}),
		},
	},
	properties: [
		locator({ ...clientLocator, routing: inBody('clientId') }),
		...neededFields.map((field) => ({ ...field, required: true })),
		additionalFields(moreFields),
	],
};
