import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { INodeType } from 'n8n-workflow';
import {
	description,
	isShownFor,
	methods,
	offeredOperations,
	rowOf,
	titleOf,
	type OperationName,
} from '../operations/index.cts';
import {
	loadSchema,
	mismatches,
	NODE_FOLDER,
	schemaMistakes,
	unusedFields,
	type Schema,
} from '../built/outputSchema.cts';

const SCHEMA_FOLDER = join(NODE_FOLDER, '__schema__');

const EVENT = {
	id: '5eb2b61e02df0a0008f1cf2b',
	type: 'check.completed',
	resourceType: 'check',
	payload: {
		id: '5eb2b61e02df0a0008f1cf2a',
		clientId: '5eb1276d96be4a0008713af5',
		status: 'complete',
		outcome: 'clear',
		createdAt: '2020-01-01T14:06:44.756Z',
		updatedAt: '2020-01-01T14:06:49.756Z',
	},
	createdAt: '2020-01-01T14:06:50.000Z',
};

const fileOf = ({ resource, operation }: OperationName) => `v1.0.0/${resource}/${operation}.json`;
const schemaOf = (name: OperationName) =>
	loadSchema({ version: description.version as number, ...name });

/** Whether an operation has the field 'Fields'. */
const hasFields = (operation: OperationName) =>
	description.properties.some((each) => each.name === 'fields' && isShownFor(operation)(each));

/** What 'Fields' offers for an operation. */
const fieldChoices = async (parameters: OperationName): Promise<string[]> => {
	const context = {
		getCurrentNodeParameter: (parameter: keyof OperationName) => parameters[parameter],
	};
	const choices = await methods!.loadOptions!.getOutputFields.call(context as never);
	return choices.map(({ value }) => String(value));
};

describe('output schemas', () => {
	const titled = offeredOperations.map((name) => [titleOf(name), name] as const);

	it('exist for each operation, and for nothing else', () => {
		expect(offeredOperations).not.toEqual([]);
		const missing = offeredOperations
			.map(fileOf)
			.filter((file) => !existsSync(join(SCHEMA_FOLDER, file)))
			.map((file) => `add nodes/ComplyCube/__schema__/${file}, then build`);
		expect(missing).toEqual([]);
		const files = readdirSync(SCHEMA_FOLDER, { recursive: true, withFileTypes: true })
			.filter((entry) => entry.isFile())
			.map(({ parentPath, name }) => relative(SCHEMA_FOLDER, join(parentPath, name)));
		expect(files.map((file) => file.replaceAll('\\', '/')).sort()).toEqual(
			[...offeredOperations.map(fileOf), 'v1.1.0.json'].sort(),
		);
	});

	describe.each(titled)('%s', (_title, name) => {
		it('is where n8n looks for it', () => {
			const file = join(SCHEMA_FOLDER, fileOf(name));
			expect(schemaOf(name)).toEqual(JSON.parse(readFileSync(file, 'utf8')));
		});

		it('is JSON Schema as n8n writes it', () => {
			const schema = schemaOf(name);
			expect([schema.type, schema.version]).toEqual(['object', 1]);
			expect(schemaMistakes(schema)).toEqual([]);
		});

		it('declares every field that ComplyCube documents, and no other', () => {
			const { replies, undocumented = false } = rowOf(name);
			const schema = schemaOf(name);
			expect(Object.keys(schema.properties ?? {}).length === 0).toBe(undocumented);
			expect(replies).not.toEqual([]);
			expect(replies.flatMap((reply) => mismatches(reply, schema))).toEqual([]);
			expect(unusedFields(replies, schema)).toEqual([]);
		});
	});

	const withFields = titled.filter(([, name]) => hasFields(name));

	it.each(withFields)(
		"%s declares exactly what 'Fields' offers, and the ID",
		async (_title, name) => {
			const declared = Object.keys(schemaOf(name).properties ?? {});
			const choices = await fieldChoices(name);
			expect(choices).not.toEqual([]);
			expect(declared.sort()).toEqual(['id', ...choices].sort());
		},
	);

	it.each(titled.filter(([, name]) => !hasFields(name)))(
		"%s has no 'Fields', and offers none",
		async (_title, name) => expect(await fieldChoices(name)).toEqual([]),
	);

	describe('of the trigger', () => {
		const { ComplyCubeTrigger } = require(join(NODE_FOLDER, 'ComplyCubeTrigger.node.js')) as {
			ComplyCubeTrigger: new () => INodeType;
		};
		const trigger = new ComplyCubeTrigger().description;
		const query = { version: trigger.version as number };
		const schema = loadSchema(query);

		it('is one for all events, where n8n looks for a node without operations', () => {
			const names = trigger.properties.map(({ name }) => name);
			expect(names.filter((name) => ['resource', 'operation'].includes(name))).toEqual([]);
			expect(readdirSync(SCHEMA_FOLDER)).toEqual(['v1.0.0', 'v1.1.0.json']);
			const file = join(SCHEMA_FOLDER, 'v1.1.0.json');
			expect(schema).toEqual(JSON.parse(readFileSync(file, 'utf8')));
			// As the newest n8n asks, for the data that an agent may expect
			expect(loadSchema({ ...query, versionFallback: true })).toEqual(schema);
		});

		it('is JSON Schema as n8n writes it', () => {
			expect([schema.type, schema.version]).toEqual(['object', 1]);
			expect(schemaMistakes(schema)).toEqual([]);
		});

		it('declares every field of an event, and no other', () => {
			expect(mismatches(EVENT, schema)).toEqual([]);
			expect(unusedFields([EVENT], schema)).toEqual([]);
		});
	});
});

describe('the comparison with a schema', () => {
	const session = schemaOf({ resource: 'workflowSession', operation: 'get' });

	it('finds what does not fit', () => {
		expect(mismatches({ id: 5 }, session)).toEqual(['$.id is not of type string']);
		expect(mismatches({ ID: '5' }, session)).toEqual(['$.ID is not declared']);
		expect(mismatches([], session)).toEqual(['$ is not of type object']);
		expect(mismatches({ workflowVersion: 1.5, tasks: ['a'] }, session)).toHaveLength(2);
		expect(mismatches({ allRelatedChecks: [{ checkId: null }] }, session)).toEqual([
			'$.allRelatedChecks[0].checkId is not of type string',
		]);
	});

	it('finds what is declared for nothing', () => {
		const item: Schema = { type: 'object', properties: { b: { type: 'null' } } };
		const schema: Schema = {
			type: 'object',
			properties: { a: { type: 'array', items: item }, c: item },
		};
		expect(unusedFields([{ a: [{}, {}] }, { c: {} }], schema)).toEqual(['$.a[].b', '$.c.b']);
		expect(unusedFields([{ a: [{ b: null }] }], schema)).toEqual(['$.c']);
	});

	it('finds what is wrong with the schema itself', () => {
		expect(schemaMistakes({ type: 'text' })).toEqual(['$: unknown type text']);
		expect(schemaMistakes({ type: 'object' })).toEqual(['$: no properties']);
		expect(schemaMistakes({ type: 'object', properties: { a: { type: 'array' } } })).toEqual([
			'$.a: items do not fit type array',
		]);
		expect(schemaMistakes({ type: 'object', properties: {}, value: [] } as never)).toEqual([
			'$: unknown keyword value',
		]);
	});
});
