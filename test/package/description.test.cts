import { join } from 'node:path';
import type { INodeType, INodeTypeDescription, NodeHint } from 'n8n-workflow';
import {
	generateNodeTypeFile,
	type NodeTypeDescription,
} from '@n8n/workflow-sdk/scripts/generate-types';
import ts from 'typescript';
import { NODE_FOLDER } from '../built/outputSchema.cts';
import { description, offeredOptions, titleOf } from '../operations/index.cts';

const PACKAGE = 'n8n-nodes-complycube';

/** What n8n's AI builder and its MCP clients get to read of the node. */
const types = generateNodeTypeFile(description as unknown as NodeTypeDescription);

/** The names that an object type declares more than once, anywhere in a file of types. */
function duplicateNames(source: string): string[] {
	const found: string[] = [];
	const visit = (node: ts.Node) => {
		if (ts.isTypeLiteralNode(node)) {
			const names = node.members.map((member) => member.name?.getText(file) ?? '');
			found.push(...names.filter((name, place) => names.indexOf(name) !== place));
		}
		ts.forEachChild(node, visit);
	};
	const file = ts.createSourceFile('types.ts', source, ts.ScriptTarget.Latest);
	visit(file);
	return found;
}

describe('what models read of the node', () => {
	it('is at most 86,000 characters of types, from a description of at most 133 kB', () => {
		expect(types.length).toBeLessThan(86_000);
		expect(Buffer.byteLength(JSON.stringify(description))).toBeLessThan(133_000);
	});

	it('names no field twice in one place', () => {
		expect(duplicateNames('type A = { b: { c: 1; d: 2; c: 3 } }')).toEqual(['c']);
		expect(duplicateNames(types)).toEqual([]);
	});

	it('offers an operation no field of another', () => {
		expect(types).toContain('@displayOptions.show');
		expect(types).not.toMatch(/@displayOptions\.show \{ \/(resource|operation)/);
	});
});

describe('what models are told besides', () => {
	const { ComplyCubeTrigger } = require(join(NODE_FOLDER, 'ComplyCubeTrigger.node.js')) as {
		ComplyCubeTrigger: new () => INodeType;
	};
	const { description: trigger } = new ComplyCubeTrigger();
	const nameOf = ({ name }: { name: string }) => `${PACKAGE}.${name}`;

	it('names the marks of what costs money, and they exist', () => {
		const { searchHint } = description.builderHint!;
		for (const mark of ['(charged)', '(paid quota)']) {
			expect(searchHint).toContain(mark);
			expect(offeredOptions.some(([, { action }]) => action!.includes(mark))).toBe(true);
		}
	});

	it('leads from the node to the trigger, and back', () => {
		const related = ({ builderHint }: INodeTypeDescription) =>
			builderHint!.relatedNodes!.map(({ nodeType }) => nodeType);
		expect(related(description)).toEqual([nameOf(trigger)]);
		expect(related(trigger)).toEqual([nameOf(description)]);
		expect(trigger.builderHint!.searchHint).toContain('$json.payload.id');
	});

	it('says of every required ID that can be picked how an expression gives it', () => {
		const locators = description.properties.filter(({ type }) => type === 'resourceLocator');
		expect(locators.length).toBeGreaterThan(5);
		for (const { builderHint, required, modes } of locators) {
			expect(modes!.map(({ name }) => name)).toContain('id');
			expect(builderHint?.propertyHint ?? '').toEqual(
				required ? expect.stringContaining("mode 'id'") : '',
			);
		}
		expect(types).toContain('@builderHint From an expression');
	});
});

describe.each(offeredOptions.map(([name, option]) => [titleOf(name), name, option] as const))(
	'%s',
	(_title, { resource, operation }, option) => {
		const hint = (description.hints as NodeHint[]).find(
			({ displayCondition = '' }) =>
				displayCondition.includes(`"${resource}"`) && displayCondition.includes(`"${operation}"`),
		);

		it('has a description that n8n shows whole, in two lines', () => {
			expect(option.description!.length).toBeLessThanOrEqual(105);
		});

		// Agents read the action, and no hint
		it('says in its action what its hint says of cost and finality', () => {
			const said = /\(charged.*\)$|\(paid quota\)$| permanently$/.test(option.action!);
			const mustBeSaid = /charged|paid quota|cannot be undone/i.test(
				`${hint?.message} ${option.description}`,
			);
			expect(said).toBe(mustBeSaid);
		});

		it('warns before the run, if something is charged or final', () => {
			const mustWarn = /charged|paid quota|cannot be undone/i.test(`${hint?.message}`);
			expect(mustWarn && hint?.type !== 'warning').toBe(false);
			// n8n shows a hint of any other location after the run as well
			if (hint)
				expect(hint).toMatchObject({ whenToDisplay: 'beforeExecution', location: 'outputPane' });
		});
	},
);
