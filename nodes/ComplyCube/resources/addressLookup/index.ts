import type { Resource } from '../resource';
import { search } from './search';

/** Addresses that exist (API page "Search address"). */
export const addressLookup: Resource = {
	name: 'Address Lookup',
	value: 'addressLookup',
	description: 'Addresses that exist, to complete what somebody entered',
	operations: [search],
	default: 'search',
};
