import type { INodeProperties } from 'n8n-workflow';

/**
 * Makes a list to choose from in which nothing is chosen at first. n8n's editor marks a value that is not in the list in red, the
 * empty one too, unless any value is allowed; `sentFields.ts` takes only those of the list all the same.
 *
 * @param field a field of type `options` whose default is empty
 */
export const withoutPreset = (field: INodeProperties & { default: '' }): INodeProperties => ({
	...field,
	allowArbitraryValues: true,
});
