import type { Resource } from '../resource';
import { search } from './search';

/** Addresses that exist (API page "Search address"). */
export const addressLookup: Resource = {
	name: 'Address Lookup',
	value: 'addressLookup',
	description: 'Real addresses, to complete what someone typed',
	operations: [search],
	default: 'search',
};
