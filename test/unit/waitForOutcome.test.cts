import type { IDataObject } from 'n8n-workflow';
import { poll } from '../../nodes/ComplyCube/pipeline/polling';
import type { Connection, Urgency } from '../../nodes/ComplyCube/transport/connection';
import { Failure } from '../../nodes/ComplyCube/transport/failure';
import { Lane } from '../../nodes/ComplyCube/transport/pacing';

const WAIT = {
	object: 'session',
	getPath: '/workflowSessions/:workflowSessionId',
	final: ['complete', 'abandoned', 'cancelled'],
	path: '/workflowSessions/1',
};
const SPACING = 500;
const PROCESSING = { status: 'processing' };
const QUEUE_TIMEOUT = new Failure('Others with the same API key were waiting before this request');

beforeEach(() => jest.useFakeTimers({ now: Date.parse('2026-01-01T00:00:00Z') }));
afterEach(() => jest.useRealTimers());

const passing = async (ms: number) => await new Promise<void>((resolve) => setTimeout(resolve, ms));

/** A connection whose requests wait in a real lane, as all of a key do, on jest's clock. */
function queued(lane: Lane, answer: () => IDataObject | Failure): Connection {
	return {
		pause: async (ms) => {
			await passing(ms);
			return true;
		},
		send: async (_request, { deadline, urgent }: Urgency = {}) =>
			(await lane.turn(SPACING, { deadline, urgent })) ? answer() : QUEUE_TIMEOUT,
	};
}

/** Lets jest's clock run until something is settled. */
async function settled<T>(promise: Promise<T>): Promise<T> {
	let done = false;
	void promise.finally(() => (done = true));
	while (!done) await jest.advanceTimersByTimeAsync(SPACING);
	return await promise;
}

interface Complete {
	status: unknown;
	looks: number[];
}

/** Completes that all start at once, each followed by a wait; the sessions are complete so long after. */
async function completeAll(count: number, minutes: number, processingMs: number) {
	const lane = new Lane();
	let lastComplete = 0;
	const complete = async (): Promise<Complete> => {
		await lane.turn(SPACING);
		const sent = Date.now();
		lastComplete = sent;
		const looks: number[] = [];
		const connection = queued(lane, () => {
			looks.push(Date.now());
			return { status: Date.now() - sent >= processingMs ? 'complete' : 'processing' };
		});
		const result = await poll(connection, { ...WAIT, minutes }, PROCESSING, false);
		return { status: result instanceof Failure ? result.message : result.status, looks };
	};
	const items = await settled(Promise.all(Array.from({ length: count }, complete)));
	return { items, lastComplete };
}

it('looks at every item of 150 before its time is over, and finds each complete', async () => {
	const { items } = await completeAll(150, 1, 2_000);
	expect(items.map(({ status }) => status)).toEqual(Array(150).fill('complete'));
	expect(Math.min(...items.map(({ looks }) => looks.length))).toBeGreaterThan(0);
});

it('looks before it starts other Completes', async () => {
	const { items, lastComplete } = await completeAll(50, 1, 2_000);
	const early = items.filter(({ looks }) => looks[0] < lastComplete);
	expect(early.length).toBeGreaterThan(40);
});

it('looks at least twice before it says that an item is still processing', async () => {
	const { items } = await completeAll(60, 0.2, 3_600_000);
	for (const { status, looks } of items) {
		expect(status).toBe("The session is still 'processing' after a wait of 0.2 min");
		expect(looks.length).toBeGreaterThan(1);
	}
});

it('keeps nothing back for long: a request of the trigger waits behind few looks', async () => {
	const lane = new Lane();
	const connection = queued(lane, () => PROCESSING);
	const items = Promise.all(
		Array.from({ length: 200 }, async () => {
			await lane.turn(SPACING);
			return await poll(connection, { ...WAIT, minutes: 5 }, PROCESSING, false);
		}),
	);
	await jest.advanceTimersByTimeAsync(60_000);
	const begin = Date.now();
	let waited = Infinity;
	void lane.turn(SPACING, { urgent: true }).then(() => (waited = Date.now() - begin));
	await jest.advanceTimersByTimeAsync(15_000);
	expect(waited).toBeLessThan(5_000);
	await settled(items);
});

it('looks once more, before everything else, when the last look did not get its turn in time', async () => {
	const lane = new Lane();
	let looks = 0;
	const connection = queued(lane, () => ({ status: ++looks === 1 ? 'complete' : 'processing' }));
	// So many others that no look gets its turn within the wait
	for (let other = 0; other < 500; other++) void lane.turn(SPACING);
	const result = await settled(poll(connection, { ...WAIT, minutes: 1 }, PROCESSING, true));
	expect(result).toEqual({ status: 'complete' });
});

describe('an item that could not be looked at', () => {
	const failed = async (reply: IDataObject) => {
		const connection = queued(new Lane(), () => new Failure('ComplyCube could not answer.'));
		return (await settled(poll(connection, { ...WAIT, minutes: 1 }, reply, false))) as Failure;
	};

	it('is told what ComplyCube replied, not a status that nobody read', async () => {
		const { message, details } = await failed(PROCESSING);
		expect(message).toBe(
			"ComplyCube's reply was 'processing', but the session could not be read afterwards. ComplyCube could not answer.",
		);
		expect(details).not.toHaveProperty('status');
		expect(details.description).toContain('nothing needs to be repeated');
	});

	it('is told that the request was accepted if the reply had no status', async () => {
		expect((await failed({ id: '1' })).message).toBe(
			'ComplyCube accepted the request, but the session could not be read afterwards. ComplyCube could not answer.',
		);
	});
});
