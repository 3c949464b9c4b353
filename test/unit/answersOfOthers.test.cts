import type { ApiRequest } from '../../nodes/ComplyCube/transport/connection';
import { Failure } from '../../nodes/ComplyCube/transport/failure';
import { resultOf } from '../../nodes/ComplyCube/transport/failureTable';
import { retryPolicy } from '../../nodes/ComplyCube/transport/retry';

const KEY = 'test_a2V5';
const GET: ApiRequest = { method: 'GET', path: '/clients' };
const POST: ApiRequest = { method: 'POST', path: '/clients' };

const failureOf = (status: number, body: unknown, request = GET) =>
	resultOf({ status, headers: {}, body }, request, KEY) as Failure;

/** What has no error body of ComplyCube: a JSON object with a `type`. */
const BODIES: Array<[name: string, body: unknown]> = [
	['HTML', '<html><h1>Forbidden</h1></html>'],
	['nothing', ''],
	['null', null],
	['undefined', undefined],
	['a list', [{ type: 'forbidden' }]],
	['an object without a type', { message: 'Forbidden' }],
	['a type that is no text', { type: 403, message: 'Forbidden' }],
	['a type that is an object', { type: { name: 'forbidden' }, message: 'Forbidden' }],
	['a blank type', { type: ' \u202e ', message: 'Forbidden' }],
];

const STATUSES = [
	400, 401, 402, 403, 404, 405, 407, 408, 413, 418, 422, 429, 500, 501, 502, 503, 504, 599,
];

describe.each(STATUSES)("a %p that is not ComplyCube's", (status) => {
	it.each(BODIES)('is told as that: %s', (_, body) => {
		const { message, details } = failureOf(status, body);
		expect(message).toMatch(/something between n8n and ComplyCube answered with status \d+/i);
		expect(message).toContain(`${status}`);
		expect(message).not.toMatch(/ComplyCube (did|could|does|asks|kept)|API key is not/);
		expect(details.httpCode).toBe(`${status}`);
		expect(details.description).toMatch(/^[A-Z].*\.$/);
		expect(details.description).not.toContain('ComplyCube names the field');
	});

	it("is ComplyCube's with a type", () => {
		expect(failureOf(status, { type: 'x', message: 'No' }).message).not.toContain('between');
	});
});

describe("an answer that is not ComplyCube's", () => {
	it.each<[status: number, advice: RegExp]>([
		[403, /proxy or firewall blocks/],
		[404, /'Base URL'.*api\.complycube\.com\/v1/],
		[407, /proxy asks for a user name and a password/],
		[413, /less data/],
		[429, /safe to run again/],
		[502, /proxy or gateway/],
		[503, /proxy or gateway/],
		[504, /proxy or gateway/],
		[418, /proxy, gateway or firewall/],
	])('with %p says what to check', (status, advice) => {
		expect(failureOf(status, '').details.description).toMatch(advice);
	});

	it('keeps the words by which n8n knows a refused login', () => {
		expect(failureOf(401, '').message).toMatch(/^Authorization failed: something between/);
	});

	it('quotes what it says of itself', () => {
		expect(failureOf(403, { message: 'Blocked by policy' }).message).toMatch(
			/403: Blocked by policy$/,
		);
	});

	it.each([401, 402, 403, 404, 407, 413, 429])(
		'with %p says nothing of key and account',
		(status) => {
			expect(failureOf(status, '').cause).toBeUndefined();
		},
	);

	it.each([
		[403, false],
		[407, false],
		[408, true],
		[413, false],
		[429, false],
		[500, true],
		[502, true],
		[503, true],
		[504, true],
	])('with %p leaves a POST in doubt: %p', (status, doubt) => {
		expect(failureOf(status, '', POST).doubtful).toBe(doubt);
		expect(failureOf(status, '', GET).doubtful).toBe(false);
	});
});

describe('408', () => {
	it.each(['', { type: 'timeout', message: 'Too slow' }])(
		'is in doubt unless it was a GET: %j',
		(body) => {
			const reply = { status: 408, headers: {}, body };
			expect(failureOf(408, body, POST).doubtful).toBe(true);
			expect(failureOf(408, body, { method: 'DELETE', path: '/webhooks/x' }).doubtful).toBe(true);
			expect(failureOf(408, body).doubtful).toBe(false);
			expect(retryPolicy(GET, reply)).toBeDefined();
			expect(retryPolicy(POST, reply)).toBeUndefined();
		},
	);
});

describe('the monthly quota', () => {
	const rate = { type: 'rate_limit_exceeded', message: 'Too fast' };
	const quota = { type: 'rate_limit_exceeded', message: 'You have exceeded the service quota' };
	const COUNTED = ['/checks', '/autofill', '/lookup/companies', '/lookup/addresses'];
	const OTHERS: ApiRequest[] = [
		GET,
		POST,
		{ method: 'GET', path: '/checks' },
		{ method: 'GET', path: '/checks/x' },
		{ method: 'POST', path: '/checks/x' },
		{ method: 'POST', path: '/workflowSessions/x/complete' },
		{ method: 'DELETE', path: '/documents/x' },
	];

	it.each(COUNTED)('may be the reason of a 429 to POST %s', (path) => {
		const request: ApiRequest = { method: 'POST', path };
		expect(failureOf(429, rate, request).details.description).toContain('monthly quota');
		expect(failureOf(429, quota, request).message).toMatch(/^The quota/);
		expect(retryPolicy(request, { status: 429, headers: {}, body: quota })).toBeUndefined();
		expect(retryPolicy(request, { status: 429, headers: {}, body: rate })).toBeDefined();
	});

	it.each(OTHERS)('never is that of $method $path', (request) => {
		for (const body of [rate, quota]) {
			const { message, details } = failureOf(429, body, request);
			expect(message).toMatch(/^ComplyCube kept refusing/);
			expect(details.description).not.toContain('quota');
			expect(details.description).toContain('Requests per Second');
			expect(retryPolicy(request, { status: 429, headers: {}, body })).toBeDefined();
		}
	});
});
