import type { INodeProperties } from 'n8n-workflow';

/** Whether each entry becomes an item. */
export const splitField: INodeProperties = {
	displayName: 'Split Into Items',
	name: 'splitIntoItems',
	type: 'boolean',
	default: true,
	description:
		'Whether to return an item for each entry instead of one item with everything as it is',
};
