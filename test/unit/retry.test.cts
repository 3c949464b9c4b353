import type { Reply } from '../../nodes/ComplyCube/transport/exchange';
import { retryAfter, retryPolicy, waitBeforeRetry } from '../../nodes/ComplyCube/transport/retry';

const GET = { method: 'GET', path: '/clients' } as const;
const POST = { method: 'POST', path: '/clients' } as const;
const DELETE = { method: 'DELETE', path: '/clients/x' } as const;

const status = (code: number): Reply => ({ status: code, headers: {}, body: {} });

describe('retryPolicy', () => {
	it.each(['GET', 'POST', 'DELETE'] as const)('sends a refused %s again', (method) => {
		expect(retryPolicy({ method, path: '/checks' }, status(429))).toMatchObject({
			tries: 10,
			budget: 120_000,
		});
	});

	it('takes a used-up quota as final', () => {
		const quota = { status: 429, headers: {}, body: { message: 'Your service quota is used up' } };
		expect(retryPolicy({ method: 'POST', path: '/checks' }, quota)).toBeUndefined();
	});

	it.each([408, 502, 503, 504])('sends only a GET again after %p', (code) => {
		expect(retryPolicy(GET, status(code))).toMatchObject({ tries: 5, budget: 120_000 });
		expect(retryPolicy(POST, status(code))).toBeUndefined();
		expect(retryPolicy(DELETE, status(code))).toBeUndefined();
	});

	it.each(['refused', 'dropped', 'timeout', 'dns', 'unreachable'] as const)(
		'sends only a GET again after noAnswer: %s',
		(noAnswer) => {
			expect(retryPolicy(GET, { noAnswer })).toBeDefined();
			expect(retryPolicy(POST, { noAnswer })).toBeUndefined();
			expect(retryPolicy(DELETE, { noAnswer })).toBeUndefined();
		},
	);

	it.each(['unknownHost', 'tls', 'cancelled', 'blocked'] as const)(
		'does not try in vain after noAnswer: %s',
		(noAnswer) => {
			expect(retryPolicy(GET, { noAnswer })).toBeUndefined();
		},
	);

	it.each([200, 204, 301, 400, 401, 402, 403, 404, 413, 422, 500, 501])(
		'takes %p as final',
		(code) => {
			expect(retryPolicy(GET, status(code))).toBeUndefined();
			expect(retryPolicy(POST, status(code))).toBeUndefined();
		},
	);
});

describe('retryAfter', () => {
	beforeEach(() => jest.useFakeTimers({ now: Date.parse('2026-01-01T00:00:00Z') }));
	afterEach(() => jest.useRealTimers());

	it.each([
		['7', 7_000],
		['0', 0],
		['1.5', 1_500],
		['-3', 0],
		['Thu, 01 Jan 2026 00:00:30 GMT', 30_000],
		['Wed, 31 Dec 2025 00:00:00 GMT', 0],
		['soon', undefined],
		['', undefined],
		[undefined, undefined],
		[['1'], undefined],
	])('reads %p as %p ms', (header, ms) => {
		expect(retryAfter(header)).toBe(ms);
	});
});

describe('waitBeforeRetry', () => {
	const policy = { tries: 4, budget: 100_000 };
	const random = jest.spyOn(Math, 'random');
	afterAll(() => random.mockRestore());

	it('grows exponentially with full jitter, on average from one second up to fifteen', () => {
		random.mockReturnValue(0.5);
		const generous = { tries: 99, budget: Infinity };
		const waits = [1, 2, 3, 4, 5, 6, 7].map((attempt) => waitBeforeRetry(generous, attempt, 0));
		expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000]);
		random.mockReturnValue(0);
		expect(waitBeforeRetry(generous, 5, 0)).toBe(0);
		random.mockReturnValue(0.999999);
		expect(waitBeforeRetry(generous, 9, 0)).toBeCloseTo(30_000, -1);
	});

	it('does what the service asks for', () => {
		expect(waitBeforeRetry(policy, 1, 0, 42_000)).toBe(42_000);
		random.mockReturnValue(0.5);
		// It never asks for less than what keeps retries apart
		expect(waitBeforeRetry(policy, 1, 0, 0)).toBe(1_000);
	});

	it('gives up after its tries or its time', () => {
		random.mockReturnValue(0.5);
		expect(waitBeforeRetry(policy, 3, 0)).toBe(4_000);
		expect(waitBeforeRetry(policy, 4, 0)).toBeUndefined();
		expect(waitBeforeRetry(policy, 1, 99_000)).toBe(1_000);
		expect(waitBeforeRetry(policy, 1, 99_001)).toBeUndefined();
		expect(waitBeforeRetry(policy, 1, 0, 3_600_000)).toBeUndefined();
	});
});

it('a secure connection that broke is final, because it breaks again', () => {
	expect(retryPolicy(GET, { noAnswer: 'tlsBroken' })).toBeUndefined();
});

it.each([' ', '\t'])('a Retry-After of nothing but %j says nothing', (header) => {
	expect(retryAfter(header)).toBeUndefined();
});
