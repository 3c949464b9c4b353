import { actingMember } from '../../fields/actingMember';
import { additionalFields } from '../../fields/collections';
import { clientLocator, locator } from '../../fields/locator';
import { inBody } from '../../fields/routing';
import type { Operation } from '../resource';
import { optionalFields, typeField } from './fields';

/** API page "Create a document". */
export const create: Operation = {
	name: 'Create',
	value: 'create',
	action: 'Create document',
	description:
		'Add a document to a client. Use Upload Image to add its images. Does not start a check.',
	request: { method: 'POST', path: '/documents' },
	plan: {
		kind: 'change',
		requiredIds: ['clientId'],
		inDoubt:
			'The document may have been created all the same. Before you run this item again, look for it: Get Many lists the documents of the client, newest first.',
	},
	fields: [
		locator({ ...clientLocator, routing: inBody('clientId') }),
		typeField,
		additionalFields('documentFields', [actingMember, ...optionalFields]),
	],
};
