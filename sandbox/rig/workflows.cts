import { randomUUID } from 'node:crypto';

import type { Item } from '../n8n/execution.cts';
import type { StoredCredential, Workflow, WorkflowNode } from '../n8n/workflow.cts';

/** Full types of the package's nodes, as workflows name them. */
export const NODE_TYPE = 'n8n-nodes-complycube.complyCube';
export const TRIGGER_TYPE = 'n8n-nodes-complycube.complyCubeTrigger';

type Json = Record<string, unknown>;

/** The value of a resource locator in its mode "By ID". */
export const byId = (value: string) => ({ __rl: true, mode: 'id', value });

/**
 * The ComplyCube node.
 *
 * @param parameters The resource is Workflow Session unless they name another
 * @param settings What else n8n stores with a node, for example `onError`
 */
export function complyCubeNode(
	{ id, name: credentialName }: StoredCredential,
	parameters: Json,
	settings: Json = {},
	name = 'ComplyCube',
): WorkflowNode {
	return {
		name,
		type: NODE_TYPE,
		typeVersion: 1,
		position: [600, 0],
		parameters: { resource: 'workflowSession', ...parameters },
		credentials: { complyCubeApi: { id, name: credentialName } },
		...settings,
	};
}

/** n8n's own HTTP Request node with a ComplyCube credential, in a version that sends credentials along on redirects by default. */
export const httpRequestNode = ({ id, name }: StoredCredential, url: string): WorkflowNode => ({
	name: 'HTTP Request',
	type: 'n8n-nodes-base.httpRequest',
	typeVersion: 4.2,
	position: [600, 0],
	parameters: {
		url,
		authentication: 'predefinedCredentialType',
		nodeCredentialType: 'complyCubeApi',
	},
	credentials: { complyCubeApi: { id, name } },
});

/** The ComplyCube Trigger, with a webhook address that no other node has. */
export function triggerNode({ id, name }: StoredCredential, parameters: Json = {}): WorkflowNode {
	return {
		id: randomUUID(),
		webhookId: randomUUID(),
		name: 'ComplyCube Trigger',
		type: TRIGGER_TYPE,
		typeVersion: 1.1,
		position: [0, 0],
		parameters,
		credentials: { complyCubeApi: { id, name } },
	};
}

/** The node "Next", which turns each item into the result of an expression and so shows which items are linked. */
export const nextNode = (jsonOutput: string): WorkflowNode => ({
	name: 'Next',
	type: 'n8n-nodes-base.set',
	typeVersion: 3.4,
	position: [900, 0],
	parameters: { mode: 'raw', jsonOutput },
});

/** A workflow in which each node is followed by the next one in the list. */
export function chained(nodes: WorkflowNode[], name = 'Test'): Workflow {
	const connections = Object.fromEntries(
		nodes
			.slice(1)
			.map((node, i) => [nodes[i].name, { main: [[{ node: node.name, type: 'main', index: 0 }]] }]),
	);
	return { name, nodes, connections, settings: { executionOrder: 'v1' } };
}

/** A workflow to run manually, in which a Code node emits the input items and the given nodes follow one another. */
export function manualWorkflow(input: Json[], nodes: WorkflowNode[]): Workflow {
	return chained([
		{
			name: 'Start',
			type: 'n8n-nodes-base.manualTrigger',
			typeVersion: 1,
			position: [0, 0],
			parameters: {},
		},
		{
			name: 'Input',
			type: 'n8n-nodes-base.code',
			typeVersion: 2,
			position: [300, 0],
			parameters: { jsCode: `return ${JSON.stringify(input.map((json) => ({ json })))};` },
		},
		...nodes,
	]);
}

/** The JSON of items; none if there are no items. */
export const jsonOf = (items: Item[] | undefined) => (items ?? []).map(({ json }) => json);
