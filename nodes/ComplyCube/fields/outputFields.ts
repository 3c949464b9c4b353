import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

/**
 * The choice of what reaches the next node.
 *
 * @param fields the object's fields without `id`, which is always there
 * @returns the fields `output` and `fields`
 */
export function outputProperties(fields: INodePropertyOptions[]): INodeProperties[] {
	return [
		{
			displayName: 'Output',
			name: 'output',
			type: 'options',
			default: 'raw',
			description: 'Which fields of what ComplyCube returns reach the next node',
			options: [
				{ name: 'Raw', value: 'raw', description: 'Everything ComplyCube returns' },
				{ name: 'Selected Fields', value: 'selected', description: 'The ID and fields you choose' },
				{ name: 'Simplified', value: 'simplified', description: 'The most useful fields only' },
			],
		},
		{
			displayName: 'Fields',
			name: 'fields',
			type: 'multiOptions',
			default: [],
			description: 'Which fields to return besides the ID',
			displayOptions: { show: { output: ['selected'] } },
			options: fields,
		},
	];
}
