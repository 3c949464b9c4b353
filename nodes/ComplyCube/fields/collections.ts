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

/**
 * The optional fields of a Create.
 *
 * @param options the fields, sorted by label
 */
export const additionalFields = (options: INodeProperties[]): INodeProperties =>
	collection('Additional Fields', 'additionalFields', 'Add Field', options);

/**
 * The optional fields of one operation. A name of its own keeps its expressions cheap: n8n evaluates a parameter as often as its
 * name is declared.
 *
 * @param name the parameter, e.g. `recordFields`
 * @param options the fields, sorted by label
 */
export const ownFields = (name: string, options: INodeProperties[]): INodeProperties =>
	collection('Additional Fields', name, 'Add Field', options);

/**
 * The fields that an Update can change.
 *
 * @param options the fields, sorted by label
 */
export const updateFields = (options: INodeProperties[]): INodeProperties =>
	collection('Update Fields', 'updateFields', 'Add Field', options);

/**
 * The filters of a Get Many.
 *
 * @param options the filters, sorted by label
 */
export const filters = (options: INodeProperties[]): INodeProperties =>
	collection('Filters', 'filters', 'Add Filter', options);
