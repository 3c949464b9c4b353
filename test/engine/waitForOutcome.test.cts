import { hurried } from './clock.cts';
import { startSessionCalls, type ResourceCalls } from './resourceCalls.cts';

let calls: ResourceCalls;
beforeAll(async () => {
	calls = await startSessionCalls();
});
afterAll(async () => await calls.simulator.close());

const COUNT = 30;

it('looks at every item within its Max Wait, however many Completes wait with the key', async () => {
	calls.simulator.settings.processingMs = 2_000;
	const sessions = calls.simulator.workflowSessions.seed({ count: COUNT });
	// Two requests per second: the last Complete alone starts after 15 seconds, more than twice as long as an item waits
	const { items } = await hurried(
		async () =>
			await calls.run({
				operation: 'complete',
				input: sessions.map(({ id }) => ({ id })),
				parameters: { options: { waitForOutcome: true, maxWait: 0.1 } },
				credential: { apiKey: calls.addKey(), requestsPerSecond: 2 },
				onError: 'continueRegularOutput',
			}),
	);
	expect(items.map(({ json }) => json.error ?? json.status)).toEqual(Array(COUNT).fill('complete'));
	expect(calls.effects()).toBe(COUNT);
	const requested = calls.sent().map(({ method }) => method);
	const lastComplete =
		requested.length -
		1 -
		[...requested].reverse().findIndex((request) => request.startsWith('POST'));
	const before = requested.slice(0, lastComplete).filter((request) => request.startsWith('GET'));
	expect(before.length).toBeGreaterThan(COUNT / 2);
});
