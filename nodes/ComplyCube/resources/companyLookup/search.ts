import { asRequired } from '../../fields/asRequired';
import { countryField } from '../../fields/countryField';
import { inBody } from '../../fields/routing';
import { required } from '../../pipeline/body';
import type { Operation } from '../resource';

/** API page "Search company". */
export const search: Operation = {
	name: 'Search',
	value: 'search',
	action: 'Search companies (paid quota)',
	description: 'Uses paid quota. Find registered companies by name and country.',
	request: { method: 'POST', path: '/lookup/companies' },
	plan: {
		kind: 'search',
		body: [
			required('companyName', 'Enter the name to search for.'),
			required('country', 'Choose the country in which the company is registered.'),
			({ country, ...body }) => ({ ...body, incorporationCountry: country }),
		],
		inDoubt:
			'The search may have counted against the quota all the same. See in the Web Portal how much of it is left before you run this item again: a second search counts once more.',
	},
	hint: "Search uses paid quota: each one counts against the monthly quota of ComplyCube's plan, whether it finds something or not.",
	fields: [
		{
			displayName: 'Company Name',
			// Clients have a companyName: n8n evaluates an expression as often as its parameter's name is declared
			name: 'name',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. Example Ltd',
			description: 'The name to search for',
			routing: inBody('companyName'),
		},
		...asRequired([countryField('Country', 'country', inBody('country'))]),
	],
};
