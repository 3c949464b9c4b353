import { asFilters } from '../../fields/asFilters';
import { filters } from '../../fields/collections';
import { limitProperties, listOptions, timeFilters } from '../../fields/listFields';
import { clientLocator, locator } from '../../fields/locator';
import type { Operation } from '../resource';
import { optionalFields, optionalTypeField } from './fields';

/** API page "Filtering documents". */
const FILTERS = ['classification', 'issuingCountry', 'type'];

/** API page "List documents". */
export const getAll: Operation = {
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many documents',
	description:
		'List the documents of a client, newest first. Filter by type, classification, issuing country or time.',
	request: { method: 'GET', path: '/documents' },
	plan: { kind: 'list', requiredIds: ['clientId'] },
	fields: [
		locator(clientLocator),
		...limitProperties,
		filters('documentFilters', [
			...asFilters([optionalTypeField, ...optionalFields], FILTERS),
			...timeFilters,
		]),
		listOptions,
	],
};
