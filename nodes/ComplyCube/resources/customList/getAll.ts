import { filters } from '../../fields/collections';
import { limitProperties, listOptions, timeFilters } from '../../fields/listFields';
import type { Operation } from '../resource';

/** API page "List custom lists". */
export const getAll: Operation = {
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many custom lists',
	description: 'List your own screening lists, newest first. Filter by time.',
	request: { method: 'GET', path: '/customLists' },
	plan: { kind: 'list' },
	fields: [...limitProperties, filters('customListFilters', timeFilters), listOptions],
};
