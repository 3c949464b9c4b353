import type { Operation } from '../resource';
import { ADDRESS_PATH, addressId } from './fields';

/** API page "Delete an address". */
export const remove: Operation = {
	name: 'Delete',
	value: 'delete',
	action: 'Delete address permanently',
	description: 'Cannot be undone. Deletes an address.',
	request: { method: 'DELETE', path: ADDRESS_PATH },
	plan: {
		kind: 'delete',
		idFrom: 'addressId',
		object: 'address',
		getPath: ADDRESS_PATH,
	},
	hint: 'Deleting an address at ComplyCube cannot be undone.',
	fields: [addressId],
};
