import { locator } from '../../fields/locator';
import type { Operation } from '../resource';
import { CUSTOM_LIST_PATH, customListLocator } from './fields';

/** API page "Get a custom list". */
export const get: Operation = {
	name: 'Get',
	value: 'get',
	action: 'Get custom list',
	description: 'Get one list: its name and how many people and companies are on it',
	request: { method: 'GET', path: CUSTOM_LIST_PATH },
	plan: { kind: 'read' },
	fields: [locator(customListLocator)],
};
