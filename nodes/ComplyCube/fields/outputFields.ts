import { updateDisplayOptions, type INodeProperties } from 'n8n-workflow';

/** The node's method that fills the list. */
const OF_THE_OPERATION = {
	loadOptionsMethod: 'getOutputFields',
	loadOptionsDependsOn: ['resource', 'operation'],
};

const outputField: INodeProperties = {
	displayName: 'Output',
	name: 'output',
	type: 'options',
	default: 'raw',
	description: 'Which fields to pass on to the next node',
	options: [
		{ name: 'Raw', value: 'raw', description: 'Everything ComplyCube returns' },
		{ name: 'Selected Fields', value: 'selected', description: 'The ID and the fields you choose' },
		{ name: 'Simplified', value: 'simplified', description: 'The most useful fields only' },
	],
};

/**
 * The choice of what reaches the next node: the fields `output` and `fields`. An AI agent gets the most useful fields, unless
 * somebody chooses otherwise: it pays for every word of the rest.
 */
export const outputProperties: INodeProperties[] = [
	...updateDisplayOptions({ hide: { '@tool': [true] } }, [outputField]),
	...updateDisplayOptions({ show: { '@tool': [true] } }, [
		{ ...outputField, default: 'simplified' },
	]),
	{
		displayName: 'Fields',
		name: 'fields',
		type: 'multiOptions',
		typeOptions: OF_THE_OPERATION,
		default: [],
		description: 'Which fields to return besides the ID, e.g. status',
		displayOptions: { show: { output: ['selected'] } },
	},
];
