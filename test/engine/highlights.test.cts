import type { IDataObject } from 'n8n-workflow';
import { sampleImage } from '../../simulator/sampleImages.cts';
import { startSimulator, type Simulator } from '../../simulator/server.cts';
import { runNode } from '../built/engine.cts';
import { offeredOperations, rowOf, titleOf, type OperationName } from '../operations/index.cts';
import { fileIn } from './files.cts';
import { byId, INSTANT, TEST_KEY } from './resourceCalls.cts';
import { N8n } from './triggerCalls.cts';

const HIGHLIGHTED = { requestOptions: { highlightIds: true } };

const ID = /^[0-9a-f]{24}$/;
const WORD = /^[a-z_]+$/;

let simulator: Simulator;
beforeAll(async () => {
	simulator = await startSimulator(INSTANT);
});
beforeEach(() => simulator.reset());
afterAll(async () => await simulator.close());

/** Runs the node, and reads what n8n stores with the execution besides its data. */
async function run(
	name: OperationName,
	parameters: IDataObject,
	input: IDataObject[] = [{}],
	more: object = {},
) {
	const result = await runNode({
		parameters: { ...name, ...HIGHLIGHTED, ...parameters },
		credential: { apiKey: TEST_KEY, baseUrl: simulator.url, requestsPerSecond: 10_000 },
		input,
		...more,
	});
	return { ...result, highlighted: result.run.data.resultData.metadata };
}

const SESSION = { resource: 'workflowSession', operation: 'get' };
const ofSession = (id: string) => ({ workflowSessionId: byId(id) });

/** Seeds sessions whose outcome is known. */
const seed = (count = 1) =>
	simulator.workflowSessions
		.seed({ count, status: 'complete' })
		.map(({ id, clientId }) => ({ id, clientId }));

describe('the node', () => {
	it('highlights the session, its client and its outcome', async () => {
		const [{ id, clientId }] = seed();
		const { highlighted } = await run(SESSION, ofSession(` ${id} `));
		expect(highlighted).toEqual({
			complyCubeSessionId: id,
			complyCubeClientId: clientId,
			complyCubeOutcome: 'clear',
		});
	});

	it('highlights what the next node does not get', async () => {
		const [{ id, clientId }] = seed();
		const output = { output: 'selected', fields: ['status'] };
		const { items, highlighted } = await run(SESSION, { ...ofSession(id), ...output });
		expect(items[0].json).toEqual({ id, status: 'complete' });
		expect(highlighted).toMatchObject({
			complyCubeClientId: clientId,
			complyCubeOutcome: 'clear',
		});
	});

	it('highlights the first of several items', async () => {
		const sessions = seed(30);
		const { items, highlighted } = await run(SESSION, ofSession('={{ $json.id }}'), sessions);
		expect(items).toHaveLength(30);
		expect(highlighted).toMatchObject({ complyCubeSessionId: sessions[0].id });
	});

	it('highlights what a failed item was about', async () => {
		const id = '5eb2b61e02df0a0008f1cf2b';
		const { error, highlighted } = await run(SESSION, ofSession(id));
		expect(error).toBeDefined();
		expect(highlighted).toEqual({ complyCubeSessionId: id });
	});

	it('highlights the client by whom a list is filtered', async () => {
		const [{ clientId }] = seed();
		const { highlighted } = await run(
			{ resource: 'workflowSession', operation: 'getAll' },
			{ filters: { clientId } },
		);
		expect(highlighted).toEqual({ complyCubeClientId: clientId });
	});

	it('highlights the outcome that it waited for', async () => {
		simulator.settings.processingMs = 50;
		const [{ id }] = simulator.workflowSessions.seed({ status: 'started' });
		const { items, highlighted } = await run(
			{ resource: 'workflowSession', operation: 'complete' },
			{ ...ofSession(id), options: { waitForOutcome: true } },
		);
		expect(highlighted).toMatchObject({
			complyCubeSessionId: id,
			complyCubeOutcome: items[0].json.outcome,
		});
	});

	it.each(['Ada Lovelace', 'ada@example.com', 'Lovelace', '12 Long Street', '+4912345678'])(
		'never highlights what is not an ID: %s',
		async (text) => {
			const { highlighted } = await run(
				{ resource: 'workflowSession', operation: 'getAll' },
				{ filters: { clientId: text } },
			);
			expect(highlighted).toBeUndefined();
		},
	);

	it.each([{}, { highlightIds: false }, undefined])(
		'highlights nothing unless it is asked to: %j',
		async (requestOptions) => {
			const [{ id }] = seed();
			const { items, highlighted } = await run(SESSION, { ...ofSession(id), requestOptions });
			expect(items[0].json.id).toBe(id);
			expect(highlighted).toBeUndefined();
		},
	);

	const KEY_OF: Record<string, string> = {
		client: 'complyCubeClientId',
		workflowSession: 'complyCubeSessionId',
		check: 'complyCubeCheckId',
	};

	it.each(offeredOperations.map((name) => [titleOf(name), name] as const))(
		'highlights IDs and the outcome of %s, and nothing else',
		async (_title, name) => {
			const { parameters, seed: seedRow, sendsFile } = rowOf(name);
			const id = seedRow(simulator);
			const { error, highlighted = {} } = await run(
				name,
				parameters,
				[{ id }],
				sendsFile && { binary: fileIn('data', sampleImage('jpg')) },
			);
			expect(error).toBeUndefined();
			const { complyCubeOutcome, ...ids } = highlighted;
			if (complyCubeOutcome) expect(complyCubeOutcome).toMatch(WORD);
			for (const [key, value] of Object.entries(ids)) {
				expect(Object.values(KEY_OF)).toContain(key);
				expect(value).toMatch(ID);
			}
			const key = KEY_OF[name.resource];
			if (key && name.operation !== 'getAll') expect(ids).toHaveProperty(key);
		},
	);
});

describe('the trigger', () => {
	let n8n: N8n;
	beforeAll(async () => {
		n8n = await N8n.start();
	});
	afterAll(async () => await n8n.close());

	const id = '5eb2b61e02df0a0008f1cf2b';
	const clientId = '5eb1276d96be4a0008713af5';

	/** Starts an execution with an event, and reads what n8n stores with it besides its data. */
	async function start(event: IDataObject, options?: IDataObject) {
		const workflow = n8n.add(options && { options });
		const { data } = await n8n.carryOut(workflow, [{ json: event }], 'webhook');
		expect(data.resultData.runData['ComplyCube Trigger'][0].data?.main[0]?.[0].json).toEqual(event);
		return data.resultData.metadata;
	}

	it.each<[string, IDataObject, IDataObject]>([
		[
			'workflow.session.completed',
			{ id, clientId, outcome: 'attention' },
			{
				complyCubeSessionId: id,
				complyCubeClientId: clientId,
				complyCubeOutcome: 'attention',
			},
		],
		[
			'check.completed.match_confirmed',
			{ id, clientId, result: { outcome: 'match_confirmed' } },
			{
				complyCubeCheckId: id,
				complyCubeClientId: clientId,
				complyCubeOutcome: 'match_confirmed',
			},
		],
		['check.pending', { id }, { complyCubeCheckId: id }],
		['client.created', { id, entityName: 'Ada Lovelace' }, { complyCubeClientId: id }],
		['document.created', { id, clientId }, { complyCubeClientId: clientId }],
	])('highlights what %s is about', async (type, payload, expected) => {
		expect(await start({ id: 'event1', type, payload })).toEqual(expected);
	});

	it('highlights what only the full resource says', async () => {
		const event = {
			id: 'event1',
			type: 'workflow.session.completed',
			payload: { id },
			resource: { id, clientId, outcome: 'clear', entityName: 'Ada Lovelace' },
		};
		expect(await start(event)).toEqual({
			complyCubeSessionId: id,
			complyCubeClientId: clientId,
			complyCubeOutcome: 'clear',
		});
	});

	it.each<IDataObject>([
		{ type: 'workflow.session.completed' },
		{ type: 'workflow.session.completed', payload: 'nothing' },
		{ type: 'workflow.session.completed', payload: { id: 'Ada Lovelace', clientId: 7 } },
		{ payload: { id } },
		{},
	])('starts all the same with nothing to highlight: %j', async (event) => {
		expect(await start(event)).toBeUndefined();
	});

	it('highlights nothing if that is turned off', async () => {
		const event = { type: 'workflow.session.completed', payload: { id } };
		expect(await start(event, { highlightIds: false })).toBeUndefined();
	});
});
