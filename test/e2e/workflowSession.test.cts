import { LIVE_KEY, TEST_KEY } from '../../sandbox/rig/keys.cts';
import { Sandbox } from '../../sandbox/rig/sandbox.cts';
import {
	byId,
	httpRequestNode,
	jsonOf,
	manualWorkflow,
	nextNode,
	NODE_TYPE,
} from '../../sandbox/rig/workflows.cts';
import type { FaultSpec } from '../../simulator/faults.cts';
import { startSimulator } from '../../simulator/server.cts';
import { occurrencesOf } from '../occurrences.cts';
import { printFigure } from '../printFigure.cts';
import { byGeneration } from './byGeneration.cts';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await Sandbox.start();
}, 900_000);
afterAll(async () => await sandbox?.stop());
beforeEach(() => sandbox.simulator.reset());

const seed = (count: number, fields = {}) =>
	sandbox.simulator.workflowSessions.seed({ count, ...fields });

it('the node is loaded under its name and can be used as a tool', async () => {
	const types = await sandbox.n8n.client.listNodeTypes();
	const [node] = types.filter(({ name }) => name === NODE_TYPE);
	expect(node).toMatchObject({
		displayName: 'ComplyCube',
		version: 1,
		codex: { alias: expect.arrayContaining(['KYC', 'Identity']) },
		iconUrl: { light: expect.any(String), dark: expect.any(String) },
	});
	expect(types.map(({ name }) => name)).toContain(`${NODE_TYPE}Tool`);
});

describe('credential test', () => {
	const test = async (data: object) =>
		await sandbox.n8n.client.testCredential(sandbox.credential, {
			apiKey: TEST_KEY,
			baseUrl: sandbox.simulator.url,
			requestsPerSecond: 0,
			...data,
		});

	it.each([{}, { apiKey: ` ${TEST_KEY}\n` }, { apiKey: LIVE_KEY }])('accepts %j', async (data) => {
		expect(await test(data)).toMatchObject({ status: 'OK' });
	});

	it('accepts a Base URL with a slash at the end or spaces around it', async () => {
		expect(await test({ baseUrl: ` ${sandbox.simulator.url}/ ` })).toMatchObject({ status: 'OK' });
	});

	/** n8n 1 shows its own messages for these statuses, as it does for its own credentials. */
	it.each([
		[
			{ apiKey: 'test_wrong' },
			byGeneration({ 'n8n 1': /^Authorization failed/, 'n8n 2': /did not accept this API key/ }),
		],
		[
			{ apiKey: 'test_forbidden_key' },
			byGeneration({ 'n8n 1': /^Forbidden/, 'n8n 2': /may not read the account/ }),
		],
		[
			{ apiKey: 'live_no_credit_key' },
			byGeneration({ 'n8n 1': /^Payment required/, 'n8n 2': /no credit left/ }),
		],
		[{ baseUrl: 'http://api.example.com/v1' }, /must be a plain https address/],
	])('explains %j', async (data, sentence) => {
		expect(await test(data)).toEqual(
			expect.objectContaining({ status: 'Error', message: expect.stringMatching(sentence) }),
		);
	});

	it('explains an account without credit', async () => {
		sandbox.simulator.settings.accountInfo.remainingCredit = 0;
		expect(await test({})).toEqual(
			expect.objectContaining({
				status: 'Error',
				message: expect.stringContaining('no credit left'),
			}),
		);
	});
});

it('the sessions can be picked from a list', async () => {
	seed(120);
	const { id, name } = sandbox.credential;
	const list = async (filter?: string, paginationToken?: string) =>
		await sandbox.n8n.client.listSearch({
			nodeType: NODE_TYPE,
			typeVersion: 1,
			parameter: 'workflowSessionId',
			method: 'searchWorkflowSessions',
			currentNodeParameters: { resource: 'workflowSession', operation: 'get' },
			credentials: { complyCubeApi: { id, name } },
			filter,
			paginationToken,
		});
	const first = await list();
	expect(first.results).toHaveLength(100);
	expect(first.results[0].name).toMatch(/^Ada Example · started · \d{4}-\d\d-\d\d \d\d:\d\d · AML/);
	const second = await list(undefined, first.paginationToken as string);
	expect(second.results).toHaveLength(20);
	expect((await list('nobody')).results).toEqual([]);
});

describe('operations', () => {
	it('Get', async () => {
		const [{ id }] = seed(1, { status: 'complete', lastName: 'attention' });
		const { data } = await sandbox.call({ operation: 'get', workflowSessionId: byId(id) });
		const [json] = jsonOf(data.ComplyCube[0]);
		expect(json).toMatchObject({ id, status: 'complete', outcome: 'attention' });
		expect(json.allRelatedChecks).toHaveLength(3);
	});

	it('Complete', async () => {
		const [{ id }] = seed(1);
		const { data } = await sandbox.call({
			operation: 'complete',
			workflowSessionId: byId(id),
		});
		expect(jsonOf(data.ComplyCube[0])).toEqual([{ id, status: 'processing' }]);
	});

	it('Cancel', async () => {
		const [{ id }] = seed(1);
		const { data } = await sandbox.call({ operation: 'cancel', workflowSessionId: byId(id) });
		expect(jsonOf(data.ComplyCube[0])).toEqual([{ id, status: 'cancelled' }]);
	});

	it('Get Many', async () => {
		seed(30, { clientId: 'a' });
		seed(5, { clientId: 'b' });
		const filters = { clientId: '={{ $json.client }}' };
		const { data } = await sandbox.run(
			[{ client: 'a' }, { client: 'b' }],
			[
				sandbox.complyCube({ operation: 'getAll', limit: 10, filters }),
				nextNode("={{ ({ asked: $('Input').item.json.client, got: $json.clientId }) }}"),
			],
		);
		expect(data.ComplyCube[0]).toHaveLength(15);
		expect(jsonOf(data.Next[0])).toEqual([
			...Array<object>(10).fill({ asked: 'a', got: 'a' }),
			...Array<object>(5).fill({ asked: 'b', got: 'b' }),
		]);
	});

	it('Complete and Wait for Outcome', async () => {
		sandbox.simulator.settings.processingMs = 4_000;
		const [{ id }] = seed(1);
		const { data } = await sandbox.call({
			operation: 'complete',
			workflowSessionId: byId(id),
			options: { waitForOutcome: true },
		});
		expect(jsonOf(data.ComplyCube[0])).toEqual([
			expect.objectContaining({ id, status: 'complete', outcome: 'clear' }),
		]);
	});

	it('a stopped execution stops waiting within a second', async () => {
		sandbox.simulator.settings.processingMs = 3_600_000;
		const [{ id }] = seed(1, { status: 'processing' });
		const node = sandbox.complyCube({
			operation: 'get',
			workflowSessionId: byId(id),
			options: { waitForOutcome: true },
		});
		const { client } = sandbox.n8n;
		const workflow = await client.createWorkflow(manualWorkflow([{}], [node]));
		const execution = await client.startWorkflow(workflow.id);
		while (sandbox.simulator.requests.length === 0) {
			await new Promise((resolve) => setTimeout(resolve, 100));
		}
		await client.stopExecution(execution);
		const { status } = await client.waitForExecution(execution, 2_000);
		expect(status).toBe('canceled');
		await new Promise((resolve) => setTimeout(resolve, 1_000));
		const before = sandbox.simulator.requests.length;
		await new Promise((resolve) => setTimeout(resolve, 4_000));
		expect(sandbox.simulator.requests).toHaveLength(before);
	});
});

describe('error modes', () => {
	const input = (good: string) => [
		{ email: 'a@example.com', id: 'ffffffffffffffffffffffff' },
		{ email: 'b@example.com', id: good },
		{ email: 'c@example.com', id: '../clients/x' },
	];
	const get = { operation: 'get', workflowSessionId: byId('={{ $json.id }}') };
	const unknown = "Invalid workflow session id 'ffffffffffffffffffffffff'";
	const invalid = "The 'Workflow Session' parameter is not a valid ID";

	it('stop: shows the reason, advice and the item', async () => {
		const [{ id }] = seed(1);
		const { status, error } = await sandbox.call(get, input(id));
		expect(status).toBe('error');
		expect(error).toMatchObject({
			name: 'NodeApiError',
			message: `${unknown} [item 0]`,
			httpCode: '404',
			context: { itemIndex: 0 },
		});
		expect(error?.description).toContain('same environment');
	});

	it('continue: returns every item, paired with its input', async () => {
		const [{ id }] = seed(1);
		const { data } = await sandbox.run(input(id), [
			sandbox.complyCube(get, { onError: 'continueRegularOutput' }),
			nextNode(
				"={{ ({ mail: $('Input').item.json.email, status: $json.status, error: $json.error, code: $json.details?.httpCode }) }}",
			),
		]);
		expect(jsonOf(data.Next[0])).toEqual([
			{ mail: 'a@example.com', error: unknown, code: '404' },
			{ mail: 'b@example.com', status: 'started' },
			{ mail: 'c@example.com', error: invalid },
		]);
	});

	it('error output: includes the fields of the input', async () => {
		const [{ id }] = seed(1);
		const { data } = await sandbox.call(get, input(id), { onError: 'continueErrorOutput' });
		const [good, bad] = data.ComplyCube;
		expect(jsonOf(good)).toEqual([expect.objectContaining({ id, status: 'started' })]);
		expect(jsonOf(bad)).toEqual([
			expect.objectContaining({ email: 'a@example.com', error: unknown }),
			expect.objectContaining({ email: 'c@example.com', error: invalid }),
		]);
		expect(bad.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 2 }]);
	});
});

it("the key is not sent to another host when n8n's HTTP Request node is redirected", async () => {
	const elsewhere = await startSimulator({ rateLimit: null });
	try {
		sandbox.simulator.faults.add({
			kind: 'reply',
			status: 302,
			headers: { location: `${elsewhere.url}/accountInfo` },
		});
		const url = `${sandbox.simulator.url}/accountInfo`;
		await sandbox.run([{}], [httpRequestNode(sandbox.credential, url)]);
		// A service on n8n's own machine is its own proxy, so n8n asks it for the other address too
		expect(sandbox.simulator.requests.map(({ path }) => path)).toEqual(
			Array(2).fill('/v1/accountInfo'),
		);
		expect(elsewhere.requests).toEqual([]);
	} finally {
		await elsewhere.close();
	}
});

describe('after all kinds of failures and a restart', () => {
	const faults: FaultSpec[] = [
		{ kind: 'reply', status: 400, body: { json: { type: 'x', message: `Key ${TEST_KEY}` } } },
		{ kind: 'reply', status: 401 },
		{ kind: 'reply', status: 403 },
		{ kind: 'reply', status: 404 },
		{ kind: 'reply', status: 422 },
		{ kind: 'reply', status: 500, body: 'html' },
		{ kind: 'reply', status: 302, headers: { location: 'https://example.com' } },
		{ kind: 'reply', status: 200, body: 'truncatedJson' },
		{ kind: 'dropAfter' },
		{ kind: 'silence' },
	];
	/** It comes last, because the key is then on hold for a while. */
	const last: FaultSpec = { kind: 'reply', status: 429, headers: { 'retry-after': '999' } };

	const modes = ['stopWorkflow', 'continueErrorOutput'];
	/** Runs a Cancel that always meets the fault, in each mode. @returns The statuses of the executions */
	const runCancel = async (fault: FaultSpec) => {
		// A name in the session, which the node reads when it is unclear whether the Cancel took effect
		const [{ id }] = seed(1, { entityName: 'Xenia Quizzical' });
		for (const path of [`/workflowSessions/${id}`, `/workflowSessions/${id}/cancel`]) {
			sandbox.simulator.faults.add({ ...fault, path });
		}
		const parameters = {
			operation: 'cancel',
			workflowSessionId: byId(id),
			requestOptions: { timeout: 300 },
		};
		const executions = modes.map((onError) => sandbox.call(parameters, [{}], { onError }));
		return (await Promise.all(executions)).map(({ status }) => status);
	};
	let statuses: string[][];

	beforeAll(async () => {
		sandbox.simulator.reset();
		statuses = [...(await Promise.all(faults.map(runCancel))), await runCancel(last)];
		await sandbox.n8n.restart();
	}, 600_000);

	it("the API key is in none of n8n's files and logs", () => {
		expect(statuses).toEqual([...faults, last].map(() => ['error', 'success']));
		const written = sandbox.readEverythingWritten();
		expect(written).toContain('kept refusing');
		const occurrences = occurrencesOf(TEST_KEY, written);
		printFigure(`occurrences of the key in n8n's database and logs: ${occurrences}`);
		expect(occurrences).toBe(0);
		expect(written).not.toContain('Quizzical');
	});

	it('the node still works', async () => {
		const [{ id }] = seed(1);
		const { data } = await sandbox.call({ operation: 'get', workflowSessionId: byId(id) });
		expect(jsonOf(data.ComplyCube[0])).toEqual([expect.objectContaining({ id })]);
	});
});
