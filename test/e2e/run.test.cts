import { setTimeout as sleep } from 'node:timers/promises';
import { Sandbox } from '../../sandbox/rig/sandbox.cts';
import { byId, jsonOf, manualWorkflow } from '../../sandbox/rig/workflows.cts';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await Sandbox.start();
}, 900_000);
afterAll(async () => await sandbox?.stop());
beforeEach(() => sandbox.simulator.reset());

const NOTHING = '5eb2b61e02df0a0008f1cf2a';

const posts = () => sandbox.simulator.requests.filter(({ method }) => method === 'POST');
const completed = () => posts().filter(({ tookEffect }) => tookEffect).length;

const seed = (count: number) =>
	sandbox.simulator.workflowSessions.seed({ count }).map(({ id }) => ({ id }));

/** What a user can set under Request Options → Batching. */
const BATCHING: Array<[string, object]> = [
	['without batching', {}],
	[
		'in batches of 20, 1 ms apart',
		{ requestOptions: { batching: { batch: { batchSize: 20, batchInterval: 1 } } } },
	],
	[
		'in batches of one, 20 ms apart',
		{ requestOptions: { batching: { batch: { batchSize: 1, batchInterval: 20 } } } },
	],
];

const complete = async (input: object[], options: object, settings: object) =>
	await sandbox.call(
		{ operation: 'complete', workflowSessionId: byId('={{ $json.id }}'), ...options },
		input as Array<Record<string, unknown>>,
		settings as Record<string, unknown>,
	);

describe.each(BATCHING)('%s', (_, options) => {
	it('On Error Stop: of 30 Completes, of which the third is unknown, two are carried out', async () => {
		const input = seed(30).map((session, i) => (i === 2 ? { id: NOTHING } : session));
		const { status, error } = await complete(input, options, {});
		expect(status).toBe('error');
		expect(error).toMatchObject({ httpCode: '404', context: { itemIndex: 2 } });
		expect(error?.description).toContain(
			'2 other items of this run were carried out (items 0 and 1); 27 were not sent.',
		);
		expect([posts().length, completed()]).toEqual([3, 2]);
	});

	it('On Error Stop: nothing is sent if n8n cannot evaluate an expression of the last of 30 Completes', async () => {
		const input = seed(30).map((session, i) => ({ ...session, fails: i === 29 }));
		const id = byId("={{ $json.fails ? $('Nowhere').item.json.id : $json.id }}");
		const { status, error } = await complete(input, { ...options, workflowSessionId: id }, {});
		expect([status, error?.context?.itemIndex]).toEqual(['error', 29]);
		// Long enough for what n8n might have left running
		await sleep(1_000);
		expect(posts()).toEqual([]);
	});

	it('Retry On Fail, 3 tries, Continue: of 20 Completes, of which the first keeps failing, each of the others is carried out once', async () => {
		const input = seed(20).map((session, i) => (i === 0 ? { id: NOTHING } : session));
		const settings = {
			onError: 'continueRegularOutput',
			retryOnFail: true,
			maxTries: 3,
			waitBetweenTries: 100,
		};
		const { data } = await complete(input, options, settings);
		expect([posts().length, completed()]).toEqual([3 + 19, 19]);
		expect(jsonOf(data.ComplyCube[0])).toHaveLength(20);
	});

	it('Retry On Fail, 3 tries, Stop: of 20 Completes, of which the last keeps failing, each of the others is carried out once', async () => {
		const input = seed(20).map((session, i) => (i === 19 ? { id: NOTHING } : session));
		const settings = { retryOnFail: true, maxTries: 3, waitBetweenTries: 100 };
		const { error } = await complete(input, options, settings);
		expect(error?.description).toContain(
			'19 other items of this run were carried out (items 0 to 18). n8n discards',
		);
		expect([posts().length, completed()]).toEqual([3 + 19, 19]);
	});
});

it('each iteration of a loop is a run of its own', async () => {
	const sessions = seed(3);
	const settings = { retryOnFail: true, maxTries: 2, waitBetweenTries: 100 };
	const workflow = manualWorkflow(sessions, [
		{
			name: 'Loop',
			type: 'n8n-nodes-base.splitInBatches',
			typeVersion: 3,
			position: [450, 0],
			parameters: { options: {} },
		},
		sandbox.complyCube(
			{ operation: 'complete', workflowSessionId: byId('={{ $json.id }}') },
			settings,
		),
	]);
	const to = (node: string) => [{ node, type: 'main', index: 0 }];
	Object.assign(workflow.connections, {
		Loop: { main: [[], to('ComplyCube')] },
		ComplyCube: { main: [to('Loop')] },
	});
	const { client } = sandbox.n8n;
	const { id } = await client.createWorkflow(workflow);
	expect((await client.runWorkflow(id, { timeoutMs: 60_000 })).status).toBe('success');
	expect(posts().map(({ path }) => path)).toEqual(
		sessions.map((session) => `/v1/workflowSessions/${session.id}/complete`),
	);
});
