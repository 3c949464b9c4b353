import { operation } from '../../pipeline/pipeline';
import { byLabel } from '../../fields/byLabel';
import { filters } from '../../fields/collections';
import { limitProperties, timeFilters } from '../../fields/listFields';
import { clientLocator, locator } from '../../fields/locator';
import { outputProperties } from '../../fields/outputFields';
import type { Operation } from '../resource';
import { inQuery } from '../../fields/routing';
import { ADDRESS_FIELDS, moreFields, neededFields, SIMPLIFIED_FIELDS } from './fields';

/** API page "Filtering addresses". */
const FILTERS = ['buildingName', 'city', 'country', 'line', 'propertyNumber', 'state', 'type'];

/** API page "List addresses". */
export const getAll: Operation = {
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many addresses',
	description: 'List the addresses of a client, newest first. Filter by any part of them or time.',
	routing: {
		request: { method: 'GET', url: '/addresses' },
		operations: {
			pagination: operation({
				list: true,
				requires: ['clientId'],
				simplified: SIMPLIFIED_FIELDS,
			}),
		},
	},
	properties: [
		locator({ ...clientLocator, routing: inQuery('clientId') }),
		...limitProperties,
		...outputProperties(ADDRESS_FIELDS),
		filters(
			[
				...[...neededFields, ...moreFields]
					.filter(({ name }) => FILTERS.includes(name))
					.map((field) => ({ ...field, routing: inQuery(field.name) })),
				...timeFilters,
			].sort(byLabel),
		),
	],
};
