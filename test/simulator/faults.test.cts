import { request } from 'node:http';
import { api, pause } from './client.cts';
import { Faults } from '../../simulator/faults.cts';
import { startSimulator } from '../../simulator/server.cts';
import type { Simulator } from '../../simulator/server.cts';

let simulator: Simulator;
let id: string;

beforeAll(async () => {
	simulator = await startSimulator({ rateLimit: null });
});
beforeEach(() => {
	simulator.reset();
	[{ id }] = simulator.workflowSessions.seed();
});
afterAll(() => simulator.close());

const get = (init: RequestInit = {}) => api(simulator, 'GET', `/workflowSessions/${id}`, init);
const complete = (init: RequestInit = {}) =>
	api(simulator, 'POST', `/workflowSessions/${id}/complete`, init);
const completions = () => simulator.workflowSessions.list()[0].effects.complete;

describe('reply', () => {
	test('is the usual error unless given, and the request takes no effect', async () => {
		const { id: faultId } = simulator.faults.add({ kind: 'reply', times: 1 });
		await expect(complete()).resolves.toMatchObject({
			status: 500,
			body: { type: 'internal_server_error' },
		});
		expect(completions()).toBe(0);
		expect(simulator.requests).toMatchObject([
			{ status: 500, ending: 'answered', fault: { id: faultId, kind: 'reply' } },
		]);
		await expect(complete()).resolves.toMatchObject({ status: 200 });
		expect(simulator.requests[1]).not.toHaveProperty('fault');
		expect(completions()).toBe(1);
	});

	test('can be sent after the request took effect', async () => {
		simulator.faults.add({ kind: 'reply', status: 504, body: 'html', processed: true });
		await expect(complete()).resolves.toMatchObject({ status: 504 });
		expect(completions()).toBe(1);
	});

	test.each([
		[{ status: 502, body: 'html' }, 'text/html', /^<html>/],
		[{ status: 503, body: 'empty' }, null, /^$/],
		[{ status: 503 }, null, /^$/],
		[{ status: 200, body: 'truncatedJson' }, 'application/json; charset=utf-8', /^\{"id":"[^}]+$/],
		[{ status: 400, body: { json: ['x'] } }, 'application/json; charset=utf-8', /^\["x"\]$/],
		[{ status: 200, body: { text: 'no', contentType: 'text/plain' } }, 'text/plain', /^no$/],
		[{ status: 422 }, 'application/json; charset=utf-8', /"type":.*"message":/],
	] as const)('%j', async (reply, contentType, text) => {
		simulator.faults.add({ kind: 'reply', ...reply } as never);
		const response = await get();
		expect(response.status).toBe(reply.status);
		expect(response.headers.get('content-type')).toBe(contentType);
		expect(response.text).toMatch(text);
	});

	test('can be a megabyte of JSON', async () => {
		simulator.faults.add({ kind: 'reply', status: 500, body: 'oneMegabyte' });
		const { text, body } = await get();
		expect(text.length).toBeGreaterThan(1024 * 1024);
		expect(body).toHaveProperty('type');
	});

	test('can have headers, e.g. of a redirect', async () => {
		simulator.faults.add({
			kind: 'reply',
			status: 302,
			body: 'empty',
			headers: { location: 'http://127.0.0.1:1/elsewhere', 'retry-after': '7' },
		});
		const { status, headers } = await get();
		expect(status).toBe(302);
		expect(headers.get('location')).toBe('http://127.0.0.1:1/elsewhere');
		expect(headers.get('retry-after')).toBe('7');
	});
});

test('dropBefore closes the connection before the request takes effect', async () => {
	simulator.faults.add({ kind: 'dropBefore' });
	await expect(complete()).rejects.toThrow('fetch failed');
	expect(completions()).toBe(0);
	expect(simulator.requests).toMatchObject([{ ending: 'droppedBeforeProcessing' }]);
	expect(simulator.requests[0].status).toBeUndefined();
});

test('dropAfter closes the connection after the request took effect', async () => {
	simulator.faults.add({ kind: 'dropAfter' });
	await expect(complete()).rejects.toThrow('fetch failed');
	expect(completions()).toBe(1);
	expect(simulator.requests).toMatchObject([{ ending: 'droppedAfterProcessing' }]);
});

test.each([
	[false, 0],
	[true, 1],
])('silence never answers; processed: %p', async (processed, effects) => {
	simulator.faults.add({ kind: 'silence', processed });
	await expect(complete({ signal: AbortSignal.timeout(150) })).rejects.toMatchObject({
		name: 'TimeoutError',
	});
	expect(completions()).toBe(effects);
	expect(simulator.requests).toMatchObject([{ ending: 'neverAnswered' }]);
});

test('delay waits, and the request takes effect even if the client disconnects', async () => {
	simulator.faults.add({ kind: 'delay', delayMs: 200 });
	const start = performance.now();
	await expect(get()).resolves.toMatchObject({ status: 200 });
	expect(performance.now() - start).toBeGreaterThan(190);

	await expect(complete({ signal: AbortSignal.timeout(50) })).rejects.toThrow();
	expect(completions()).toBe(0);
	await pause(250);
	expect(completions()).toBe(1);
	expect(simulator.requests[1]).toMatchObject({ ending: 'clientGone' });
});

test('drip sends the usual reply slowly', async () => {
	const whole = (await get()).text;
	simulator.faults.add({ kind: 'drip', stepBytes: Math.ceil(whole.length / 10), stepMs: 20 });
	const start = performance.now();
	await expect(get()).resolves.toMatchObject({ status: 200, text: whole });
	expect(performance.now() - start).toBeGreaterThan(150);
});

test('shortBody sends half of the announced body after the request took effect', async () => {
	simulator.faults.add({ kind: 'shortBody' });
	const received = await new Promise<{ announced: number; got: number; complete: boolean }>(
		(resolve, reject) => {
			const sent = request(
				`${simulator.url}/workflowSessions/${id}/complete`,
				{ method: 'POST', headers: { authorization: simulator.settings.keys[0] } },
				(response) => {
					let got = 0;
					response.on('data', (chunk: Buffer) => (got += chunk.length));
					response.on('error', () => undefined);
					response.on('close', () =>
						resolve({
							announced: Number(response.headers['content-length']),
							got,
							complete: response.complete,
						}),
					);
				},
			);
			sent.on('error', reject);
			sent.end();
		},
	);
	expect(received).toEqual({ announced: 23, got: 11, complete: false });
	expect(completions()).toBe(1);
	expect(simulator.requests).toMatchObject([{ status: 200, ending: 'cutShort' }]);
});

test('the log says what took effect, even if the answer was lost', async () => {
	const [{ id: other }] = simulator.workflowSessions.seed();
	simulator.faults.add({ kind: 'reply', mentions: id, processed: true });
	simulator.faults.add({ kind: 'reply', mentions: other });
	await complete();
	await api(simulator, 'POST', `/workflowSessions/${other}/complete`);
	await api(simulator, 'POST', '/workflowSessions/unknown/complete');
	await api(simulator, 'GET', '/workflowSessions');
	const effects = simulator.requests.map(({ tookEffect }) => tookEffect);
	expect(effects).toEqual([true, undefined, false, false]);
});

test.each([
	['seconds', '60'],
	['date', expect.stringMatching(/ GMT$/)],
] as const)('a reply can have a retry-after header in %s', async (as, header) => {
	simulator.faults.add({ kind: 'reply', status: 429, retryAfter: { as, seconds: 60 } });
	const { headers } = await get();
	expect(headers.get('retry-after')).toEqual(header);
	if (as === 'date') {
		const ms = Date.parse(headers.get('retry-after') ?? '') - Date.now();
		expect(Math.abs(ms - 60_000)).toBeLessThan(5_000);
	}
});

test('the usual reply can be sent with other headers', async () => {
	simulator.faults.add({ kind: 'delay', headers: { 'content-type': 'text/html' } });
	const { headers, body } = await get();
	expect([headers.get('content-type'), body]).toEqual([
		'text/html',
		expect.objectContaining({ id }),
	]);
});

test('a fault can reply for a path that is not simulated', async () => {
	simulator.faults.add({
		kind: 'reply',
		status: 200,
		path: '/notSimulated/*',
		body: { json: { a: 1 } },
	});
	await expect(api(simulator, 'GET', '/notSimulated/x')).resolves.toMatchObject({
		status: 200,
		body: { a: 1 },
	});
	await expect(api(simulator, 'GET', '/notSimulated')).resolves.toMatchObject({ status: 404 });
});

describe('the choice of a fault', () => {
	const take = (faults: Faults, count: number) =>
		Array.from({ length: count }, () => faults.take('GET', '/a')?.id ?? 0);

	test.each([
		[{ path: '/workflowSessions/:id' }, 'GET', '/workflowSessions/1', true],
		[{ path: '/workflowSessions/:id' }, 'GET', '/workflowSessions/1/complete', false],
		[
			{ path: '/workflowSessions/*/complete', method: 'post' },
			'POST',
			'/workflowSessions/1/complete',
			true,
		],
		[
			{ path: '/workflowSessions/*/complete', method: 'GET' },
			'POST',
			'/workflowSessions/1/complete',
			false,
		],
		[{ path: '/workflowSessions' }, 'GET', '/workflowSessions', true],
		[{ path: '/workflow.essions' }, 'GET', '/workflowSessions', false],
		[{ path: '/**' }, 'DELETE', '/a/b/c', true],
		[{}, 'GET', '/anything', true],
	])('%j for %s %s: %p', (spec, method, path, expected) => {
		const faults = new Faults();
		faults.add({ kind: 'silence', ...spec });
		expect(faults.take(method, path) !== undefined).toBe(expected);
	});

	test.each([
		['/clients/a', undefined, true],
		['/clients', '{"clientId":"a"}', true],
		['/clients/b', '{"clientId":"b"}', false],
	])('matches a text in path or body: %s with %s: %p', (path, content, expected) => {
		const faults = new Faults();
		faults.add({ kind: 'silence', path: '/clients/**', mentions: 'a' });
		faults.add({ kind: 'silence', path: '/clients', mentions: '"a"' });
		expect(faults.take('GET', path, content) !== undefined).toBe(expected);
	});

	test('takes the first fault that has times left', () => {
		const faults = new Faults();
		faults.add({ kind: 'reply', times: 2 });
		faults.add({ kind: 'silence', times: 1 });
		expect(take(faults, 5)).toEqual([1, 1, 2, 0, 0]);
		expect(faults.list()).toMatchObject([{ applied: 2 }, { applied: 1 }]);
	});

	test('takes every nth request', () => {
		const faults = new Faults();
		faults.add({ kind: 'reply', every: 3, times: 2 });
		expect(take(faults, 10)).toEqual([0, 0, 1, 0, 0, 1, 0, 0, 0, 0]);
	});

	test('takes requests with the given probability', () => {
		const faults = new Faults();
		const fault = faults.add({ kind: 'reply', probability: 0.5 });
		take(faults, 1000);
		expect(fault.matched).toBe(1000);
		expect(fault.applied).toBeGreaterThan(400);
		expect(fault.applied).toBeLessThan(600);
		fault.probability = 0;
		expect(new Set(take(faults, 100))).toEqual(new Set([0]));
	});
});
