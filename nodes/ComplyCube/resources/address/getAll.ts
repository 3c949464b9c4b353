import { asFilters } from '../../fields/asFilters';
import { filters } from '../../fields/collections';
import { limitProperties, listOptions, timeFilters } from '../../fields/listFields';
import { clientLocator, locator } from '../../fields/locator';
import { outputProperties } from '../../fields/outputFields';
import type { Operation } from '../resource';
import { ADDRESS_FIELDS, optionalFields, requiredFields, SIMPLIFIED_FIELDS } from './fields';

/** API page "Filtering addresses". */
const FILTERS = ['buildingName', 'city', 'country', 'line', 'propertyNumber', 'state', 'type'];

/** API page "List addresses". */
export const getAll: Operation = {
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many addresses',
	description:
		"List a client's addresses, newest first. Filter by street, city, country, type or time.",
	request: { method: 'GET', path: '/addresses' },
	plan: { kind: 'list', requiredIds: ['clientId'], simplified: SIMPLIFIED_FIELDS },
	outputFields: ADDRESS_FIELDS,
	fields: [
		locator(clientLocator),
		...limitProperties,
		...outputProperties,
		filters('addressFilters', [
			...asFilters([...requiredFields, ...optionalFields], FILTERS),
			...timeFilters,
		]),
		listOptions,
	],
};
