/**
 * n8n evaluates the expressions of one item after the other, and starts each at once. If an expression fails, n8n stops the node
 * there, and forgets the items it has started.
 */
import type { IDataObject } from 'n8n-workflow';
import type { RunRequest } from '../built/engine.cts';
import { byId, ResourceCalls, startSessionCalls } from './resourceCalls.cts';

let calls: ResourceCalls;
beforeAll(async () => {
	calls = await startSessionCalls();
});
beforeEach(() => calls.simulator.reset());
afterAll(async () => await calls.simulator.close());

const FAILS = "$('Nowhere').item.json.id";
const NO_NODE = "Referenced node doesn't exist";

/** Long enough for whatever n8n has left running to be sent. */
const afterwards = async () => await new Promise((resolve) => setTimeout(resolve, 800));

const inBatches = (batchSize: number, batchInterval: number) => ({
	requestOptions: { batching: { batch: { batchSize, batchInterval } } },
});

/** Completes sessions, of which the expression of one fails while the condition holds. */
async function complete(
	{ count, failing, condition = 'true' }: { count: number; failing: number; condition?: string },
	parameters: IDataObject,
	more: Partial<RunRequest> = {},
) {
	const sessions = calls.simulator.workflowSessions.seed({ count });
	return await calls.run({
		operation: 'complete',
		input: sessions.map(({ id }, i) => ({ id, fails: i === failing })),
		parameters: {
			workflowSessionId: byId(`={{ $json.fails && ${condition} ? ${FAILS} : $json.id }}`),
			...parameters,
		},
		credential: { apiKey: calls.addKey() },
		...more,
	});
}

it.each([
	['in one go', { requestOptions: {} }, { count: 10, failing: 4 }],
	['in one go, the last one', { requestOptions: {} }, { count: 10, failing: 9 }],
	['in the batches of a new node', inBatches(20, 1), { count: 10, failing: 4 }],
	['in a later batch of a new node', inBatches(20, 1), { count: 60, failing: 45 }],
	['at the beginning of a batch', inBatches(20, 1), { count: 60, failing: 40 }],
])('nothing is sent if an expression fails: %s', async (_, parameters, items) => {
	const { error } = await complete(items, parameters);
	expect(error?.message).toContain(NO_NODE);
	expect(error?.context?.itemIndex).toBe(items.failing);
	await afterwards();
	expect(calls.posts()).toBe(0);
});

it('nothing more is sent if an expression fails in a later batch of somebody who wants pauses', async () => {
	calls.simulator.faults.add({ kind: 'delay', delayMs: 100 });
	const { error } = await complete({ count: 40, failing: 25 }, inBatches(20, 500));
	expect(error?.message).toContain(NO_NODE);
	const sent = calls.posts();
	expect(sent).toBeGreaterThan(0);
	await afterwards();
	// One may have been on its way to the simulator
	expect(calls.posts()).toBeLessThanOrEqual(sent + 1);
});

it('somebody who wants pauses gets them: a batch goes when it is ready', async () => {
	const sessions = calls.simulator.workflowSessions.seed({ count: 4 });
	const { items } = await calls.run({
		operation: 'complete',
		input: sessions.map(({ id }) => ({ id })),
		parameters: inBatches(2, 400),
	});
	expect(items).toHaveLength(4);
	const arrivals = calls.simulator.requests.map(({ arrivedAt }) => arrivedAt);
	expect(arrivals[2]! - arrivals[1]!).toBeGreaterThan(300);
});

it('the others are sent if the node continues', async () => {
	const { items } = await complete({ count: 10, failing: 9 }, inBatches(20, 1), {
		onError: 'continueRegularOutput',
	});
	expect(items.map(({ json }) => json.status)).toEqual([...Array(9).fill('processing'), undefined]);
	expect(calls.posts()).toBe(9);
});

it.each([
	['in one go', { requestOptions: {} }],
	['in the batches of a new node', inBatches(20, 1)],
	['with pauses', inBatches(10, 150)],
])(
	"all are sent once if the expression does not fail in n8n's next try: %s",
	async (_, parameters) => {
		const condition = `$now.toMillis() < ${Date.now() + 2_500}`;
		const { items, error } = await complete({ count: 30, failing: 25, condition }, parameters, {
			nodeSettings: { retryOnFail: true, maxTries: 5, waitBetweenTries: 1_000 },
		});
		expect(error).toBe(undefined);
		expect(items).toHaveLength(30);
		const effects = calls.simulator.workflowSessions
			.list()
			.map((session) => session.effects.complete);
		expect(effects).toEqual(Array(30).fill(1));
		expect(calls.posts()).toBe(30);
	},
);
