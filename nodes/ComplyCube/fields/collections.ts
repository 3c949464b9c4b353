import type { INodeProperties } from 'n8n-workflow';

const collection = (
	displayName: string,
	name: string,
	placeholder: string,
	options: INodeProperties[],
): INodeProperties => ({
	displayName,
	name,
	type: 'collection',
	placeholder,
	default: {},
	options,
});

// Each has a name of its own: n8n evaluates a parameter as often as its name is declared.

/**
 * The optional fields of a Create.
 *
 * @param name the parameter, e.g. `clientFields`
 * @param options the fields, sorted by label
 */
export const additionalFields = (name: string, options: INodeProperties[]): INodeProperties =>
	collection('Additional Fields', name, 'Add Field', options);

/**
 * The fields that an Update can change.
 *
 * @param name the parameter, e.g. `clientUpdates`
 * @param options the fields, sorted by label
 */
export const updateFields = (name: string, options: INodeProperties[]): INodeProperties =>
	collection('Update Fields', name, 'Add Field', options);

/**
 * The filters of a Get Many.
 *
 * @param name the parameter, e.g. `clientFilters`
 * @param options the filters, sorted by label
 */
export const filters = (name: string, options: INodeProperties[]): INodeProperties =>
	collection('Filters', name, 'Add Filter', options);
