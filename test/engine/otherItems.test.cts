import type { IDataObject } from 'n8n-workflow';
import { byId, ResourceCalls, startSessionCalls } from './resourceCalls.cts';

let calls: ResourceCalls;
beforeAll(async () => {
	calls = await startSessionCalls();
});
beforeEach(() => calls.simulator.reset());
afterAll(async () => await calls.simulator.close());

const NOTHING = '5eb2b61e02df0a0008f1cf2a';
const OTHERS = /\bother items?\b/;

const complete = async (input: IDataObject[], more: IDataObject = {}, rest = {}) =>
	await calls.run({
		operation: 'complete',
		input,
		parameters: more,
		credential: { apiKey: calls.addKey() },
		...rest,
	});

const notSent = (count: number) =>
	`${count} other item${count === 1 ? ' of this run was' : 's of this run were'} not sent.`;

describe('it is said how many were not sent', () => {
	it('when nothing was sent, as no item has an ID', async () => {
		const { error } = await complete([{}, {}, {}]);
		expect(error?.message).toBe("The 'Workflow Session' parameter is empty [item 0]");
		expect(error?.description).toContain(notSent(2));
		expect(error?.description).not.toContain('discards');
		expect(calls.posts()).toBe(0);
	});

	it('when the connection was refused', async () => {
		const elsewhere = await startSessionCalls();
		await elsewhere.simulator.close();
		const { error } = await elsewhere.run({
			operation: 'complete',
			input: [1, 2, 3].map((id) => ({ id })),
		});
		expect(error?.message).toContain('refused the connection');
		expect(error?.description).toContain(notSent(2));
	});

	it('when ComplyCube knew none of them', async () => {
		const { error } = await complete([{ id: NOTHING }, { id: NOTHING }]);
		expect(error?.httpCode).toBe('404');
		expect(error?.description).toContain(notSent(1));
		expect(calls.posts()).toBe(1);
	});
});

describe('nothing is said of other items', () => {
	it('when n8n runs the first item only', async () => {
		const [{ id }] = calls.simulator.workflowSessions.seed({ count: 1 });
		const { error } = await complete(
			[{}, { id }, { id }],
			{},
			{ nodeSettings: { executeOnce: true } },
		);
		expect(error?.message).toContain('parameter is empty');
		expect(error?.description).not.toMatch(OTHERS);
		expect(calls.posts()).toBe(0);
	});

	it('when they only read', async () => {
		const [{ id }] = calls.simulator.workflowSessions.seed({ count: 1 });
		const { error } = await calls.run({ operation: 'get', input: [{}, { id }, { id }] });
		expect(error?.description).not.toMatch(OTHERS);
	});
});

describe.each([
	["n8n's own pace", {}],
	['a new node', { requestOptions: { batching: { batch: { batchSize: 20, batchInterval: 1 } } } }],
	[
		'batches of one',
		{ requestOptions: { batching: { batch: { batchSize: 1, batchInterval: 20 } } } },
	],
])('it is said which were carried out: %s', (_, options) => {
	it('30 items, of which the third is unknown', async () => {
		const ids = calls.simulator.workflowSessions.seed({ count: 30 }).map(({ id }) => id);
		const { error } = await complete(
			ids.map((id, i) => ({ id: i === 2 ? NOTHING : id })),
			options,
		);
		expect(error?.context?.itemIndex).toBe(2);
		expect(error?.httpCode).toBe('404');
		expect(error?.description).toContain(
			'2 other items of this run were carried out (items 0 and 1); 27 were not sent.',
		);
		expect(error?.description).toContain("With On Error set to 'Continue'");
		expect([calls.posts(), calls.effects()]).toEqual([3, 2]);
	});

	it('an item that cannot be sent stops those behind it', async () => {
		const ids = calls.simulator.workflowSessions.seed({ count: 29 }).map(({ id }) => ({ id }));
		const { error } = await complete([...ids.slice(0, 4), {}, ...ids.slice(4)], options);
		expect(error?.message).toBe("The 'Workflow Session' parameter is empty [item 4]");
		expect(error?.description).toContain(
			'4 other items of this run were carried out (items 0 to 3); 25 were not sent.',
		);
		expect([calls.posts(), calls.effects()]).toEqual([4, 4]);
	});

	it('of the last item', async () => {
		const [{ id }] = calls.simulator.workflowSessions.seed({ count: 1 });
		const { error } = await complete([{ id }, {}], options);
		expect(error?.description).toContain(
			'1 other item of this run was carried out (item 0). n8n discards',
		);
	});
});

it('sends one after the other, in order, while reads and the items of a node that continues go together', async () => {
	calls.simulator.faults.add({ kind: 'delay', delayMs: 60 });
	const sessions = calls.simulator.workflowSessions.seed({ count: 10 }).map(({ id }) => ({ id }));
	const overlaps = () => {
		const { requests } = calls.simulator;
		const gaps = requests.slice(1).map(({ arrivedAt }, i) => arrivedAt - requests[i]!.arrivedAt);
		return gaps.filter((gap) => gap < 40).length;
	};
	const { items } = await complete(sessions);
	expect(items.map(({ json }) => json.id)).toEqual(sessions.map(({ id }) => id));
	expect(calls.sent().map(({ path }) => path)).toEqual(
		sessions.map(({ id }) => `/workflowSessions/${id}/complete`),
	);
	expect(overlaps()).toBe(0);
	calls.simulator.requests.length = 0;
	await calls.run({ operation: 'get', input: sessions });
	expect(overlaps()).toBeGreaterThan(5);
	calls.simulator.requests.length = 0;
	await complete(sessions, {}, { onError: 'continueRegularOutput' });
	expect(overlaps()).toBeGreaterThan(5);
});

describe('with Wait for Outcome', () => {
	const wait = { options: { waitForOutcome: true } };

	it('an item goes when the one before it was accepted, not when its outcome is known', async () => {
		calls.simulator.settings.processingMs = 3_000;
		const sessions = calls.simulator.workflowSessions.seed({ count: 5 }).map(({ id }) => ({ id }));
		const begin = Date.now();
		const { items } = await complete(sessions, wait);
		expect(items.map(({ json }) => json.outcome)).toEqual(Array(5).fill('clear'));
		expect(Date.now() - begin).toBeLessThan(12_000);
	});

	describe('an item that was carried out, but could not be waited for, stops the others while the next one is on its way', () => {
		const completeWith = async (next: { id: string }) => {
			calls.simulator.settings.processingMs = 3_600_000;
			calls.simulator.faults.add({ kind: 'delay', delayMs: 1_500, mentions: next.id });
			const [first] = calls.simulator.workflowSessions.seed({ count: 1 });
			const { error } = await complete([{ id: first!.id }, next, {}, {}], {
				options: { waitForOutcome: true, maxWait: 0.001 },
			});
			expect(error?.message).toContain('still');
			expect(error?.context?.itemIndex).toBe(0);
			return error?.description;
		};

		it('which is carried out', async () => {
			const [session] = calls.simulator.workflowSessions.seed({ count: 1 });
			expect(await completeWith({ id: session!.id })).toContain(
				'1 other item of this run was carried out (item 1); 2 were not sent.',
			);
		});

		it('which is refused', async () => {
			expect(await completeWith({ id: NOTHING })).toContain(
				'1 other item of this run failed and was not carried out (item 1); 2 were not sent.',
			);
		});
	});

	it('nobody waits any more once an item has failed', async () => {
		calls.simulator.settings.processingMs = 3_600_000;
		const sessions = calls.simulator.workflowSessions.seed({ count: 2 }).map(({ id }) => ({ id }));
		const begin = Date.now();
		const { error } = await complete([...sessions, { id: NOTHING }, { id: NOTHING }], {
			options: { waitForOutcome: true, maxWait: 0.2 },
		});
		expect(Date.now() - begin).toBeLessThan(3_000);
		expect(error?.context?.itemIndex).toBe(2);
		expect(error?.description).toContain(
			'2 other items of this run were carried out (items 0 and 1); 1 was not sent.',
		);
		expect(calls.sent().filter(({ method }) => method === 'GET')).toEqual([]);
	});

	it('and everybody waits again when n8n tries again', async () => {
		calls.simulator.settings.processingMs = 3_000;
		const sessions = calls.simulator.workflowSessions.seed({ count: 3 }).map(({ id }) => ({ id }));
		const last = sessions[2]!.id;
		calls.simulator.faults.add({ kind: 'reply', status: 400, times: 1, mentions: last });
		const { items } = await complete(
			sessions,
			{ options: { waitForOutcome: true } },
			{ nodeSettings: { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 } },
		);
		expect(items.map(({ json }) => json.outcome)).toEqual(['clear', 'clear', 'clear']);
		expect([calls.posts(), calls.effects()]).toEqual([4, 3]);
	});
});

it('a cancelled execution sends nothing more, and says so', async () => {
	calls.simulator.faults.add({ kind: 'delay', delayMs: 100 });
	const sessions = calls.simulator.workflowSessions.seed({ count: 20 }).map(({ id }) => ({ id }));
	const { status, run } = await complete(
		sessions,
		{},
		{ cancelAfter: 450, nodeSettings: { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 } },
	);
	expect(status).toBe('canceled');
	const before = calls.posts();
	await new Promise((resolve) => setTimeout(resolve, 1_000));
	expect(calls.posts()).toBe(before);
	expect(before).toBeLessThan(6);
	const [task] = run.data.resultData.runData.ComplyCube!;
	expect(task!.error?.message).toContain('The execution was canceled');
	expect(task!.error?.description).toMatch(/\d+ (other items of this run )?were not sent\./);
});

describe('items in doubt', () => {
	let clients: ResourceCalls;
	beforeAll(async () => {
		clients = await ResourceCalls.start('client');
	});
	beforeEach(() => clients.simulator.reset());
	afterAll(async () => await clients.simulator.close());

	it('stop the run too', async () => {
		const ids = clients.simulator.clients.seed({ count: 4 }).map(({ id }) => id);
		clients.simulator.faults.add({ kind: 'dropAfter', mentions: ids[1] });
		const { error } = await clients.run({
			operation: 'update',
			parameters: { clientId: byId('={{ $json.id }}'), clientUpdates: { mobile: '+12345678910' } },
			input: ids.map((id) => ({ id })),
		});
		expect(error?.context?.itemIndex).toBe(1);
		expect(error?.description).toContain(
			'1 other item of this run was carried out (item 0); 2 were not sent.',
		);
		expect(clients.effects()).toBe(2);
	});
});
