import { operation } from '../../pipeline/pipeline';
import { additionalFields } from '../../fields/collections';
import { clientLocator, locator } from '../../fields/locator';
import type { Operation } from '../resource';
import { inBody } from '../../fields/routing';
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
