import { admin, api, LIVE_KEY, pause, TEST_KEY } from './client.cts';
import { startSimulator } from '../../simulator/server.cts';
import type { Simulator } from '../../simulator/server.cts';

let simulator: Simulator;

beforeAll(async () => {
	simulator = await startSimulator({
		rateLimit: null,
		processingMs: 60_000,
		accountInfo: { username: 'Example Ltd', plan: 'First Plan', remainingCredit: 1 },
	});
});
beforeEach(() => simulator.reset());
afterAll(() => simulator.close());

describe('sessions', () => {
	test('are seeded with defaults, one or many', async () => {
		const one = await admin(simulator, 'POST', '/workflowSessions', {});
		expect(one).toMatchObject({
			status: 200,
			body: {
				items: [
					{
						id: expect.stringMatching(/^[0-9a-f]{24}$/),
						mode: 'test',
						entityName: 'Ada Example',
						status: 'started',
						effects: { complete: 0, cancel: 0 },
					},
				],
			},
		});
		const many = await admin(simulator, 'POST', '/workflowSessions', [
			{ count: 2, mode: 'live', lastName: 'attention' },
			{ status: 'complete', outcome: 'decline' },
		]);
		expect(many.body.items).toMatchObject([
			{ mode: 'live', lastName: 'attention' },
			{ mode: 'live', lastName: 'attention' },
			{ mode: 'test', outcome: 'decline' },
		]);
		const { body } = await api(simulator, 'GET', '/workflowSessions', { key: LIVE_KEY });
		expect(body.totalItems).toBe(2);
		const all = await admin(simulator, 'GET', '/workflowSessions');
		expect(all.body.items).toHaveLength(4);
	});

	test('are changed, and get what their new status implies', async () => {
		const [{ id }] = simulator.workflowSessions.seed({ lastName: 'attention' });
		const change = (body: object) => admin(simulator, 'POST', `/workflowSessions/${id}`, body);
		const get = async () => (await api(simulator, 'GET', `/workflowSessions/${id}`)).body;

		await change({ status: 'processing' });
		await expect(get()).resolves.toMatchObject({ status: 'processing' });
		await change({ status: 'complete' });
		await expect(get()).resolves.toMatchObject({
			status: 'complete',
			outcome: 'attention',
			completedAt: expect.any(String),
		});
		await change({ status: 'abandoned', workflowDescription: null, extra: 1 });
		const session = await get();
		expect(session).toMatchObject({ status: 'abandoned', extra: 1 });
		expect(session).not.toHaveProperty('outcome');
		expect(session).not.toHaveProperty('workflowDescription');
		await expect(admin(simulator, 'POST', '/workflowSessions/none', {})).resolves.toMatchObject({
			status: 404,
		});
	});

	test('are seeded without a body too, but not with an ID that is taken', async () => {
		const post = (headers?: Record<string, string>) =>
			fetch(`${simulator.origin}/admin/workflowSessions`, { method: 'POST', headers });
		expect((await post()).status).toBe(200);
		expect((await post({ 'content-type': 'application/json' })).status).toBe(200);
		const [{ id }] = simulator.workflowSessions.list();
		await expect(admin(simulator, 'POST', '/workflowSessions', { id })).resolves.toMatchObject({
			status: 400,
			body: { message: expect.stringContaining(id) },
		});
		expect(simulator.workflowSessions.list()).toHaveLength(2);
	});

	test('keep ID, mode and effects when a view is sent back', async () => {
		const [view] = simulator.workflowSessions.seed();
		const sent = {
			...view,
			id: 'x',
			mode: 'live',
			effects: { complete: 5 },
			entityName: 'Ben Example',
		};
		await admin(simulator, 'POST', `/workflowSessions/${view.id}`, sent);
		expect(simulator.workflowSessions.list()).toEqual([{ ...view, entityName: 'Ben Example' }]);
	});

	test('show how often complete and cancel took effect', async () => {
		const [{ id }] = simulator.workflowSessions.seed();
		await api(simulator, 'POST', `/workflowSessions/${id}/complete`);
		await expect(admin(simulator, 'GET', '/workflowSessions')).resolves.toMatchObject({
			body: { items: [{ id, status: 'processing', effects: { complete: 1, cancel: 0 } }] },
		});
	});

	test('are returned as copies', async () => {
		const [view] = simulator.workflowSessions.seed();
		view.status = 'broken';
		view.effects.complete = 9;
		expect(simulator.workflowSessions.list()[0]).toMatchObject({
			status: 'started',
			effects: { complete: 0 },
		});
	});
});

describe('requests', () => {
	test('are recorded with a fingerprint in place of the key', async () => {
		await api(simulator, 'POST', '/workflowSessions/1/complete?a=1', {
			headers: {
				authorization: TEST_KEY,
				'content-type': 'application/json',
				'x-own': 'yes',
			},
			body: '{"b":2}',
		});
		const { text, body } = await admin(simulator, 'GET', '/requests');
		expect(text).not.toContain(TEST_KEY);
		expect(body.items).toMatchObject([
			{
				method: 'POST',
				path: '/v1/workflowSessions/1/complete',
				query: { a: '1' },
				headers: {
					authorization: expect.stringMatching(/^test_#[0-9a-f]{8}$/),
					'x-own': 'yes',
				},
				body: { b: 2 },
				inFlight: 1,
				status: 404,
				ending: 'answered',
			},
		]);
		expect(Math.abs(body.items[0].arrivedAt - Date.now())).toBeLessThan(5000);
	});

	test('have different fingerprints for different keys', async () => {
		const keys = [TEST_KEY, TEST_KEY, 'test_simulator_key_0002', LIVE_KEY, 'nonsense'];
		for (const key of keys) await api(simulator, 'GET', '/accountInfo', { key });
		const prints = simulator.requests.map(({ headers }) => headers.authorization);
		expect(prints[0]).toBe(prints[1]);
		expect(new Set(prints).size).toBe(4);
		expect(prints[3]).toMatch(/^live_#[0-9a-f]{8}$/);
		expect(prints[4]).toMatch(/^#[0-9a-f]{8}$/);
	});

	test('are recorded with the number of requests in flight', async () => {
		simulator.faults.add({ kind: 'delay', delayMs: 100 });
		await Promise.all([1, 2, 3].map(() => api(simulator, 'GET', '/accountInfo')));
		expect(simulator.requests.map(({ inFlight }) => inFlight)).toEqual([1, 2, 3]);
		await api(simulator, 'GET', '/accountInfo');
		expect(simulator.requests[3].inFlight).toBe(1);
	});

	test('are cleared on demand; admin requests are never recorded', async () => {
		const { requests } = simulator;
		await api(simulator, 'GET', '/accountInfo');
		await admin(simulator, 'GET', '/settings');
		expect(requests).toHaveLength(1);
		await expect(admin(simulator, 'DELETE', '/requests')).resolves.toMatchObject({ status: 204 });
		expect(requests).toHaveLength(0);
	});
});

describe('settings', () => {
	test('are read and changed', async () => {
		const changed = await admin(simulator, 'PATCH', '/settings', {
			rateLimit: { live: 1, test: 2 },
			retryAfter: { as: 'date', seconds: 1 },
		});
		expect(changed.status).toBe(200);
		expect(simulator.settings).toMatchObject({
			rateLimit: { live: 1, test: 2 },
			retryAfter: { as: 'date', seconds: 1 },
			processingMs: 60_000,
		});
		await admin(simulator, 'PATCH', '/settings', { rateLimit: null });
		const { body } = await admin(simulator, 'GET', '/settings');
		expect(body).toEqual(simulator.settings);
		expect(body.rateLimit).toBeNull();
	});

	test.each([
		{ unknown: 1 },
		{ processingMs: '5' },
		{ processingMs: -1 },
		{ cancelReply: 'other' },
		{ rateLimit: { live: 1 } },
	])('%j is refused', async (change) => {
		const before = structuredClone(simulator.settings);
		await expect(admin(simulator, 'PATCH', '/settings', change)).resolves.toMatchObject({
			status: 400,
		});
		expect(simulator.settings).toEqual(before);
	});
});

describe('faults', () => {
	test('are added, listed and cleared', async () => {
		const added = await admin(simulator, 'POST', '/faults', [
			{ kind: 'reply', method: 'GET', path: '/accountInfo', status: 503, times: 1 },
			{ kind: 'drip', path: '/never' },
		]);
		expect(added.body.items).toEqual(simulator.faults.list());
		expect(simulator.faults.list()).toMatchObject([{ kind: 'reply' }, { kind: 'drip' }]);
		await expect(api(simulator, 'GET', '/accountInfo')).resolves.toMatchObject({ status: 503 });
		await expect(admin(simulator, 'GET', '/faults')).resolves.toMatchObject({
			body: { items: [{ matched: 1, applied: 1 }, { applied: 0 }] },
		});
		await admin(simulator, 'DELETE', '/faults');
		expect(simulator.faults.list()).toEqual([]);
	});

	test.each([
		{},
		{ kind: 'unknown' },
		{ kind: 'reply', times: 0 },
		{ kind: 'reply', body: 'unknown' },
		{ kind: 'reply', staus: 500 },
	])('%j is refused', async (spec) => {
		await expect(admin(simulator, 'POST', '/faults', spec)).resolves.toMatchObject({ status: 400 });
		expect(simulator.faults.list()).toEqual([]);
	});
});

test('an unknown admin route is a 404, and is not recorded as an API request', async () => {
	await expect(admin(simulator, 'GET', '/nothing')).resolves.toMatchObject({ status: 404 });
	expect(simulator.requests).toEqual([]);
});

test('reset restores the initial state', async () => {
	simulator.workflowSessions.seed();
	simulator.faults.add({ kind: 'silence' });
	simulator.settings.accountInfo.plan = 'Other';
	simulator.settings.rateLimit = { live: 0, test: 0 };
	await api(simulator, 'GET', '/accountInfo');
	await expect(admin(simulator, 'POST', '/reset')).resolves.toMatchObject({ status: 204 });
	expect(simulator.workflowSessions.list()).toEqual([]);
	expect(simulator.faults.list()).toEqual([]);
	expect(simulator.requests).toEqual([]);
	expect(simulator.settings).toMatchObject({
		rateLimit: null,
		processingMs: 60_000,
		accountInfo: { plan: 'First Plan' },
	});
	await expect(api(simulator, 'GET', '/accountInfo')).resolves.toMatchObject({ status: 200 });
});

test('close frees the port even while a request is unanswered', async () => {
	const other = await startSimulator();
	other.faults.add({ kind: 'silence' });
	const pending = api(other, 'GET', '/accountInfo').catch((error: Error) => error.message);
	await Promise.race([pending, pause(200)]);
	await other.close();
	await expect(pending).resolves.toBe('fetch failed');
	expect(other.requests).toMatchObject([{ ending: 'neverAnswered' }]);

	const next = await startSimulator({ port: Number(new URL(other.origin).port) });
	expect(next.origin).toBe(other.origin);
	await next.close();
});
