import { operation } from '../../request/operation';
import { additionalFields } from '../collections';
import { clientLocator, locator } from '../locator';
import type { Operation } from '../resource';
import { inBody } from '../routing';
import { moreFields, typeField } from './fields';

/** API page "Create a document". */
export const create: Operation = {
	name: 'Create',
	value: 'create',
	action: 'Create document',
	description:
		'Add a document to a client, without images: Upload Image adds these. It starts no check.',
	routing: {
		request: { method: 'POST', url: '/documents' },
		operations: {
			pagination: operation({
				requires: ['clientId'],
				inDoubt:
					'The document may have been created all the same. Before you run this item again, look for it: Get Many lists the documents of the client, newest first.',
			}),
		},
	},
	properties: [
		locator({ ...clientLocator, routing: inBody('clientId') }),
		typeField,
		additionalFields(moreFields),
	],
};
