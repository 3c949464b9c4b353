import { fillExample } from '../../sandbox/journey/examples.cts';
import type { Execution } from '../../sandbox/n8n/execution.cts';
import type { StoredCredential, WorkflowNode } from '../../sandbox/n8n/workflow.cts';
import { Sandbox } from '../../sandbox/rig/sandbox.cts';
import { byId, jsonOf, manualWorkflow } from '../../sandbox/rig/workflows.cts';
import { startScriptedModel } from './scriptedModel.cts';

type Json = Record<string, unknown>;

let sandbox: Sandbox;
beforeAll(async () => {
	// A server whose day begins neither when the workflow's does nor when UTC's does
	sandbox = await Sandbox.start({ TZ: 'Asia/Tokyo' });
}, 900_000);
afterAll(async () => await sandbox?.stop());
beforeEach(() => sandbox.simulator.reset());

/** Runs input items through a sequence of nodes, in a workflow with a time zone of its own. */
async function run(
	input: Json[],
	nodes: WorkflowNode[],
	timezone = 'Europe/Berlin',
): Promise<Execution> {
	const { client } = sandbox.n8n;
	const { settings, ...workflow } = manualWorkflow(input, nodes);
	const { id } = await client.createWorkflow({
		...workflow,
		settings: { ...settings, timezone },
	});
	return await client.runWorkflow(id);
}

const codeNode = (name: string, jsCode: string): WorkflowNode => ({
	name,
	type: 'n8n-nodes-base.code',
	typeVersion: 2,
	position: [450, 0],
	parameters: { jsCode },
});

/** Creates a client for each item. */
const createClient = (fields: Json) =>
	sandbox.complyCube(
		{
			resource: 'client',
			operation: 'create',
			email: 'ada@example.com',
			firstName: 'Ada',
			lastName: 'Example',
			clientFields: fields,
		},
		{},
		'Create Client',
	);

/** What ComplyCube got, oldest first. */
const bodies = () => sandbox.simulator.requests.map(({ body }) => body as Json);
const birthdays = () => bodies().map(({ personDetails }) => (personDetails as Json).dob);

describe('a filter whose expression finds nothing, and a Delete behind it', () => {
	const runDelete = async (onError: string) => {
		sandbox.simulator.clients.seed({ count: 5 });
		const parameters = { resource: 'client', operation: 'getAll', returnAll: true };
		const clientFilters = { email: '={{ $json.nothing }}' };
		return await run(
			[{ mail: 'ada@example.com' }],
			[
				sandbox.complyCube({ ...parameters, clientFilters }, { onError }, 'Get Many'),
				sandbox.complyCube(
					{ resource: 'client', operation: 'delete', clientId: byId('={{ $json.id }}') },
					{ onError: 'continueErrorOutput' },
					'Delete',
				),
			],
		);
	};
	const refusal = "The 'Email' filter is empty";

	afterEach(() => {
		expect(sandbox.simulator.clients.list()).toHaveLength(5);
		expect(sandbox.simulator.requests).toEqual([]);
	});

	it('stop the workflow, with advice', async () => {
		const { status, error, data } = await runDelete('stopWorkflow');
		expect(status).toBe('error');
		expect(error).toMatchObject({
			node: 'Get Many',
			message: refusal,
			description: expect.stringContaining('previous node'),
			context: { itemIndex: 0 },
		});
		expect(data).not.toHaveProperty('Delete');
	});

	it('leave the Delete without items if there is an error output', async () => {
		const { status, data } = await runDelete('continueErrorOutput');
		expect(status).toBe('success');
		const [found, failed] = data['Get Many'];
		expect(found).toEqual([]);
		expect(jsonOf(failed)).toEqual([
			expect.objectContaining({ mail: 'ada@example.com', error: refusal }),
		]);
		expect(data).not.toHaveProperty('Delete');
	});

	it('give the Delete nothing that it could delete if the workflow continues', async () => {
		const { status, data } = await runDelete('continueRegularOutput');
		expect(status).toBe('success');
		expect(jsonOf(data['Get Many'][0])).toEqual([expect.objectContaining({ error: refusal })]);
		const [deleted, failed] = data.Delete;
		expect(deleted).toEqual([]);
		expect(jsonOf(failed)).toEqual([
			expect.objectContaining({ error: "The 'Client' parameter is empty" }),
		]);
	});
});

describe('a date', () => {
	const fields = { dob: '={{ $json.dob }}' };

	it("of n8n's Data Table is sent as the day that was put in", async () => {
		const tableId = await sandbox.n8n.client.createDataTable('Applicants', { dob: 'date' });
		const table = (name: string, parameters: Json): WorkflowNode => ({
			name,
			type: 'n8n-nodes-base.dataTable',
			typeVersion: 1,
			position: [450, 0],
			parameters: { resource: 'row', dataTableId: byId(tableId), ...parameters },
		});
		const columns = { mappingMode: 'autoMapInputData', value: null };
		const { status, error, data } = await run(
			[{ dob: '1990-01-31' }, { dob: '1990-01-31T00:00:00.000Z' }],
			[
				table('Insert', { operation: 'insert', columns }),
				{
					...table('Get Rows', { operation: 'get', returnAll: true }),
					executeOnce: true,
				},
				createClient(fields),
			],
		);
		expect([status, error]).toEqual(['success', undefined]);
		expect(jsonOf(data['Get Rows'][0]).map(({ dob }) => dob)).toEqual([
			'1990-01-30T23:00:00.000Z',
			'1990-01-31T00:00:00.000Z',
		]);
		expect(birthdays()).toEqual(['1990-01-31', '1990-01-31']);
	});

	it('of a Code node is sent as the day that was meant', async () => {
		const dates = [
			"new Date('1990-01-31')",
			'new Date(1990, 0, 31)',
			"DateTime.fromISO('1990-01-31')",
			"DateTime.fromISO('1990-01-31').toISO()",
			"DateTime.fromISO('1990-01-31').toMillis()",
			"'1990-01-31'",
			"'1990-01-31T00:00:00'",
		];
		const items = dates.map((date) => `{ json: { dob: ${date} } }`);
		const { status, error } = await run(
			[{}],
			[codeNode('Dates', `return [${items.join(', ')}];`), createClient(fields)],
		);
		expect([status, error]).toEqual(['success', undefined]);
		expect(birthdays()).toEqual(dates.map(() => '1990-01-31'));
	});

	const EXPRESSIONS = [
		"={{ DateTime.fromISO('1990-01-31') }}",
		"={{ DateTime.fromISO('1990-01-31T00:00:00.000Z') }}",
		"={{ new Date('01/31/1990') }}",
		"={{ new Date('1990-01-31').getTime() }}",
		'={{ "1990-01-31".toDate() }}',
		'={{ "1990-01-31".toDateTime() }}',
		'={{ $json.text }}',
	];

	it.each(['Europe/Berlin', 'America/New_York'])(
		'of an expression is sent as the day that was meant: %s',
		async (timezone) => {
			for (const dob of EXPRESSIONS) {
				await run([{ text: '1990-01-31' }], [createClient({ dob })], timezone);
			}
			expect(birthdays()).toEqual(EXPRESSIONS.map(() => '1990-01-31'));
		},
	);

	it('finds the client that was created with it', async () => {
		const dob = "={{ DateTime.fromISO('1990-01-31') }}";
		const { data } = await run(
			[{}],
			[
				createClient({ dob }),
				sandbox.complyCube(
					{ resource: 'client', operation: 'getAll', clientFilters: { dob } },
					{},
					'Find Client',
				),
			],
		);
		const [created] = jsonOf(data['Create Client'][0]);
		expect(jsonOf(data['Find Client'][0])).toEqual([expect.objectContaining({ id: created.id })]);
	});

	it('that is another day on another clock is not sent, and is not in the error', async () => {
		const { status, error } = await run([{}], [createClient({ dob: '1985-06-30T23:30:00Z' })]);
		expect(status).toBe('error');
		expect(error?.message).toMatch(/^'Date of Birth' is a moment that falls on different days: /);
		expect(error?.message).toContain('Europe/Berlin');
		expect(`${error?.message} ${error?.description}`).not.toContain('1985');
		expect(bodies()).toEqual([]);
	});
});

it('numbers of a Code node are sent as texts', async () => {
	const row = '{ externalId: 10045, mobile: 447700900123, ssn: 123456789, seats: 5 }';
	const { status, error } = await run(
		[{}],
		[
			codeNode('Row', `return [{ json: ${row} }];`),
			createClient({
				externalId: '={{ $json.externalId }}',
				mobile: '={{ $json.mobile }}',
				ssn: '={{ $json.ssn }}',
				metadataJson: '={{ { seats: $json.seats, paid: true } }}',
			}),
		],
	);
	expect([status, error]).toEqual(['success', undefined]);
	expect(bodies()).toEqual([
		expect.objectContaining({
			externalId: '10045',
			mobile: '447700900123',
			personDetails: expect.objectContaining({ ssn: '123456789' }),
			metadata: { seats: '5', paid: 'true' },
		}),
	]);
});

it('an update leaves the metadata alone if their expression gives null', async () => {
	const metadata = { plan: 'gold' };
	const [{ id }] = sandbox.simulator.clients.seed({ metadata });
	const updateFields = { externalId: '7', metadataJson: '={{ $json.metadata }}' };
	const { status, error } = await run(
		[{ id, metadata: null }],
		[
			sandbox.complyCube({
				resource: 'client',
				operation: 'update',
				clientId: byId('={{ $json.id }}'),
				clientUpdates: updateFields,
			}),
		],
	);
	expect([status, error]).toEqual(['success', undefined]);
	expect(bodies()).toEqual([{ externalId: '7' }]);
	expect(sandbox.simulator.clients.list()).toEqual([
		expect.objectContaining({ id, metadata, externalId: '7' }),
	]);
});

describe('an agent that leaves a filter empty', () => {
	let openAi: StoredCredential;
	beforeAll(async () => {
		openAi = await sandbox.n8n.client.createCredential('Model', 'openAiApi', { apiKey: 'none' });
	});

	it.each([
		['', {}],
		['  ', {}],
		['', { skipEmptyFilters: true }],
	])("reads why, instead of everybody's sessions: %j with options %j", async (outcome, options) => {
		sandbox.simulator.workflowSessions.seed({ count: 3, status: 'complete' });
		const model = await startScriptedModel([
			{ tool: 'Find_sessions', input: { outcome } },
			'Which outcome do you mean?',
		]);
		try {
			const { client } = sandbox.n8n;
			await client.updateCredential(openAi, { apiKey: 'none', url: model.url });
			const workflow = fillExample('ai-assistant', [sandbox.credential, openAi]);
			const tool = workflow.nodes.find(({ name }) => name === 'Find sessions')!;
			tool.parameters.options = options;
			const { id } = await client.createWorkflow(workflow);
			const execution = await client.runWorkflow(id, {
				triggerNode: 'Question in the chat',
				triggerItem: { action: 'sendMessage', sessionId: 'chat', chatInput: 'List sessions' },
			});
			expect([execution.status, execution.error]).toEqual(['success', undefined]);
			expect(execution.data.Assistant[0][0].json.output).toBe('Which outcome do you mean?');
		} finally {
			await model.stop();
		}
		expect(sandbox.simulator.requests).toEqual([]);
		const results = model.requests.at(-1)!.messages.filter(({ role }) => role === 'tool');
		expect(results.map(({ content }) => JSON.parse(String(content)))).toEqual([
			[
				{
					error: "The 'Outcome' filter is empty",
					details: expect.objectContaining({
						description: expect.stringMatching(
							/^Without it everything would be found\. .* a value\. /,
						),
					}),
				},
			],
		]);
	});
});
