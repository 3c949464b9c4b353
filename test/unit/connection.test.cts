import { randomUUID } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';
import { connect, type Connection } from '../../nodes/ComplyCube/transport/connection';
import type { RequestContext } from '../../nodes/ComplyCube/transport/exchange';
import { Failure } from '../../nodes/ComplyCube/transport/failure';
import { laneOf } from '../../nodes/ComplyCube/transport/pacing';

beforeEach(() => {
	jest.useFakeTimers({ now: 1_000_000 });
	jest.spyOn(Math, 'random').mockReturnValue(0.5);
});
afterEach(() => {
	jest.restoreAllMocks();
	jest.useRealTimers();
});

const GET = { method: 'GET', path: '/workflowSessions' } as const;
const OK = { statusCode: 200, headers: {}, body: { fine: true } };
const NO_TURN = 'Others with the same API key were waiting before this request';
const BUSY = { statusCode: 503, headers: {}, body: {} };

interface Sent {
	/** ms since the test began */
	at: number;
	timeout?: number;
	url: string;
}

/** A connection to a server that answers as told, with a key of its own. */
async function connectionTo(answer: (count: number) => object | Promise<object>) {
	const apiKey = `test_${randomUUID()}`;
	const begin = Date.now();
	const sent: Sent[] = [];
	const context = {
		getCredentials: async () => ({ apiKey, baseUrl: '', requestsPerSecond: 10 }),
		helpers: {
			httpRequestWithAuthentication: async (_type: string, { timeout, url }: Sent) => {
				sent.push({ at: Date.now() - begin, timeout, url });
				return await answer(sent.length);
			},
		},
	};
	const connection = (await connect(context as unknown as RequestContext)) as Connection;
	return { connection, sent, lane: laneOf(apiKey), begin };
}

/** Lets the fake time go on until there is a result. */
async function result<T>(promise: Promise<T>, limit = 200_000): Promise<T> {
	let settled = false;
	void promise.finally(() => (settled = true));
	for (let ms = 0; !settled && ms < limit; ms += 50) await jest.advanceTimersByTimeAsync(50);
	expect(settled).toBe(true);
	return await promise;
}

describe('a deadline', () => {
	it('is the timeout of the request', async () => {
		const { connection, sent, begin } = await connectionTo(() => OK);
		expect(await result(connection.send(GET, { deadline: begin + 7_000 }))).toEqual({ fine: true });
		expect(sent.map(({ timeout }) => timeout)).toEqual([7_000]);
		await result(connection.send(GET));
		// As n8n itself would wait
		expect(sent[1].timeout).toBe(300_000);
	});

	it('leaves each try what is left', async () => {
		const { connection, sent, begin } = await connectionTo((count) => (count < 3 ? BUSY : OK));
		await result(connection.send(GET, { deadline: begin + 20_000 }));
		expect(sent).toHaveLength(3);
		for (const { at, timeout } of sent) expect(at + timeout!).toBe(20_000);
	});

	it('ends the tries: the last reply counts, without waiting for nothing', async () => {
		const { connection, sent, begin } = await connectionTo(() => BUSY);
		const failure = await result(connection.send(GET, { deadline: begin + 2_000 }));
		expect(failure).toBeInstanceOf(Failure);
		expect((failure as Failure).details.httpCode).toBe('503');
		expect(sent.length).toBeGreaterThan(0);
		expect(Date.now() - begin).toBeLessThan(2_000);
	});

	it('ends a wait that the service asks for', async () => {
		const { connection, begin } = await connectionTo(() => ({
			statusCode: 429,
			headers: { 'retry-after': '30' },
			body: {},
		}));
		const failure = await result(connection.send(GET, { deadline: begin + 10_000 }));
		expect((failure as Failure).details.httpCode).toBe('429');
		expect(Date.now() - begin).toBeLessThan(1_000);
	});

	it('ends the wait for a turn, and then nothing was sent', async () => {
		const { connection, sent, lane, begin } = await connectionTo(() => OK);
		lane.hold(60_000);
		const failure = await result(connection.send(GET, { deadline: begin + 3_000 }));
		expect(failure).toMatchObject({
			message: NO_TURN,
			details: { description: expect.stringMatching(/^This request was not sent\./) },
		});
		expect((failure as Failure).details).not.toHaveProperty('httpCode');
		expect(sent).toEqual([]);
		expect(Date.now() - begin).toBeLessThan(4_000);
	});

	it.each([
		['GET', false],
		['POST', true],
		['DELETE', true],
	] as const)('ends an answer that goes on and on: %s', async (method, doubtful) => {
		// As one that drips: each byte starts the timeout of the request anew
		const { connection, begin } = await connectionTo(() => new Promise(() => {}));
		const failure = await result(
			connection.send({ method, path: '/webhooks' }, { deadline: begin + 3_000 }),
		);
		expect(failure).toMatchObject({ message: 'ComplyCube did not answer in time', doubtful });
		expect(Date.now() - begin).toBeGreaterThanOrEqual(3_000);
		expect(Date.now() - begin).toBeLessThan(3_200);
	});

	it('lets an answer that comes last of all through', async () => {
		const { connection, begin } = await connectionTo(
			async () => await new Promise((resolve) => setTimeout(() => resolve(OK), 2_900)),
		);
		const reply = await result(connection.send(GET, { deadline: begin + 3_000 }));
		expect(reply).toEqual({ fine: true });
	});

	it('that is not set waits for as long as it takes', async () => {
		const { connection, begin } = await connectionTo(
			async () => await new Promise((resolve) => setTimeout(() => resolve(OK), 150_000)),
		);
		expect(await result(connection.send(GET))).toEqual({ fine: true });
		expect(Date.now() - begin).toBeGreaterThanOrEqual(150_000);
	});

	it('that has passed leaves nothing in doubt', async () => {
		const { connection, sent, begin } = await connectionTo(() => OK);
		const failure = await result(
			connection.send({ method: 'POST', path: '/webhooks' }, { deadline: begin }),
		);
		expect(failure).toMatchObject({ message: NO_TURN, doubtful: false });
		expect(sent).toEqual([]);
	});
});

describe('an urgent request', () => {
	it('goes before everything that waits with the same key', async () => {
		const { connection, sent, begin } = await connectionTo(() => OK);
		const waiting = Array.from(
			{ length: 300 },
			async (_, i) => await connection.send({ ...GET, path: `/clients/${i}` }),
		);
		const urgent = connection.send(GET, { urgent: true, deadline: begin + 10_000 });
		expect(await result(urgent as Promise<IDataObject>)).toEqual({ fine: true });
		expect(sent.findIndex(({ url }) => url.endsWith(GET.path))).toBeLessThanOrEqual(2);
		expect(Date.now() - begin).toBeLessThan(500);
		await result(Promise.all(waiting));
	});
});
