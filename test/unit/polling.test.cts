import type { IDataObject } from 'n8n-workflow';
import type { Urgency } from '../../nodes/ComplyCube/transport/connection';
import { Failure } from '../../nodes/ComplyCube/transport/failure';
import { resultOf } from '../../nodes/ComplyCube/transport/failureTable';
import { poll } from '../../nodes/ComplyCube/pipeline/polling';
import { fakeConnection } from './fakeConnection.cts';

const POLLING = {
	object: 'session',
	getPath: '/workflowSessions/:workflowSessionId',
	final: ['complete', 'abandoned', 'cancelled'],
};
const PATH = '/workflowSessions/5eb2b61e02df0a0008f1cf2a';
const LOOK = { method: 'GET', path: PATH };
const MINUTE = 60_000;

/** A connection whose pauses really pass, on jest's clock. */
const timed = (...[replies]: Parameters<typeof fakeConnection>) =>
	fakeConnection(replies, { onPause: (ms) => void jest.advanceTimersByTime(ms) });

const polled = async (
	connection: ReturnType<typeof fakeConnection>,
	minutes: number,
	known: IDataObject = { status: 'processing' },
	isWhole = true,
) => await poll(connection, { ...POLLING, path: PATH, minutes }, known, isWhole);

describe('poll', () => {
	beforeEach(() => jest.useFakeTimers({ now: Date.parse('2026-01-01T00:00:00Z') }));
	afterEach(() => jest.useRealTimers());

	it.each(POLLING.final)('does not wait for an object that is %p already', async (status) => {
		const connection = timed([]);
		const known = { id: '1', status };
		expect(await polled(connection, 10, known)).toBe(known);
		expect(connection.pauses).toEqual([]);
		expect(connection.requests).toEqual([]);
	});

	it.each(POLLING.final)('ends with the whole object once it is %p', async (status) => {
		const end = { id: '1', status, outcome: 'clear' };
		const connection = timed([{ status: 'processing' }, { status: 'processing' }, end]);
		expect(await polled(connection, 10)).toBe(end);
		expect(connection.requests).toEqual([LOOK, LOOK, LOOK]);
	});

	it.each(['started', 'processing', 'a status of the future', 'Complete', '', undefined, null, 7])(
		'goes on while the status is %p',
		async (status) => {
			const end = { status: 'complete' };
			const connection = timed([{ status } as IDataObject, end]);
			expect(await polled(connection, 10)).toBe(end);
			expect(connection.requests).toHaveLength(2);
		},
	);

	it.each(POLLING.final)('never ends with a mere reply, though it says %p', async (status) => {
		const end = { id: '1', status, outcome: 'clear', tasks: [] };
		const connection = timed([end]);
		expect(await polled(connection, 10, { id: '1', status }, false)).toBe(end);
		expect(connection.requests).toEqual([LOOK]);
		expect(connection.pauses).toEqual([2_000]);
	});

	it('looks ever less often, from 2 s to 30 s apart', async () => {
		const connection = timed((_, count) => ({ status: count < 12 ? 'processing' : 'complete' }));
		await polled(connection, 60);
		expect(connection.pauses).toEqual([
			2_000, 3_000, 4_500, 6_750, 10_125, 15_187.5, 22_781.25, 30_000, 30_000, 30_000, 30_000,
			30_000,
		]);
	});

	it.each([0.01, 0.5, 1, 10, 45])('keeps a wait of %p min exactly', async (maxWait) => {
		const connection = timed([{ status: 'processing' }]);
		const start = Date.now();
		const failure = (await polled(connection, maxWait)) as Failure;
		expect(failure).toBeInstanceOf(Failure);
		// jest's clock counts whole milliseconds
		expect(Date.now() - start).toBeGreaterThanOrEqual(maxWait * MINUTE);
		expect(Date.now() - start).toBeLessThan(maxWait * MINUTE + 5);
		expect(failure.message).toBe(
			`The session is still 'processing' after a wait of ${maxWait} min`,
		);
		expect(failure.details).toEqual({
			status: 'processing',
			description: expect.stringContaining('ComplyCube Trigger'),
		});
		expect(failure.doubtful).toBe(false);
	});

	it('looks once more at the very end of its wait', async () => {
		const start = Date.now();
		const connection = timed(() => ({
			status: Date.now() - start >= MINUTE ? 'complete' : 'processing',
		}));
		expect(await polled(connection, 1)).toEqual({ status: 'complete' });
	});

	it('counts the time that slow looks take', async () => {
		const connection = fakeConnection(
			() => {
				jest.advanceTimersByTime(25_000);
				return { status: 'processing' };
			},
			{ onPause: (ms) => void jest.advanceTimersByTime(ms) },
		);
		const start = Date.now();
		expect(await polled(connection, 1)).toBeInstanceOf(Failure);
		expect(Date.now() - start).toBeLessThan(MINUTE + 25_001);
		expect(connection.requests).toHaveLength(3);
	});

	it.each([1, 3])('stops when the execution is cancelled in pause %p', async (last) => {
		const connection = fakeConnection([{ status: 'processing' }], {
			onPause: () => connection.pauses.length < last,
		});
		const failure = (await polled(connection, 10)) as Failure;
		expect(failure).toBeInstanceOf(Failure);
		expect(failure.message).toMatch(/^The execution was cancell?ed/);
		expect(connection.requests).toHaveLength(last - 1);
	});

	it('tells what was last seen when a look fails', async () => {
		const silence = resultOf(
			{ noAnswer: 'dropped', code: 'ECONNRESET' },
			{ method: 'GET', path: '/x' },
			'',
		) as Failure;
		const connection = timed([{ status: 'started' }, { status: 'processing' }, silence]);
		const failure = (await polled(connection, 10, { status: 'started' })) as Failure;
		expect(failure).toBeInstanceOf(Failure);
		expect(failure.message).toBe(
			`The session was 'processing' when its outcome could no longer be read. ${silence.message}`,
		);
		expect(failure.details).toEqual({
			httpCode: 'ECONNRESET',
			status: 'processing',
			description: `Use Get to look again; nothing needs to be repeated. ${silence.details.description}`,
		});
		expect(failure.doubtful).toBe(false);
		expect(connection.requests).toHaveLength(3);
	});

	it('blames nobody and ends no sentence twice', async () => {
		const own = new Failure('No such session.', { description: 'Check the ID.' });
		const failures = await Promise.all([
			polled(timed([{ status: 'processing' }]), 1),
			polled(timed([own]), 1),
			polled(
				timed([resultOf({ noAnswer: 'timeout' }, { method: 'GET', path: '/x' }, '') as Failure]),
				1,
			),
		]);
		for (const failure of failures as Failure[]) {
			const text = `${failure.message} ${failure.details.description}`;
			expect(text).not.toMatch(/error|problem|failure|mistake/i);
			expect(text).not.toMatch(/[.:;,!?]{2}/);
		}
	});

	// The reply of Cancel is not documented, and that of Complete may one day be a 204
	it.each([
		['a look fails', new Failure('No', { description: 'Wait.' })],
		['the wait is over', { id: '1' }],
	])("never calls a status that nobody told 'undefined' when %s", async (_, look) => {
		const failure = (await polled(timed([look]), 1, { id: '1' }, false)) as Failure;
		expect(failure.message).not.toContain('undefined');
	});

	it('never ends a description in the word undefined', async () => {
		// A failure need not have one of its own
		const failure = (await polled(timed([new Failure('No')]), 1)) as Failure;
		expect(failure.details.description).not.toContain('undefined');
	});
});

describe('the end of the wait', () => {
	beforeEach(() => jest.useFakeTimers({ now: Date.parse('2026-01-01T00:00:00Z') }));
	afterEach(() => jest.useRealTimers());

	it('ends a look as well, but for the last one, which goes first and has ten seconds', async () => {
		const urgencies: Array<Urgency | undefined> = [];
		const connection = timed([{ status: 'processing' }]);
		const { send } = connection;
		connection.send = async (request, urgency) => {
			urgencies.push(urgency);
			return await send(request);
		};
		const deadline = Date.now() + MINUTE;
		await polled(connection, 1);
		expect(urgencies.length).toBeGreaterThan(2);
		expect(urgencies.pop()).toEqual({ urgent: true, deadline: deadline + 10_000 });
		for (const urgency of urgencies) expect(urgency).toEqual({ deadline });
	});

	it('is followed by one more look, where a look that it ended came to nothing', async () => {
		const connection = timed((_, count) => {
			if (count > 1) return { status: 'processing' };
			jest.advanceTimersByTime(MINUTE);
			return new Failure('ComplyCube did not answer in time');
		});
		const { message } = (await polled(connection, 1)) as Failure;
		expect(message).toBe("The session is still 'processing' after a wait of 1 min");
		expect(connection.requests).toEqual([LOOK, LOOK]);
	});

	it('is told as it is, where that look comes to nothing either', async () => {
		const connection = timed(() => {
			jest.advanceTimersByTime(MINUTE);
			return new Failure('ComplyCube did not answer in time');
		});
		const { message } = (await polled(connection, 1)) as Failure;
		expect(message).toBe(
			"The session was 'processing' when its outcome could no longer be read. ComplyCube did not answer in time",
		);
		expect(connection.requests).toEqual([LOOK, LOOK]);
	});
});

it('says where an object stands whose status nobody told', async () => {
	const failure = (await polled(fakeConnection([new Failure('No')]), 1, {})) as Failure;
	expect(failure.message).toBe(
		'The session was without a status when its outcome could no longer be read. No',
	);
	expect(failure.details.description).toBe('Use Get to look again; nothing needs to be repeated.');
});
