import { randomUUID } from 'node:crypto';
import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';
import {
	connect,
	type ApiRequest,
	type Connection,
} from '../../nodes/ComplyCube/transport/connection';
import type { RequestContext } from '../../nodes/ComplyCube/transport/exchange';
import { Failure } from '../../nodes/ComplyCube/transport/failure';
import { laneOf, type Lane } from '../../nodes/ComplyCube/transport/pacing';

beforeEach(() => {
	jest.useFakeTimers({ now: Date.parse('2026-01-01T00:00:00Z') });
	// Half of the longest wait each time: 1, 2, 4, 8 and then 15 seconds
	jest.spyOn(Math, 'random').mockReturnValue(0.5);
});
afterEach(() => {
	jest.restoreAllMocks();
	jest.useRealTimers();
});

type Answer = object | Error;

const reply = (statusCode: number, body: unknown = {}, headers = {}) => ({
	statusCode,
	headers,
	body,
});
const OK = reply(200, { fine: true });
const broken = (code: string) => Object.assign(new Error(code), { code });

interface Account {
	credential?: IDataObject;
	signal?: AbortSignal;
	/** How long each answer takes, in ms */
	latency?: number;
}

/** An account with a key of its own, which answers in order, with the last answer for ever. */
async function account(answers: Answer[], { credential, signal, latency = 0 }: Account = {}) {
	const apiKey = `test_${randomUUID()}`;
	const sent: Array<IHttpRequestOptions & { at: number }> = [];
	const begin = Date.now();
	const context = {
		getCredentials: async () => ({ apiKey, baseUrl: '', requestsPerSecond: 10, ...credential }),
		getExecutionCancelSignal: () => signal,
		helpers: {
			httpRequestWithAuthentication: async (_type: string, options: IHttpRequestOptions) => {
				const count = sent.push({ ...options, at: Date.now() - begin });
				if (latency > 0) await new Promise((resolve) => setTimeout(resolve, latency));
				const answer = answers[Math.min(count, answers.length) - 1];
				if (answer instanceof Error) throw answer;
				return answer;
			},
		},
	} as unknown as RequestContext;
	const open = async () => (await connect(context)) as Connection;
	return {
		open,
		sent,
		apiKey,
		lane: laneOf(apiKey),
		seconds: () => sent.map(({ at }) => at / 1000),
	};
}

/** Lets time go on until there is a result. */
async function ended<T>(promise: Promise<T>): Promise<T> {
	let settled = false;
	void promise.finally(() => (settled = true));
	for (let ms = 0; !settled && ms < 600_000; ms += 50) await jest.advanceTimersByTimeAsync(50);
	expect(settled).toBe(true);
	return await promise;
}

const request = (method: ApiRequest['method']): ApiRequest => ({ method, path: '/checks' });

/** Sends one request, and says what came of it. */
async function sending(method: ApiRequest['method'], answers: Answer[], more: Account = {}) {
	const { open, ...rest } = await account(answers, more);
	const result = await ended((await open()).send(request(method)));
	return { result, ...rest };
}

/** Everything after which ComplyCube may have carried out the request. */
const DOUBTFUL: Array<[string, Answer]> = [
	['500', reply(500)],
	['502', reply(502)],
	['503', reply(503)],
	['504', reply(504)],
	['200 without JSON', reply(200, '<html></html>')],
	['a broken connection', broken('ECONNRESET')],
	['a timeout', broken('ETIMEDOUT')],
	['broken TLS', broken('EPROTO')],
	['an unreachable host', broken('EHOSTUNREACH')],
	['a code nobody thought of', broken('EWHATEVER')],
];

describe.each(['POST', 'DELETE'] as const)('a %s', (method) => {
	it.each(DOUBTFUL)('is never sent twice after %s, and stays in doubt', async (_, answer) => {
		const { result, sent } = await sending(method, [answer, OK]);
		expect(sent).toHaveLength(1);
		expect(result).toBeInstanceOf(Failure);
		expect((result as Failure).doubtful).toBe(true);
	});

	it.each([
		['400', reply(400)],
		['404', reply(404)],
		['a refused connection', broken('ECONNREFUSED')],
		['an unknown host', broken('ENOTFOUND')],
		['a wrong certificate', broken('CERT_HAS_EXPIRED')],
	])('is not sent twice after %s either, and was surely not carried out', async (_, answer) => {
		const { result, sent } = await sending(method, [answer, OK]);
		expect(sent).toHaveLength(1);
		expect((result as Failure).doubtful).toBe(false);
	});

	it('is sent again when ComplyCube did not take it, ever later', async () => {
		const refused = reply(429);
		const { result, seconds } = await sending(method, [refused, refused, refused, OK]);
		expect(result).toEqual({ fine: true });
		expect(seconds()).toEqual([0, 1, 3, 7]);
	});

	it('gives up after ten refusals, and nothing is in doubt', async () => {
		jest.spyOn(Math, 'random').mockReturnValue(0.1);
		const { result, sent } = await sending(method, [reply(429)]);
		expect(sent).toHaveLength(10);
		expect(result).toMatchObject({ details: { httpCode: '429' }, doubtful: false });
	});

	it('in doubt after a refusal is not sent a third time', async () => {
		const { result, sent } = await sending(method, [reply(429), reply(503), OK]);
		expect(sent).toHaveLength(2);
		expect((result as Failure).doubtful).toBe(true);
	});
});

it('a POST that the quota counts is not sent twice after a used-up quota', async () => {
	const usedUp = reply(429, { type: 'quota', message: 'Your quota is used up' });
	const { result, sent } = await sending('POST', [usedUp, OK]);
	expect(sent).toHaveLength(1);
	expect((result as Failure).doubtful).toBe(false);
});

describe('a GET', () => {
	it.each([reply(502), reply(503), reply(504), broken('ECONNRESET'), broken('ETIMEDOUT')])(
		'is sent again after a pause: %#',
		async (answer) => {
			const { result, seconds } = await sending('GET', [answer, answer, OK]);
			expect(result).toEqual({ fine: true });
			expect(seconds()).toEqual([0, 1, 3]);
		},
	);

	it('gives up after five tries', async () => {
		const { result, seconds } = await sending('GET', [reply(503)]);
		expect(seconds()).toEqual([0, 1, 3, 7, 15]);
		expect((result as Failure).details.httpCode).toBe('503');
	});

	it('gives up after two minutes, slow answers included', async () => {
		const { sent } = await sending('GET', [reply(503)], { latency: 50_000 });
		expect(sent).toHaveLength(3);
	});

	it('counts refusals and broken answers apart', async () => {
		const answers = [...Array.from({ length: 4 }, () => reply(503)), reply(429), OK];
		const { result, seconds } = await sending('GET', answers);
		expect(result).toEqual({ fine: true });
		// The first refusal waits like a first one
		expect(seconds()).toEqual([0, 1, 3, 7, 15, 16]);
	});

	it.each(['EPROTO', 'ENOTFOUND', 'CERT_HAS_EXPIRED', 'ERR_INVALID_URL'])(
		'is not tried in vain after %s',
		async (code) => {
			expect((await sending('GET', [broken(code), OK])).sent).toHaveLength(1);
		},
	);

	it('waits for as long as a gateway asks', async () => {
		const asking = reply(429, {}, { 'retry-after': '40' });
		expect((await sending('GET', [asking, OK])).seconds()).toEqual([0, 40]);
	});

	it('that is sent again goes before what never was', async () => {
		const { open, sent } = await account([reply(503), OK]);
		const connection = await open();
		const retried = connection.send({ method: 'GET', path: '/first' });
		const others = Array.from(
			{ length: 50 },
			async () => await connection.send({ method: 'GET', path: '/other' }),
		);
		await ended(Promise.all([retried, ...others]));
		const places = sent.flatMap(({ url }, place) => (url.endsWith('/first') ? [place] : []));
		expect(places[0]).toBe(0);
		// One second of requests at ten per second lies between
		expect(places[1]).toBeLessThanOrEqual(11);
	});
});

/** Lets the key be refused for so long, by requests that come often enough for its lane to be remembered. */
async function refusedFor(lane: Lane, seconds: number) {
	lane.noteRefusal(Date.now(), 100);
	for (let left = seconds; left > 0; left -= 10) {
		await jest.advanceTimersByTimeAsync(Math.min(left, 10) * 1000);
		lane.hold(0);
	}
}

describe('a refusal is one of the key', () => {
	it('slows other requests down, but does not stop them', async () => {
		const { open, seconds } = await account([reply(429), reply(429), OK], { latency: 50 });
		const connection = await open();
		await ended(Promise.all(Array.from({ length: 6 }, () => connection.send(request('POST')))));
		// The first start after a rest takes longer to its next one
		const [, , ...at] = seconds();
		const gaps = at.slice(1).map((start, i) => start - at[i]);
		// At 0.83 of ten per second, and a little more each time; a refused request comes a second after it was sent
		expect(gaps.slice(0, 3).every((gap) => gap > 0.12 && gap < 0.13)).toBe(true);
		expect(at.at(-1)).toBeGreaterThanOrEqual(1);
	});

	it('stops other requests once nothing is let through', async () => {
		const refused = reply(429);
		const answers = [refused, refused, refused, refused, refused, OK];
		const { open, seconds } = await account(answers, { latency: 10 });
		const connection = await open();
		await ended(Promise.all(Array.from({ length: 8 }, () => connection.send(request('POST')))));
		expect(seconds()[5] - seconds()[4]).toBeGreaterThan(0.7);
	});

	it('holds back other requests', async () => {
		const { open, seconds } = await account([reply(429, {}, { 'retry-after': '20' }), OK]);
		const connections = [await open(), await open()];
		await ended(Promise.all(connections.map(({ send }) => send(request('GET')))));
		// The second had its turn before the refusal could be known, or waits until it is over
		expect(seconds()[0]).toBe(0);
		expect(
			seconds()
				.slice(1)
				.every((at) => at >= 20),
		).toBe(true);
	});

	it('holds back other requests also when the request that got it gives up', async () => {
		const { open, seconds, lane } = await account([reply(429, {}, { 'retry-after': '200' }), OK]);
		const failure = await ended((await open()).send(request('POST')));
		expect((failure as Failure).details.httpCode).toBe('429');
		expect(seconds()).toEqual([0]);
		expect(lane.askedFor).toBeGreaterThan(199_000);
		await jest.advanceTimersByTimeAsync(119_000);
		expect(lane.askedFor).toBeGreaterThan(80_000);
		await jest.advanceTimersByTimeAsync(1_000);
		expect(lane.askedFor).toBeUndefined();
		expect(await ended((await open()).send(request('GET')))).toEqual({ fine: true });
	});

	it('that does not say for how long leaves a slower pace, but no hold, once it is given up', async () => {
		jest.spyOn(Math, 'random').mockReturnValue(0.1);
		const { lane } = await sending('GET', [reply(429)]);
		const begin = Date.now();
		expect(await ended(lane.turn(100))).toBe(true);
		expect(Date.now() - begin).toBeLessThan(2_000);
	});

	it.each([
		[120_000, true],
		[120_001, false],
	])('of %i ms is waited for: %j', async (ms, waited) => {
		const { open, lane, sent } = await account([OK]);
		const connection = await open();
		lane.hold(ms);
		const result = await ended(connection.send(request('POST')));
		expect(sent).toHaveLength(waited ? 1 : 0);
		if (waited) return;
		expect(result).toMatchObject({
			message: 'The service kept refusing requests with this API key',
			details: { httpCode: '429' },
			doubtful: false,
		});
	});

	it('that has lasted for the whole budget is not waited out once more by each item', async () => {
		const { open, lane, sent } = await account([reply(429)]);
		await refusedFor(lane, 119.5);
		await ended((await open()).send(request('POST')));
		expect(sent).toHaveLength(1);
	});

	it.each([reply(200, {}), reply(404), reply(503)])(
		'is over with the first answer of another kind: %#',
		async (answer) => {
			const { open, lane } = await account([answer]);
			await refusedFor(lane, 10);
			await ended((await open()).send(request('POST')));
			expect(lane.noteRefusal(Date.now(), 100)).toBe(0);
		},
	);

	it.each([broken('ECONNRESET'), reply(429, { message: 'Your quota is used up' })])(
		'is not over without one: %#',
		async (answer) => {
			const { open, lane } = await account([answer]);
			await refusedFor(lane, 10);
			await ended((await open()).send(request('POST')));
			expect(lane.noteRefusal(Date.now(), 100)).toBeGreaterThanOrEqual(10_000);
		},
	);

	it('does not shorten the patience with a connection that breaks', async () => {
		const { open, lane, seconds } = await account([broken('ECONNRESET'), OK]);
		await refusedFor(lane, 130);
		expect(await ended((await open()).send(request('GET')))).toEqual({ fine: true });
		expect(seconds()).toEqual([130, 131]);
	});
});

describe('a cancelled execution', () => {
	const CANCELLED = {
		message: 'The execution was canceled',
		details: { description: 'Nothing more was sent to ComplyCube.' },
	};

	it('sends nothing', async () => {
		const signal = AbortSignal.abort();
		const { result, sent } = await sending('POST', [OK], { signal });
		expect(result).toMatchObject(CANCELLED);
		expect(sent).toEqual([]);
	});

	it('sends nothing more after the request that was under way', async () => {
		const controller = new AbortController();
		setTimeout(() => controller.abort(), 500);
		const { signal } = controller;
		const { result, sent } = await sending('GET', [OK], { signal, latency: 1_000 });
		expect(result).toMatchObject(CANCELLED);
		expect(sent).toHaveLength(1);
		expect((sent[0].abortSignal as AbortSignal).aborted).toBe(true);
	});

	it.each([reply(503), reply(429)])('sends nothing more after a pause: %#', async (answer) => {
		const controller = new AbortController();
		setTimeout(() => controller.abort(), 500);
		const begin = Date.now();
		const { result, sent } = await sending('GET', [answer], { signal: controller.signal });
		expect(result).toMatchObject(CANCELLED);
		expect(sent).toHaveLength(1);
		expect(Date.now() - begin).toBeLessThan(1_500);
	});

	it('ends a pause of the caller', async () => {
		const controller = new AbortController();
		const { open } = await account([], { signal: controller.signal });
		const connection = await open();
		expect(await ended(connection.pause(700))).toBe(true);
		const begin = Date.now();
		setTimeout(() => controller.abort(), 500);
		expect(await ended(connection.pause(60_000))).toBe(false);
		expect(Date.now() - begin).toBeLessThan(1_000);
	});
});

describe('a request as n8n gets it', () => {
	it('asks for JSON, and repeats the name of a list in the query', async () => {
		const { sent } = await sending('GET', [OK]);
		expect(sent[0]).toMatchObject({ json: true, arrayFormat: 'repeat' });
	});

	it('has no empty field in its query, and no spaces around a value', async () => {
		const { open, sent } = await account([OK]);
		const qs = { a: ' x ', none: undefined, nothing: null, empty: ' ', no: false, zero: 0 };
		await ended((await open()).send({ ...request('GET'), qs } as never));
		expect(sent[0].qs).toEqual({ a: 'x', no: false, zero: 0 });
	});

	it('shares its lane with the same key that was pasted with spaces', async () => {
		const { apiKey } = await account([]);
		const { open, sent } = await account([OK], { credential: { apiKey: ` ${apiKey}\n` } });
		laneOf(apiKey).hold(5_000);
		const begin = Date.now();
		await ended((await open()).send(request('GET')));
		expect(sent).toHaveLength(1);
		expect(Date.now() - begin).toBeGreaterThanOrEqual(5_000);
	});

	it('leaves no timer behind when its answer came before the deadline', async () => {
		const { open } = await account([OK]);
		await ended((await open()).send(request('GET'), { deadline: Date.now() + 60_000 }));
		await jest.advanceTimersByTimeAsync(500);
		expect(jest.getTimerCount()).toBe(0);
	});
});
