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

const posts = () => calls.sent().filter(({ method }) => method === 'POST').length;

describe('nothing is said of other items', () => {
	it('when nothing was sent, as no item has an ID', async () => {
		const { error } = await complete([{}, {}, {}]);
		expect(error?.message).toBe("The 'Workflow Session' parameter is empty [item 0]");
		expect(error?.description).not.toMatch(OTHERS);
		expect(posts()).toBe(0);
	});

	it('when the connection was refused', async () => {
		const elsewhere = await startSessionCalls();
		await elsewhere.simulator.close();
		const { error } = await elsewhere.run({
			operation: 'complete',
			input: [1, 2, 3].map((id) => ({ id })),
		});
		expect(error?.message).toContain('refused the connection');
		expect(error?.description).not.toMatch(OTHERS);
	});

	it('when n8n runs the first item only', async () => {
		const [{ id }] = calls.simulator.workflowSessions.seed({ count: 1 });
		const { error } = await complete(
			[{}, { id }, { id }],
			{},
			{ nodeSettings: { executeOnce: true } },
		);
		expect(error?.message).toContain('parameter is empty');
		expect(error?.description).not.toMatch(OTHERS);
		expect(posts()).toBe(0);
	});

	it('when ComplyCube carried out none of them', async () => {
		const { error } = await complete([{ id: NOTHING }, { id: NOTHING }]);
		expect(error?.httpCode).toBe('404');
		expect(error?.description).not.toMatch(OTHERS);
		expect(posts()).toBe(2);
	});

	it('when they only read', async () => {
		const [{ id }] = calls.simulator.workflowSessions.seed({ count: 1 });
		const { error } = await calls.run({ operation: 'get', input: [{}, { id }, { id }] });
		expect(error?.description).not.toMatch(OTHERS);
	});
});

describe('it is said how many were carried out', () => {
	it.each([
		[1, '1 other item of this run was carried out'],
		[2, '2 other items of this run were carried out'],
	])('%p', async (count, sentence) => {
		const sessions = calls.simulator.workflowSessions.seed({ count: count });
		const { error } = await complete([{}, ...sessions.map(({ id }) => ({ id })), { id: NOTHING }]);
		expect(error?.message).toBe("The 'Workflow Session' parameter is empty [item 0]");
		expect(error?.description).toContain(sentence);
		expect(error?.description).toContain("With On Error set to 'Continue'");
		expect(calls.effects()).toBe(count);
	});

	it('also those that were carried out long after the failing item had failed', async () => {
		const sessions = calls.simulator.workflowSessions.seed({ count: 3 });
		const { error } = await complete([{}, ...sessions.map(({ id }) => ({ id }))], {
			requestOptions: { batching: { batch: { batchSize: 1, batchInterval: 100 } } },
		});
		expect(error?.description).toContain('3 other items of this run were carried out');
	});

	it('the failing item is not among them, wherever it stands', async () => {
		const sessions = calls.simulator.workflowSessions.seed({ count: 2 });
		const { error } = await complete([{ id: sessions[0].id }, { id: sessions[1].id }, {}]);
		expect(error?.context?.itemIndex).toBe(2);
		expect(error?.description).toContain('2 other items of this run were carried out');
	});

	it('an item that was carried out, but could not be waited for, is one of them', async () => {
		calls.simulator.settings.processingMs = 3_600_000;
		const [{ id }] = calls.simulator.workflowSessions.seed({ count: 1 });
		const { error } = await complete([{}, { id }], {
			options: { waitForOutcome: true, maxWait: 0.001 },
		});
		expect(error?.description).toContain('1 other item of this run was carried out');
	});
});

describe('items in doubt', () => {
	let clients: ResourceCalls;
	beforeAll(async () => {
		clients = await ResourceCalls.start('client');
	});
	beforeEach(() => clients.simulator.reset());
	afterAll(async () => await clients.simulator.close());

	const update = async (carriedOut: number, inDoubt: number) => {
		const ids = clients.simulator.clients.seed({ count: carriedOut + inDoubt }).map(({ id }) => id);
		for (const mentions of ids.slice(carriedOut)) {
			clients.simulator.faults.add({ kind: 'dropAfter', mentions });
		}
		const { error } = await clients.run({
			operation: 'update',
			parameters: { clientId: byId('={{ $json.id }}'), updateFields: { mobile: '+12345678910' } },
			input: [{}, ...ids.map((id) => ({ id }))],
		});
		return error?.description;
	};

	it.each([
		[0, 1, '1 other item of this run may have been carried out, and'],
		[0, 2, '2 other items of this run may have been carried out, and'],
		[1, 2, '1 other item of this run was carried out, and 2 may have been, and'],
	])('%p carried out, %p in doubt', async (carriedOut, inDoubt, sentence) => {
		expect(await update(carriedOut, inDoubt)).toContain(sentence);
	});
});

it("counts what an earlier attempt of n8n's Retry On Fail carried out", async () => {
	const [{ id }] = calls.simulator.workflowSessions.seed({ count: 1 });
	calls.simulator.faults.add({ kind: 'reply', status: 400, method: 'POST', every: 2 });
	const { error } = await complete(
		[{}, { id }],
		{},
		{ nodeSettings: { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 } },
	);
	expect(posts()).toBe(2);
	expect(calls.effects()).toBe(1);
	expect(error?.description).toContain('1 other item of this run was carried out');
});
