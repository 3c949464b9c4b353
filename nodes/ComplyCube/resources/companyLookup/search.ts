import { asRequired } from '../../fields/asRequired';
import { countryField } from '../../fields/countryField';
import { inBody } from '../../fields/routing';
import { required } from '../../pipeline/body';
import { PAID_SEARCH_HINT, PAID_SEARCH_IN_DOUBT } from '../paidSearch';
import type { Operation } from '../resource';

/** API page "Search company". */
export const search: Operation = {
	name: 'Search',
	value: 'search',
	action: 'Search companies (paid quota)',
	description: 'Uses paid quota. Finds registered companies by name and country.',
	request: { method: 'POST', path: '/lookup/companies' },
	plan: {
		kind: 'search',
		body: [
			required('companyName', 'Enter the name to search for.'),
			required('country', 'Choose the country in which the company is registered.'),
			({ country, ...body }) => ({ ...body, incorporationCountry: country }),
		],
		inDoubt: PAID_SEARCH_IN_DOUBT,
	},
	hint: PAID_SEARCH_HINT,
	fields: [
		{
			displayName: 'Company Name',
			// Clients have a companyName: n8n evaluates an expression as often as its parameter's name is declared
			name: 'name',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. Example Ltd',
			routing: inBody('companyName'),
		},
		...asRequired([countryField('Country', 'country', inBody('country'))]),
	],
};
