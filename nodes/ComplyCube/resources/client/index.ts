import type { Resource } from '../resource';
import { create } from './create';
import { remove } from './delete';
import { get } from './get';
import { getAll } from './getAll';
import { getRiskProfile } from './getRiskProfile';
import { update } from './update';
import { upsert } from './upsert';

/** A person or a company that is verified (API page "Clients"). */
export const client: Resource = {
	name: 'Client',
	value: 'client',
	description: 'A person or company to verify',
	operations: [create, upsert, remove, get, getAll, getRiskProfile, update],
	default: 'create',
};
