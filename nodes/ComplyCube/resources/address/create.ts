import { actingMember } from '../../fields/actingMember';
import { asRequired } from '../../fields/asRequired';
import { additionalFields } from '../../fields/collections';
import { clientLocator, locator } from '../../fields/locator';
import { inBody } from '../../fields/routing';
import type { Operation } from '../resource';
import { optionalFields, requiredFields } from './fields';

/** API page "Create an address". */
export const create: Operation = {
	name: 'Create',
	value: 'create',
	action: 'Create address',
	description: 'Add an address to a client. Does not start a check.',
	request: { method: 'POST', path: '/addresses' },
	plan: {
		kind: 'change',
		requiredIds: ['clientId'],
		inDoubt:
			'The address may have been created all the same. Before you run this item again, look for it: Get Many lists the addresses of the client, newest first.',
	},
	fields: [
		locator({ ...clientLocator, routing: inBody('clientId') }),
		...asRequired(requiredFields),
		additionalFields('addressFields', [...optionalFields, actingMember]),
	],
};
