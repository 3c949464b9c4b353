import type { INodeProperties } from 'n8n-workflow';

/**
 * Makes fields required.
 *
 * @param fields as another operation has them, where they may be left out
 */
export const asRequired = (fields: INodeProperties[]): INodeProperties[] =>
	fields.map((field) => ({ ...field, required: true }));
