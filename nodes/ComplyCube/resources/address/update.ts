import { actingMember } from '../../fields/actingMember';
import { updateFields } from '../../fields/collections';
import type { Operation } from '../resource';
import { ADDRESS_PATH, addressId, optionalFields, requiredFields } from './fields';

/** API page "Update an address". */
export const update: Operation = {
	name: 'Update',
	value: 'update',
	action: 'Update address',
	description:
		'Change an address. Only the fields you add are sent; a field left empty is sent empty.',
	request: { method: 'POST', path: ADDRESS_PATH },
	plan: {
		kind: 'change',
		keepsEmptyFields: true,
		inDoubt:
			'The address may have been changed all the same. It is safe to run this item again: it sets the same values.',
	},
	fields: [
		addressId,
		updateFields('addressUpdates', [...requiredFields, ...optionalFields, actingMember]),
	],
};
