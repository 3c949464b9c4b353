import type { IDataObject } from 'n8n-workflow';
import { LIVE_KEY, startSessionCalls, TEST_KEY, type ResourceCalls } from './resourceCalls.cts';

let calls: ResourceCalls;
beforeAll(async () => {
	calls = await startSessionCalls({ processingMs: 0 });
});
beforeEach(() => calls.simulator.reset());
afterAll(async () => await calls.simulator.close());

/** Adds sessions, oldest first. */
const seed = (count: number, fields: IDataObject = {}) =>
	calls.simulator.workflowSessions.seed({ count, ...fields });

/** The time as the simulator notes it, in milliseconds. */
const now = () => performance.timeOrigin + performance.now();
const starts = () => calls.simulator.requests.map(({ arrivedAt }) => arrivedAt);
const gaps = () =>
	starts()
		.slice(1)
		.map((start, i) => start - starts()[i]);

it.each([
	{ apiKey: TEST_KEY, mode: 'test', count: 12, spacing: 206 },
	{ apiKey: LIVE_KEY, mode: 'live', count: 24, spacing: 103 },
])('keeps to the documented limit of a $mode key', async ({ apiKey, mode, count, spacing }) => {
	const sessions = seed(count, { mode });
	// On a busy machine some may arrive together, however far apart they started
	calls.simulator.settings.rateLimit = null;
	const begin = now();
	const { items } = await calls.run({
		operation: 'get',
		input: sessions as never,
		credential: { apiKey, requestsPerSecond: 0 },
	});
	expect(items).toHaveLength(count);
	// From the beginning, because on a busy machine the first arrives late and the others do not
	expect(starts().at(-1)! - begin).toBeGreaterThan((count - 1) * spacing * 0.98);
	const average = gaps().reduce((sum, gap) => sum + gap, 0) / gaps().length;
	expect(average).toBeLessThan(spacing * 1.6);
});

it('paces two executions with one key together, and another key apart', async () => {
	const sessions = seed(6);
	const live = seed(1, { mode: 'live' });
	const paced = { operation: 'get', credential: { requestsPerSecond: 5 } };
	await new Promise((resolve) => setTimeout(resolve, 250));
	calls.simulator.requests.length = 0;
	const begin = now();
	const [, , other] = await Promise.all([
		calls.run({ ...paced, input: sessions.slice(0, 3) as never }),
		calls.run({ ...paced, input: sessions.slice(3) as never }),
		calls
			.run({ ...paced, input: live as never, credential: { apiKey: LIVE_KEY } })
			.then(() => now() - begin),
	]);
	const test = calls.simulator.requests.filter(({ path }) => !path.includes(live[0].id));
	expect(test[5].arrivedAt - begin).toBeGreaterThan(5 * 200 - 20);
	// In one queue with the others it would have taken a second
	expect(other).toBeLessThan(900);
});

it('holds back every item of the key after one 429', async () => {
	const sessions = seed(6);
	calls.simulator.settings.rateLimit = null;
	calls.simulator.faults.add({
		kind: 'reply',
		status: 429,
		headers: { 'retry-after': '2' },
		times: 1,
	});
	const { items } = await calls.run({
		operation: 'get',
		input: sessions as never,
		credential: { requestsPerSecond: 20 },
	});
	expect(items.map(({ json }) => json.id)).toEqual(sessions.map(({ id }) => id));
	// Requests already under way still arrive, then nothing for two seconds
	expect(Math.max(...gaps())).toBeGreaterThan(1_800);
	expect(gaps().filter((gap) => gap > 500)).toHaveLength(1);
});
