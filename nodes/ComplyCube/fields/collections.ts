import type { INodeProperties } from 'n8n-workflow';

/** n8n wants the fields of a collection in the order of their labels. */
const byLabel = (one: INodeProperties, other: INodeProperties) =>
	one.displayName.localeCompare(other.displayName);

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
	options: [...options].sort(byLabel),
});

// Each has a name of its own: n8n evaluates a parameter as often as its name is declared.

/**
 * The optional fields of a Create.
 *
 * @param name the parameter, e.g. `clientFields`
 * @param options the fields, in any order
 */
export const additionalFields = (name: string, options: INodeProperties[]): INodeProperties =>
	collection('Additional Fields', name, 'Add Field', options);

/**
 * The fields that an Update can change.
 *
 * @param name the parameter, e.g. `clientUpdates`
 * @param options the fields, in any order
 */
export const updateFields = (name: string, options: INodeProperties[]): INodeProperties =>
	collection('Update Fields', name, 'Add Field', options);

/**
 * The filters of a Get Many.
 *
 * @param name the parameter, e.g. `clientFilters`
 * @param options the filters, in any order
 */
export const filters = (name: string, options: INodeProperties[]): INodeProperties =>
	collection('Filters', name, 'Add Filter', options);
