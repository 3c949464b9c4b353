import { randomUUID } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';
import { connect, type Connection } from '../../nodes/ComplyCube/transport/connection';
import type { RequestContext } from '../../nodes/ComplyCube/transport/exchange';
import { Failure } from '../../nodes/ComplyCube/transport/failure';
import { Lane, laneOf } from '../../nodes/ComplyCube/transport/pacing';
import { retryAfter } from '../../nodes/ComplyCube/transport/retry';

const BEGIN = Date.parse('2026-01-01T00:00:00Z');
const MINUTE = 60_000;

beforeEach(() => {
	jest.useFakeTimers({ now: BEGIN });
	jest.spyOn(Math, 'random').mockReturnValue(0.5);
});
afterEach(() => {
	jest.restoreAllMocks();
	jest.useRealTimers();
});

describe('Retry-After', () => {
	it.each([
		['86400', 86_400_000],
		[' 7 ', 7_000],
		['-5', 0],
		['Thu, 01 Jan 2099 00:00:00 GMT', Date.parse('2099-01-01T00:00:00Z') - BEGIN],
		['2026-01-01T00:00:30Z', 30_000],
		['Thu, 01 Jan 1970 00:00:00 GMT', 0],
		['Sunday, 06-Nov-94 08:49:37 GMT', 0],
		['Infinity', undefined],
		['-Infinity', undefined],
		['1e30', undefined],
		['1e400', undefined],
		['9'.repeat(400), undefined],
		['0x10', undefined],
		['NaN', undefined],
		['soon 2099', undefined],
		['Thursday, whenever', undefined],
		[['7'], undefined],
		[['7', '8'], undefined],
		[7, undefined],
		[{}, undefined],
		[null, undefined],
	])('%j is %p ms', (header, ms) => {
		expect(retryAfter(header)).toBe(ms);
	});
});

/** A connection, with a key of its own unless given, to a server that answers as told. */
async function connectionTo(
	answer: (count: number) => object | Promise<object>,
	apiKey = `test_${randomUUID()}`,
) {
	const sent: number[] = [];
	const context = {
		getCredentials: async () => ({ apiKey, baseUrl: '', requestsPerSecond: 10 }),
		helpers: {
			httpRequestWithAuthentication: async () => {
				sent.push(Date.now() - BEGIN);
				return await answer(sent.length);
			},
		},
	};
	const connection = (await connect(context as unknown as RequestContext)) as Connection;
	return { connection, sent, apiKey };
}

const GET = { method: 'GET', path: '/clients/x' } as const;
const OK = { statusCode: 200, headers: {}, body: { fine: true } };
const refusal = (retryAfterHeader?: unknown) => ({
	statusCode: 429,
	headers: { 'retry-after': retryAfterHeader },
	body: { type: 'rate_limit_exceeded', message: 'Too fast' },
});

/** What became of a promise after so many ms. */
async function after<T>(ms: number, promise: Promise<T>): Promise<T | 'pending'> {
	let result: T | 'pending' = 'pending';
	void promise.then((value) => (result = value));
	await jest.advanceTimersByTimeAsync(ms);
	return result;
}

const DATE_IN_2099 = 'Thu, 01 Jan 2099 00:00:00 GMT';

describe('a key that shall wait for longer than anybody waits', () => {
	it.each([
		['86400', '24 hours'],
		[DATE_IN_2099, '26,663 days'],
		['600', '10 minutes'],
	])('fails at once and says for how long: %p', async (header, words) => {
		const { connection, sent } = await connectionTo(() => refusal(header));
		const failure = (await after(1_000, connection.send(GET))) as Failure;
		expect(failure).toBeInstanceOf(Failure);
		expect(failure.details.httpCode).toBe('429');
		expect(failure.details.description).toContain(`asked for a wait of ${words}`);
		expect(sent).toHaveLength(1);
	});

	it.each(['Infinity', '1e30', '1e400', 'NaN', ['86400']])(
		'does not wait for longer than usual because of %j',
		async (header) => {
			const { connection } = await connectionTo((count) => (count === 1 ? refusal(header) : OK));
			expect(await after(5_000, connection.send(GET))).toEqual({ fine: true });
		},
	);

	it.each(['86400', DATE_IN_2099])('is tried again after two minutes: %p', async (header) => {
		const { connection, sent } = await connectionTo((count) =>
			count === 1 ? refusal(header) : OK,
		);
		await after(1_000, connection.send(GET));
		const held = (await after(1_000, connection.send(GET))) as Failure;
		expect(held).toBeInstanceOf(Failure);
		expect(held.doubtful).toBe(false);
		expect(held.details.description).toMatch(/asked for a wait of .* was not sent/);
		expect(sent).toHaveLength(1);
		await jest.advanceTimersByTimeAsync(2 * MINUTE);
		expect(await after(1_000, connection.send(GET))).toEqual({ fine: true });
	});

	it('is found out by one request, for which the others wait', async () => {
		let release: (reply: object) => void = () => {};
		const { connection, sent } = await connectionTo((count) => {
			if (count === 1) return refusal('86400');
			return count === 2 ? new Promise((resolve) => (release = resolve)) : OK;
		});
		await after(1_000, connection.send(GET));
		await jest.advanceTimersByTimeAsync(2 * MINUTE);
		const all = Promise.all(Array.from({ length: 5 }, async () => await connection.send(GET)));
		expect(await after(20_000, all)).toBe('pending');
		expect(sent).toHaveLength(2);
		release(OK);
		expect(await after(3_000, all)).toEqual(Array(5).fill({ fine: true }));
	});

	it('is left alone again, and nobody waits, if that request is refused too', async () => {
		const { connection, sent } = await connectionTo(() => refusal('86400'));
		await after(1_000, connection.send(GET));
		await jest.advanceTimersByTimeAsync(2 * MINUTE);
		const all = Promise.all(Array.from({ length: 5 }, async () => await connection.send(GET)));
		const ends = (await after(1_000, all)) as Failure[];
		expect(ends.map(({ details }) => details.httpCode)).toEqual(Array(5).fill('429'));
		expect(sent).toHaveLength(2);
	});

	it('is found out by the next request if the first brings no answer', async () => {
		const { connection, sent } = await connectionTo((count) => {
			if (count === 1) return refusal('86400');
			if (count === 2) throw Object.assign(new Error('no'), { code: 'CERT_HAS_EXPIRED' });
			return OK;
		});
		await after(1_000, connection.send(GET));
		await jest.advanceTimersByTimeAsync(2 * MINUTE);
		const first = connection.send(GET);
		const second = connection.send(GET);
		expect(await after(2_000, second)).toEqual({ fine: true });
		expect(await first).toBeInstanceOf(Failure);
		expect(sent).toHaveLength(3);
	});

	it('is waited for as long as the last refusal asks, not the first one', async () => {
		const { connection, sent } = await connectionTo((count) => {
			if (count === 1) return refusal('86400');
			return count === 2 ? refusal('5') : OK;
		});
		await after(1_000, connection.send(GET));
		await jest.advanceTimersByTimeAsync(2 * MINUTE);
		const found = (await after(1_000, connection.send(GET))) as Failure;
		expect(found.details.description).toContain('asked for a wait of 5 seconds');
		const next = connection.send(GET);
		expect(await after(3_000, next)).toBe('pending');
		expect(await after(2_000, next)).toEqual({ fine: true });
		expect(sent).toHaveLength(3);
	});

	it('is not waited for a shorter time because of a refusal that was under way', async () => {
		const lane = new Lane();
		lane.hold(86_400_000);
		lane.hold(1_000);
		await jest.advanceTimersByTimeAsync(90_000);
		expect(lane.askedFor).toBe(86_310_000);
	});

	it('lets go of what was waiting already', async () => {
		const { connection, sent } = await connectionTo(() => refusal('86400'));
		const all = Promise.all(Array.from({ length: 20 }, async () => await connection.send(GET)));
		const ends = (await after(1_000, all)) as Failure[];
		expect(ends).toHaveLength(20);
		expect(ends.every((end) => end instanceof Failure)).toBe(true);
		expect(sent.length).toBeLessThan(20);
	});

	it('is used again with another credential of the same key', async () => {
		const first = await connectionTo(() => refusal('1'.repeat(12)));
		await after(1_000, first.connection.send(GET));
		await jest.advanceTimersByTimeAsync(2 * MINUTE);
		const second = await connectionTo(() => OK, first.apiKey);
		expect(await after(1_000, second.connection.send(GET))).toEqual({ fine: true });
	});
});

describe('a lane', () => {
	it.each([
		['held for a day', (lane: Lane) => lane.hold(86_400_000)],
		['held for ever', (lane: Lane) => lane.hold(Infinity)],
		['with a pace of one request a year', (lane: Lane) => void lane.turn(31_536_000_000)],
	])('%s is dropped in the end', async (_, use) => {
		const apiKey = `test_${randomUUID()}`;
		const lane = laneOf(apiKey);
		use(lane);
		await jest.advanceTimersByTimeAsync(1_000);
		expect(laneOf(apiKey)).toBe(lane);
		jest.setSystemTime(Date.now() + 62 * MINUTE);
		expect(laneOf(apiKey)).not.toBe(lane);
	});

	it('is not dropped while somebody waits in it', async () => {
		const apiKey = `test_${randomUUID()}`;
		const lane = laneOf(apiKey);
		void lane.turn(31_536_000_000);
		void lane.turn(31_536_000_000);
		await jest.advanceTimersByTimeAsync(62 * MINUTE);
		expect(laneOf(apiKey)).toBe(lane);
	});

	it('takes the pace of who goes next, not of who went last', async () => {
		const lane = new Lane();
		await lane.turn(31_536_000_000);
		expect(await after(500, lane.turn(100))).toBe(true);
	});
});

describe("the credential's own pace", () => {
	async function paced(requestsPerSecond: unknown) {
		const context = {
			getCredentials: async () => ({ apiKey: `test_${randomUUID()}`, requestsPerSecond }),
			helpers: { httpRequestWithAuthentication: async () => OK },
		};
		const connection = (await connect(context as unknown as RequestContext)) as Connection;
		await connection.send(GET);
		return await after(5_000, connection.send(GET) as Promise<IDataObject | Failure>);
	}

	it.each([0.01, 0.001, 1e-300, '0.005'])('of %p is named as the reason', async (own) => {
		const failure = (await paced(own)) as Failure;
		expect(failure.message).toMatch(/^The ComplyCube credential's 'Requests per Second'/);
		expect(failure.details.description).toContain('This request was not sent');
		expect(failure.details.httpCode).toBeUndefined();
		expect(failure.doubtful).toBe(false);
	});

	it.each(['soon', NaN, -1, Infinity, '1e400', true, null, {}, []])(
		'of %p is the documented one',
		async (own) => {
			expect(await paced(own)).toEqual({ fine: true });
		},
	);
});
