import { NodeHelpers, type INode, type INodeTypeDescription } from 'n8n-workflow';
import { description, isShownFor, offeredOperations, titleOf } from '../operations/index.cts';

const withOutput = offeredOperations.filter((name) =>
	description.properties.some((each) => each.name === 'output' && isShownFor(name)(each)),
);

/** What 'Output' is of a node that nobody has changed, as n8n completes its parameters. */
function presetOf(parameters: object, type: INodeTypeDescription): unknown {
	const node = { name: 'Any', type: type.name, typeVersion: 1, parameters } as INode;
	const complete = NodeHelpers.getNodeParameters(
		type.properties,
		node.parameters,
		true,
		false,
		node,
		type,
	);
	return complete?.output;
}

// n8n makes the tool of a node by this name (tool-generation/ai-tools)
const tool: INodeTypeDescription = { ...description, name: `${description.name}Tool` };

describe.each(withOutput.map((name) => [titleOf(name), name] as const))('%s', (_title, name) => {
	it('returns everything at first in a workflow, and the most useful fields to an agent', () => {
		expect(presetOf(name, description)).toBe('raw');
		expect(presetOf(name, tool)).toBe('simplified');
	});

	it.each(['raw', 'selected', 'simplified'])('keeps %s if somebody chose it', (output) => {
		expect(presetOf({ ...name, output }, description)).toBe(output);
		expect(presetOf({ ...name, output }, tool)).toBe(output);
	});
});

it('holds for the operations that have a choice', () =>
	expect(withOutput.length).toBeGreaterThan(5));
