import type { Resource } from '../resource';
import { get } from './get';
import { search } from './search';

/** Companies in public registers, for KYB (API pages "Search company", "Get company details"). */
export const companyLookup: Resource = {
	name: 'Company Lookup',
	value: 'companyLookup',
	description: 'Companies in public registers, with owners and officers',
	operations: [get, search],
	default: 'search',
};
