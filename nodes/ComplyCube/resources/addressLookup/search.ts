import { asRequired } from '../../fields/asRequired';
import { countryField } from '../../fields/countryField';
import { inBody } from '../../fields/routing';
import { required } from '../../pipeline/body';
import { lineField, postalCodeField } from '../address/fields';
import { PAID_SEARCH_HINT, PAID_SEARCH_IN_DOUBT } from '../paidSearch';
import type { Operation } from '../resource';

/** API page "Search address". */
export const search: Operation = {
	name: 'Search',
	value: 'search',
	action: 'Search addresses (paid quota)',
	description: 'Uses paid quota. Finds complete addresses by street and postal code.',
	request: { method: 'POST', path: '/lookup/addresses' },
	plan: {
		kind: 'search',
		body: [
			required('line', 'Enter the street.', 'Street'),
			required('postalCode', 'Enter the postal code.'),
			required('country', 'Choose the country.'),
		],
		inDoubt: PAID_SEARCH_IN_DOUBT,
	},
	hint: `${PAID_SEARCH_HINT} Its results have the field names of Address: Create.`,
	fields: asRequired([
		lineField,
		postalCodeField,
		countryField('Country', 'country', inBody('country')),
	]),
};
