import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { loadOutputSchema } from 'n8n-core/dist/nodes-loader/output-schema-resolver';
import type { INodeProperties, INodePropertyOptions, INodeType } from 'n8n-workflow';
import { CLIENT_REPLIES } from './clientReplies.cts';
import { PACKAGE_ROOT } from './packed.cts';

const NODE_FOLDER = join(PACKAGE_ROOT, 'dist/nodes/ComplyCube');
const SCHEMA_FOLDER = join(NODE_FOLDER, '__schema__');

/** The part of JSON Schema that n8n's editor reads. */
interface Schema {
	type: string;
	properties?: Record<string, Schema>;
	items?: Schema;
	version?: number;
}

const { ComplyCube } = require(join(NODE_FOLDER, 'ComplyCube.node.js')) as {
	ComplyCube: new () => INodeType;
};
const { properties, version } = new ComplyCube().description;

const operations = properties
	.filter(({ name }) => name === 'operation')
	.flatMap(({ options = [], displayOptions }) =>
		(displayOptions?.show?.resource ?? []).flatMap((resource) =>
			(options as INodePropertyOptions[]).map(({ value }) => [`${resource}`, `${value}`] as const),
		),
	);

/** As n8n itself finds it. */
const schemaOf = (resource: string, operation: string) =>
	loadOutputSchema({
		nodeDir: NODE_FOLDER,
		version: version as number,
		resource,
		operation,
	}) as unknown as Schema;

/** Documented replies of ComplyCube, with the ID that the node adds where the reply leaves it out. */
const SESSION = {
	id: '5eb2b61e02df0a0008f1cf2a',
	clientId: '5eb1276d96be4a0008713af5',
	entityName: 'John Doe',
	status: 'complete',
	workflowTemplateId: '68566be2a37a78622f4f7be3',
	workflowId: '68566be3a37a78622f4f7be7',
	workflowTemplateName: 'AML + Liveness + Document Verification flow',
	workflowVersion: 1,
	workflowDescription: 'Initial version',
	compliancePolicies: [],
	tasks: [],
	lastCompletedTaskId: 'task_id_123',
	allRelatedChecks: [
		{ checkId: '689c78f619987c0002774921', type: 'document_check', taskId: '...' },
		{ checkId: '689c78f619987c0002774922', type: 'identity_check', taskId: '...' },
		{ checkId: '689c78f619987c0002774923', type: 'extensive_screening_check', taskId: '...' },
	],
	outcome: 'clear',
	createdAt: '2025-01-13T11:35:20.592Z',
	completedAt: '2025-01-13T11:37:30.124Z',
	updatedAt: '2025-01-13T11:39:30.124Z',
	policyAssurance: [],
};
const SUMMARY = {
	id: '6890d6a9513d1b0002559aa4',
	clientId: '5eb1276d96be4a0008713af5',
	entityName: 'John Doe',
	status: 'complete',
	workflowTemplateName: 'Age estimation flow',
	workflowTemplateId: '688f1e2837d2a9000202ad01',
	workflowId: '6890d6941fb9b80002b0c1df',
	workflowVersion: 2,
	outcome: 'clear',
	createdAt: '2025-01-01T14:06:44.756Z',
	updatedAt: '2025-01-01T14:06:91.913Z',
};
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
const EXAMPLES: Record<string, object> = {
	...CLIENT_REPLIES,
	'workflowSession/get': SESSION,
	'workflowSession/getAll': SUMMARY,
	'workflowSession/complete': { id: SESSION.id, status: 'processing' },
	'workflowSession/cancel': { id: SESSION.id, status: 'cancelled' },
};

const TYPE_OF: Record<string, (value: unknown) => boolean> = {
	object: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
	array: Array.isArray,
	string: (value) => typeof value === 'string',
	number: (value) => typeof value === 'number',
	integer: Number.isInteger,
	boolean: (value) => typeof value === 'boolean',
	null: (value) => value === null,
};

/** What is wrong with a schema: it may say only what n8n reads, and has to say it everywhere. */
function faultsOf(schema: Schema, path = '$'): string[] {
	const { type, properties: fields, items, version: revision, ...others } = schema;
	return [
		...(type in TYPE_OF ? [] : [`${path}: unknown type ${type}`]),
		...Object.keys(others).map((keyword) => `${path}: unknown keyword ${keyword}`),
		...((type === 'object') !== !!fields && path === '$' ? [`${path}: no properties`] : []),
		...((type === 'array') !== !!items ? [`${path}: items do not fit type ${type}`] : []),
		...(revision !== undefined && path !== '$' ? [`${path}: version is for the root`] : []),
		...Object.entries(fields ?? {}).flatMap(([name, field]) => faultsOf(field, `${path}.${name}`)),
		...(items ? faultsOf(items, `${path}[]`) : []),
	];
}

/** Where a value does not fit its schema. A field that the schema does not declare does not fit either. */
function misfits(value: unknown, schema: Schema | undefined, path = '$'): string[] {
	if (!schema) return [`${path} is not declared`];
	if (!TYPE_OF[schema.type]?.(value)) return [`${path} is not of type ${schema.type}`];
	if (Array.isArray(value)) {
		return value.flatMap((item, i) => misfits(item, schema.items, `${path}[${i}]`));
	}
	// An object without properties is one whose fields ComplyCube does not document
	if (!schema.properties) return [];
	return Object.entries(value as object).flatMap(([name, field]) =>
		misfits(field, schema.properties?.[name], `${path}.${name}`),
	);
}

describe('output schemas', () => {
	it('are asked of every operation', () => {
		expect(operations).toHaveLength(43);
		expect(operations.map((operation) => operation.join('/')).sort()).toEqual(
			Object.keys(EXAMPLES).sort(),
		);
	});

	it('belong to an operation each', () => {
		const files = readdirSync(SCHEMA_FOLDER, { recursive: true, withFileTypes: true })
			.filter((entry) => entry.isFile())
			.map(({ parentPath, name }) => relative(SCHEMA_FOLDER, join(parentPath, name)));
		expect(files.map((file) => file.replaceAll('\\', '/')).sort()).toEqual(
			[
				...operations.map((operation) => `v1.0.0/${operation.join('/')}.json`),
				'v1.1.0.json',
			].sort(),
		);
	});

	describe.each(operations)('%s/%s', (resource, operation) => {
		it('is where n8n looks for it', () => {
			const file = join(SCHEMA_FOLDER, 'v1.0.0', resource, `${operation}.json`);
			expect(existsSync(file)).toBe(true);
			expect(schemaOf(resource, operation)).toEqual(JSON.parse(readFileSync(file, 'utf8')));
		});

		it('is JSON Schema as n8n writes it', () => {
			const schema = schemaOf(resource, operation);
			expect(schema.type).toBe('object');
			expect(schema.version).toBe(1);
			expect(faultsOf(schema)).toEqual([]);
		});

		it("fits ComplyCube's own example", () => {
			const example = EXAMPLES[`${resource}/${operation}`];
			expect(misfits(example, schemaOf(resource, operation))).toEqual([]);
		});

		it("declares what 'Fields' offers, and nothing that cannot be chosen", () => {
			const shownHere = ({ displayOptions }: INodeProperties) =>
				displayOptions?.show?.resource?.includes(resource) &&
				displayOptions.show.operation?.includes(operation);
			const fields = properties.find((each) => each.name === 'fields' && shownHere(each));
			if (!fields) return;
			const offered = (fields.options as INodePropertyOptions[]).map(({ value }) => value);
			const declared = Object.keys(schemaOf(resource, operation).properties ?? {});
			expect(declared.sort()).toEqual(['id', ...offered].sort());
		});
	});

	describe('of the trigger', () => {
		const { ComplyCubeTrigger } = require(join(NODE_FOLDER, 'ComplyCubeTrigger.node.js')) as {
			ComplyCubeTrigger: new () => INodeType;
		};
		const description = new ComplyCubeTrigger().description;
		const request = { nodeDir: NODE_FOLDER, version: description.version as number };
		const schema = loadOutputSchema(request) as unknown as Schema;

		it('is one for all events, where n8n looks for a node without operations', () => {
			const names = description.properties.map(({ name }) => name);
			expect(names.filter((name) => ['resource', 'operation'].includes(name))).toEqual([]);
			expect(readdirSync(join(NODE_FOLDER, '__schema__'))).toEqual(['v1.0.0', 'v1.1.0.json']);
			const file = join(NODE_FOLDER, '__schema__', 'v1.1.0.json');
			expect(schema).toEqual(JSON.parse(readFileSync(file, 'utf8')));
			// As the newest n8n asks, for the data that an agent may expect
			expect(loadOutputSchema({ ...request, versionFallback: true })).toEqual(schema);
		});

		it('is JSON Schema as n8n writes it', () => {
			expect([schema.type, schema.version]).toEqual(['object', 1]);
			expect(faultsOf(schema)).toEqual([]);
		});

		it('fits the items, and declares nothing else', () => {
			expect(misfits(EVENT, schema)).toEqual([]);
			expect(Object.keys(schema.properties ?? {}).sort()).toEqual(Object.keys(EVENT).sort());
			expect(Object.keys(schema.properties?.payload.properties ?? {}).sort()).toEqual(
				Object.keys(EVENT.payload).sort(),
			);
		});
	});

	it('would not fit anything', () => {
		const schema = schemaOf('workflowSession', 'get');
		expect(misfits({ id: 5 }, schema)).toEqual(['$.id is not of type string']);
		expect(misfits({ ID: '5' }, schema)).toEqual(['$.ID is not declared']);
		expect(misfits([], schema)).toEqual(['$ is not of type object']);
		expect(misfits({ workflowVersion: 1.5, tasks: ['a'] }, schema)).toHaveLength(2);
		expect(misfits({ allRelatedChecks: [{ checkId: null }] }, schema)).toEqual([
			'$.allRelatedChecks[0].checkId is not of type string',
		]);
	});

	it('would be found at fault', () => {
		expect(faultsOf({ type: 'text' })).toEqual(['$: unknown type text']);
		expect(faultsOf({ type: 'object', properties: { a: { type: 'array' } } })).toHaveLength(1);
		expect(faultsOf({ type: 'object', properties: {}, value: [] } as never)).toHaveLength(1);
	});
});
