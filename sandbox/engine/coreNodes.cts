import type { INodeProperties, INodeType } from 'n8n-workflow';

const main = 'main' as const;

const coreNode = (
	displayName: string,
	properties: INodeProperties[],
	outputs: Array<typeof main>,
	execute: INodeType['execute'],
): INodeType => ({
	description: {
		displayName,
		name: displayName,
		group: [],
		version: 1,
		description: '',
		defaults: {},
		inputs: [main],
		outputs,
		properties,
	},
	execute,
});

/**
 * Stand-ins for nodes of n8n's own that examples use: the real ones come with n8n only, and the engine without them. They hand
 * items on; conditions are evaluated by the engine, as they are for the real If node.
 */
export const CORE_NODES: Record<string, INodeType> = {
	'n8n-nodes-base.if': coreNode(
		'If',
		[{ displayName: 'Conditions', name: 'conditions', type: 'filter', default: {} }],
		[main, main],
		async function () {
			const items = this.getInputData();
			const passes = items.map((_, item) =>
				this.getNodeParameter('conditions', item, false, { extractValue: true }),
			);
			return [true, false].map((branch) => items.filter((_, item) => passes[item] === branch));
		},
	),
	'n8n-nodes-base.noOp': coreNode('No Operation', [], [main], async function () {
		return [this.getInputData()];
	}),
};
