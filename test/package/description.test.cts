import type { NodeHint } from 'n8n-workflow';
import {
	generateNodeTypeFile,
	type NodeTypeDescription,
} from '@n8n/workflow-sdk/scripts/generate-types';
import ts from 'typescript';
import { description, offeredOptions, titleOf } from '../operations/index.cts';

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
	it('is at most 95,000 characters of types, from a description of at most 145 kB', () => {
		expect(types.length).toBeLessThan(95_000);
		expect(Buffer.byteLength(JSON.stringify(description))).toBeLessThan(145_000);
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
			expect([undefined, 'beforeExecution']).toContain(hint?.whenToDisplay);
		});
	},
);
