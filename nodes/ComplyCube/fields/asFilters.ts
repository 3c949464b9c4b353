import type { INodeProperties } from 'n8n-workflow';
import { filterBy } from './routing';

/**
 * Makes filters of fields that write: an object is found by the same attributes as it is created with.
 *
 * @param fields fields that go into a body
 * @param names the parameters that ComplyCube can filter by
 */
export const asFilters = (fields: INodeProperties[], names: string[]): INodeProperties[] =>
	fields
		.filter(({ name }) => names.includes(name))
		.map((field) => ({ ...field, routing: filterBy(field.routing?.send?.property ?? field.name) }));
