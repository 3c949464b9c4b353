import type { INodeProperties, NodeHint } from 'n8n-workflow';

/** n8n prepares this many items within a tenth of a second. */
const ITEMS_PER_BATCH = 20;

/** The shortest pause there is. It is enough for n8n to answer whoever is waiting. */
const INTERVAL_MS = 1;

const requestOptions: INodeProperties = {
	displayName: 'Request Options',
	name: 'requestOptions',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	options: [
		{
			displayName: 'Highlight IDs in Executions',
			name: 'highlightIds',
			type: 'boolean',
			noDataExpression: true,
			default: false,
			description: 'Whether executions can be found by ID and outcome',
		},
	],
};

/**
 * Adds to Settings → Request Options, which n8n shows for every declarative node: an option of our own, and a default.
 *
 * Without batches, n8n prepares all items of a declarative node before it does anything else, and with thousands of items it
 * answers nobody else for seconds. n8n puts its own form, extended by our options, in the place of the first field of this name.
 * That form has no default; a second field of the name lends it one, which n8n shows and stores like an entry of the user's.
 */
export const requestOptionsFields: INodeProperties[] = [
	requestOptions,
	{
		displayName: 'Request Options',
		name: 'requestOptions',
		type: 'hidden',
		default: { batching: { batch: { batchSize: ITEMS_PER_BATCH, batchInterval: INTERVAL_MS } } },
	},
];

/**
 * Warns of a trap in n8n's form: of the two bins next to Batching, one removes only its values, and n8n fails to run a node whose
 * Batching is empty ("Cannot read properties of undefined").
 */
export const emptyBatchingHint: NodeHint = {
	message:
		"n8n cannot run a node whose Batching is empty. Remove 'Batching' in Settings → Request Options, or click 'Add Batching' there.",
	type: 'warning',
	location: 'ndv',
	whenToDisplay: 'beforeExecution',
	displayCondition:
		'={{ !!$parameter["requestOptions"]?.batching && !$parameter["requestOptions"].batching.batch }}',
};
