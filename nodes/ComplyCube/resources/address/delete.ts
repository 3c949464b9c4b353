import type { Operation } from '../resource';
import { ADDRESS_PATH, addressId } from './fields';

/** API page "Delete an address". */
export const remove: Operation = {
	name: 'Delete',
	value: 'delete',
	action: 'Delete address permanently',
	description: 'Delete an address of a client. It cannot be undone.',
	request: { method: 'DELETE', path: ADDRESS_PATH },
	plan: {
		kind: 'delete',
		idFrom: 'addressId',
		object: 'address',
		getPath: ADDRESS_PATH,
	},
	hint: 'Delete removes the address at ComplyCube. It cannot be undone.',
	fields: [addressId],
};
