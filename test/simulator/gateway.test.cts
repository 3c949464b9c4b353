import { api, LIVE_KEY, pause, TEST_KEY } from './client.cts';
import { RateLimiter } from '../../simulator/rateLimit.cts';
import { startSimulator } from '../../simulator/server.cts';
import type { Simulator } from '../../simulator/server.cts';

let simulator: Simulator;

beforeAll(async () => {
	simulator = await startSimulator();
});
beforeEach(() => simulator.reset());
afterAll(() => simulator.close());

const getAccount = (key: string | null) => api(simulator, 'GET', '/accountInfo', { key });

const getAccountStatuses = async (count: number, key: string) =>
	(await Promise.all(Array.from({ length: count }, () => getAccount(key)))).map(
		({ status }) => status,
	);

describe('keys', () => {
	test.each([
		null,
		'',
		'test_unknown',
		'simulator_key_0001',
		`Bearer ${TEST_KEY}`,
		TEST_KEY.toUpperCase(),
	])('%p is refused with the documented 401', async (key) => {
		await expect(getAccount(key)).resolves.toMatchObject({
			status: 401,
			text: '{"type":"unauthorized","message":"The \'Authorization\' header is invalid"}',
		});
	});

	test.each([
		['test_forbidden_key', 403],
		['live_forbidden_key', 403],
		['live_no_credit_key', 402],
		[TEST_KEY, 200],
		[LIVE_KEY, 200],
	])('%s gets %i', async (key, status) => {
		await expect(getAccount(key)).resolves.toMatchObject({ status });
	});

	test('can be changed at run time', async () => {
		simulator.settings.keys = ['test_new_key'];
		await expect(getAccount('test_new_key')).resolves.toMatchObject({ status: 200 });
		await expect(getAccount(TEST_KEY)).resolves.toMatchObject({ status: 401 });
	});
});

describe('routes', () => {
	test.each([
		['GET', '/nothing'],
		['DELETE', '/accountInfo'],
		['PUT', '/workflowSessions/5eb2b61e02df0a0008f1cf2b'],
		['POST', '/workflowSessions'],
		['POST', '/workflowSessions/5eb2b61e02df0a0008f1cf2b/restart'],
	])('%s %s is unknown', async (method, path) => {
		await expect(api(simulator, method, path)).resolves.toMatchObject({
			status: 404,
			body: { type: 'resource_not_found', message: `Unknown route ${method} /v1${path}` },
		});
		await expect(api(simulator, method, path, { key: 'test_wrong' })).resolves.toMatchObject({
			status: 401,
		});
	});

	test('outside /v1 are unknown too', async () => {
		const response = await fetch(`${simulator.origin}/accountInfo`, {
			headers: { authorization: TEST_KEY },
		});
		expect(response.status).toBe(404);
		expect(simulator.requests).toMatchObject([{ path: '/accountInfo', status: 404 }]);
	});

	test('answer malformed URLs and bodies with 400, large bodies with 413', async () => {
		await expect(api(simulator, 'GET', '/workflowSessions/%E0%A4%A')).resolves.toMatchObject({
			status: 400,
			body: { type: 'invalid_request' },
		});
		const post = (body: string) =>
			api(simulator, 'POST', '/workflowSessions/5eb2b61e02df0a0008f1cf2b/complete', { body });
		await expect(post('{"a":')).resolves.toMatchObject({ status: 400 });
		simulator.settings.maxBodyBytes = 10;
		await expect(post('{"a":1234}')).resolves.toMatchObject({ status: 404 });
		await expect(post('{"a":12345}')).resolves.toMatchObject({
			status: 413,
			body: { type: expect.any(String), message: expect.any(String) },
		});
	});

	test('omit an unknown credit from the account, but not a credit of 0', async () => {
		simulator.settings.accountInfo.remainingCredit = 0;
		expect((await getAccount(TEST_KEY)).body).toHaveProperty('remainingCredit', 0);
		simulator.settings.accountInfo.remainingCredit = null;
		expect((await getAccount(TEST_KEY)).body).toEqual({
			username: 'Example Ltd',
			plan: 'Essentials Plan',
		});
		simulator.reset();
		expect((await getAccount(TEST_KEY)).body).toHaveProperty('remainingCredit', 8000);
	});
});

describe('rate limit', () => {
	test.each([
		[TEST_KEY, 5],
		[LIVE_KEY, 10],
	])('%s may send %i requests a second', async (key, limit) => {
		const first = await getAccountStatuses(limit + 3, key);
		expect(first.filter((status) => status === 200)).toHaveLength(limit);
		expect(first.filter((status) => status === 429)).toHaveLength(3);
		await pause(1010);
		await expect(getAccountStatuses(limit, key)).resolves.toEqual(Array(limit).fill(200));
		const over = await getAccount(key);
		expect(over).toMatchObject({
			status: 429,
			text: '{"type":"rate_limit_exceeded","message":"You have exceeded the rate limit prescribed to your plan"}',
		});
		expect(over.headers.has('retry-after')).toBe(false);
	});

	test('is counted for each key separately, and not for refused keys', async () => {
		simulator.settings.rateLimit = { live: 1, test: 1 };
		await expect(getAccountStatuses(2, 'test_unknown')).resolves.toEqual([401, 401]);
		await expect(getAccount(TEST_KEY)).resolves.toMatchObject({ status: 200 });
		await expect(getAccount('test_simulator_key_0002')).resolves.toMatchObject({ status: 200 });
		await expect(getAccount(TEST_KEY)).resolves.toMatchObject({ status: 429 });
	});

	test('can be switched off, and can send a retry-after header', async () => {
		simulator.settings.rateLimit = null;
		await expect(getAccountStatuses(30, TEST_KEY)).resolves.toEqual(Array(30).fill(200));
		simulator.settings.rateLimit = { live: 0, test: 0 };
		simulator.settings.retryAfter = { as: 'seconds', seconds: 3 };
		expect((await getAccount(TEST_KEY)).headers.get('retry-after')).toBe('3');
		simulator.settings.retryAfter = { as: 'date', seconds: 60 };
		const date = Date.parse((await getAccount(TEST_KEY)).headers.get('retry-after') ?? '');
		expect(Math.abs(date - Date.now() - 60_000)).toBeLessThan(2000);
	});

	test('applies to a sliding second, and counts only admitted requests', () => {
		const limiter = new RateLimiter();
		const at = (ms: number) => limiter.tryAdmit('key', 2, ms);
		expect([at(0), at(600), at(900), at(999)]).toEqual([true, true, false, false]);
		expect([at(1000), at(1001)]).toEqual([true, false]);
		expect([at(1599), at(1600)]).toEqual([false, true]);
	});

	test('can block a key for longer', () => {
		const limiter = new RateLimiter();
		const at = (ms: number) => limiter.tryAdmit('key', 1, ms, 5000);
		expect([at(0), at(100), at(2000), at(5099), at(5100)]).toEqual([
			true,
			false,
			false,
			false,
			true,
		]);
	});

	test('keeps a refused request from taking effect, and from using up a fault', async () => {
		simulator.settings.rateLimit = { live: 0, test: 0 };
		simulator.faults.add({ kind: 'dropBefore' });
		const [{ id }] = simulator.workflowSessions.seed();
		const reply = await api(simulator, 'POST', `/workflowSessions/${id}/complete`);
		expect(reply.status).toBe(429);
		expect(simulator.workflowSessions.list()[0]).toMatchObject({
			status: 'started',
			effects: { complete: 0 },
		});
		expect(simulator.faults.list()).toMatchObject([{ applied: 0 }]);
	});
});

test('an exceeded quota refuses only requests that start checks', async () => {
	simulator.settings.quotaExceeded = true;
	const [{ id }] = simulator.workflowSessions.seed();
	await expect(api(simulator, 'POST', `/workflowSessions/${id}/complete`)).resolves.toMatchObject({
		status: 429,
		body: { message: expect.stringContaining('quota') },
	});
	await expect(api(simulator, 'GET', `/workflowSessions/${id}`)).resolves.toMatchObject({
		status: 200,
		body: { status: 'started' },
	});
});
