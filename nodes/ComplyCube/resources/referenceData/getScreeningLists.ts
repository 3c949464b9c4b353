import type { Operation } from '../resource';
import { splitField } from './fields';

/** API page "Screening lists". */
export const getScreeningLists: Operation = {
	name: 'Get Screening Lists',
	value: 'getScreeningLists',
	action: 'Get screening lists',
	description: 'Get the names of the lists that screening checks search',
	request: { method: 'GET', path: '/static/screeningLists' },
	plan: { kind: 'split', entries: { array: 'lists', text: 'name' } },
	fields: [splitField],
};
