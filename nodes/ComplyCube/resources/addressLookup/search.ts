import { asRequired } from '../../fields/asRequired';
import { countryField } from '../../fields/countryField';
import { inBody } from '../../fields/routing';
import { required } from '../../pipeline/body';
import { lineField, postalCodeField } from '../address/fields';
import type { Operation } from '../resource';

/** API page "Search address". */
export const search: Operation = {
	name: 'Search',
	value: 'search',
	action: 'Search addresses (paid quota)',
	description: 'Uses paid quota. Find complete addresses by street and postal code.',
	request: { method: 'POST', path: '/lookup/addresses' },
	plan: {
		kind: 'search',
		body: [
			required('line', 'Enter the street.'),
			required('postalCode', 'Enter the postal code.'),
			required('country', 'Choose the country.'),
		],
		inDoubt:
			'The search may have counted against the quota all the same. See in the Web Portal how much of it is left before you run this item again: a second search counts once more.',
	},
	hint: "Search uses paid quota: each one counts against the monthly quota of ComplyCube's plan, whether it finds something or not. What it returns has the field names of Address: Create.",
	fields: asRequired([
		lineField,
		postalCodeField,
		countryField('Country', 'country', inBody('country')),
	]),
};
