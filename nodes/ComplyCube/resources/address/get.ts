import { outputProperties } from '../../fields/outputFields';
import type { Operation } from '../resource';
import { ADDRESS_FIELDS, ADDRESS_PATH, addressId, SIMPLIFIED_FIELDS } from './fields';

/** API page "Get an address". */
export const get: Operation = {
	name: 'Get',
	value: 'get',
	action: 'Get address',
	description: 'Get one address and when the client lived there',
	request: { method: 'GET', path: ADDRESS_PATH },
	plan: { kind: 'read', simplified: SIMPLIFIED_FIELDS },
	outputFields: ADDRESS_FIELDS,
	fields: [addressId, ...outputProperties],
};
