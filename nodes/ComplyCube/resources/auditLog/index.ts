import type { Resource } from '../resource';
import { get } from './get';
import { getAll } from './getAll';

/** Who changed what, and when (API page "Audit Logs"). */
export const auditLog: Resource = {
	name: 'Audit Log',
	value: 'auditLog',
	description: 'Who changed what in the account, and when',
	operations: [get, getAll],
};
