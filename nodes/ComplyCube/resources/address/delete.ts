import { operation } from '../../pipeline/pipeline';
import type { Operation } from '../resource';
import { ADDRESS_PATH, addressId } from './fields';

/** API page "Delete an address". */
export const remove: Operation = {
	name: 'Delete',
	value: 'delete',
	action: 'Delete address',
	description: 'Delete an address of a client. It cannot be undone.',
	routing: {
		request: { method: 'DELETE', url: ADDRESS_PATH },
		operations: {
			pagination: operation({
				idFrom: 'addressId',
				deletion: { object: 'address', look: ADDRESS_PATH },
			}),
		},
	},
	hint: 'Delete removes the address at ComplyCube. It cannot be undone.',
	properties: [addressId],
};
