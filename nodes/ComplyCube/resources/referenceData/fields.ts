import type { INodeProperties } from 'n8n-workflow';

/** Whether each entry becomes an item. */
export const splitField: INodeProperties = {
	displayName: 'Split Into Items',
	name: 'splitIntoItems',
	type: 'boolean',
	default: true,
	description: 'Whether to return one item per entry instead of everything in one item',
};
