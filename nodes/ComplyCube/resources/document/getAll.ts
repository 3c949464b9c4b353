import { asFilters } from '../../fields/asFilters';
import { filters } from '../../fields/collections';
import { countryField } from '../../fields/countryField';
import { limitProperties, listOptions, timeFilters } from '../../fields/listFields';
import { clientLocator, locator } from '../../fields/locator';
import { filterBy } from '../../fields/routing';
import type { Operation } from '../resource';
import { optionalFields, optionalTypeField } from './fields';

/** API page "Filtering documents"; the country is further down. */
const FILTERS = ['classification', 'type'];

/** API page "List documents". */
export const getAll: Operation = {
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many documents',
	description:
		"List a client's documents, newest first. Filter by type, classification, issuing country or time.",
	request: { method: 'GET', path: '/documents' },
	plan: { kind: 'list', requiredIds: ['clientId'] },
	fields: [
		locator(clientLocator),
		...limitProperties,
		filters('documentFilters', [
			...asFilters([optionalTypeField, ...optionalFields], FILTERS),
			countryField('Issuing Country', 'issuingCountry', filterBy('issuingCountry')),
			...timeFilters,
		]),
		listOptions,
	],
};
