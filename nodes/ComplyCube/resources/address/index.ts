import type { Resource } from '../resource';
import { create } from './create';
import { remove } from './delete';
import { get } from './get';
import { getAll } from './getAll';
import { update } from './update';

/** Where a client lives or has its seat (API page "Addresses"). */
export const address: Resource = {
	name: 'Address',
	value: 'address',
	description: 'Where a client lives or is registered',
	operations: [create, remove, get, getAll, update],
	default: 'create',
};
