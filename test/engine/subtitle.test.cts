import type { IDataObject, INode, INodeType } from 'n8n-workflow';
import n8nWorkflow = require('n8n-workflow');
import { loadPackage } from '../built/engine.cts';

const { Workflow } = n8nWorkflow;

let loader: Awaited<ReturnType<typeof loadPackage>>;
beforeAll(async () => {
	loader = await loadPackage();
});

const typeOf = (name: string) => loader.getNode(name).type as INodeType;

/** The line that the editor shows below a node with these parameters. */
function subtitle(name: string, parameters: IDataObject): unknown {
	const type = typeOf(name);
	const node = { id: 'a', name, type: name, typeVersion: 1, position: [0, 0], parameters } as INode;
	const nodeTypes = {
		getByName: () => type,
		getByNameAndVersion: () => type,
		getKnownTypes: () => ({}),
	};
	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
	const { subtitle: expression } = type.description;
	return workflow.expression.getSimpleParameterValue(node, expression, 'internal', {});
}

it.each([
	['workflowSession', 'get: workflowSession'],
	['flowSession', 'get: hostedSession'],
])('the node names its operation and resource: %s', (resource, shown) => {
	expect(subtitle('complyCube', { resource, operation: 'get' })).toBe(shown);
});

it.each([
	['check.failed', 'check.failed'],
	[['check.failed', 'check.pending'], 'check.failed, check.pending'],
])('the trigger names its events: %j', (events, shown) => {
	expect(subtitle('complyCubeTrigger', { events })).toBe(shown);
});
