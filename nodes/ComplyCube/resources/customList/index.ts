import type { Resource } from '../resource';
import { addRecord } from './addRecord';
import { get } from './get';
import { getAll } from './getAll';

/** The account's own lists, which screening checks search too (API page "Custom Lists"). */
export const customList: Resource = {
	name: 'Custom List',
	value: 'customList',
	description: 'Your own list of people and companies to screen against (Enterprise plan)',
	operations: [addRecord, get, getAll],
};
