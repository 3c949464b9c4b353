import { locator } from '../../fields/locator';
import type { Operation } from '../resource';
import { CUSTOM_LIST_PATH, customListLocator } from './fields';

/** API page "Get a custom list". */
export const get: Operation = {
	name: 'Get',
	value: 'get',
	action: 'Get custom list',
	description:
		'Read about one list: name, and how many people and companies are on it. Reading is free.',
	request: { method: 'GET', path: CUSTOM_LIST_PATH },
	plan: { kind: 'read' },
	fields: [locator(customListLocator)],
};
