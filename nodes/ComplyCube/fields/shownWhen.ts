import type { INodeProperties } from 'n8n-workflow';

/**
 * Makes a field depend on another one.
 *
 * @param parameter the other field; with a slash in front from within a collection, e.g. `/type`
 * @param values those of its values with which the field is shown
 */
export const shownWhen =
	(parameter: string, values: string[]) =>
	(field: INodeProperties): INodeProperties => ({
		...field,
		displayOptions: { show: { [parameter]: values } },
	});
