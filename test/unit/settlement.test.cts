import { Failure } from '../../nodes/ComplyCube/transport/failure';
import { settleDoubt } from '../../nodes/ComplyCube/pipeline/settlement';
import { fakeConnection } from './fakeConnection.cts';

const SETTLEMENT = {
	object: 'session',
	pastParticiple: 'completed',
	getPath: '/workflowSessions/:workflowSessionId',
	notYet: ['started'],
	tooLate: ['abandoned', 'cancelled'],
};
const PATH = '/workflowSessions/5eb2b61e02df0a0008f1cf2a';
const LOOK = { method: 'GET', path: PATH };
const DOUBT = new Failure(
	'ComplyCube did not answer in time',
	{ httpCode: 'ECONNABORTED', description: 'Run the workflow again in a few minutes.' },
	true,
	{ cause: 'temporarily-unavailable' },
);

const settled = async (connection: ReturnType<typeof fakeConnection>, doubt = DOUBT) =>
	await settleDoubt(connection, SETTLEMENT, PATH, doubt, false);

describe('settle', () => {
	it.each(['processing', 'complete', 'a status of the future'])(
		'takes the POST for accepted when the first look shows %p',
		async (status) => {
			const session = { id: '1', status };
			const connection = fakeConnection([session]);
			expect(await settled(connection)).toBe(session);
			expect(connection.requests).toEqual([LOOK]);
			expect(connection.pauses).toEqual([500]);
		},
	);

	it.each([
		[2, [500, 1_500]],
		[3, [500, 1_500, 3_000]],
	])('takes it for accepted when only look %p shows it', async (look, pauses) => {
		const connection = fakeConnection((_, count) => ({
			status: count < look ? 'started' : 'processing',
		}));
		expect(await settled(connection)).toEqual({ status: 'processing' });
		expect(connection.requests).toEqual(pauses.map(() => LOOK));
		expect(connection.pauses).toEqual(pauses);
	});

	it('says that nothing has changed after three looks, and that running again is safe', async () => {
		const connection = fakeConnection([{ status: 'started' }]);
		const failure = (await settled(connection)) as Failure;
		expect(failure).toBeInstanceOf(Failure);
		expect(failure.message).toBe(`The session was not completed. ${DOUBT.message}`);
		expect(failure.details).toEqual({
			httpCode: 'ECONNABORTED',
			status: 'started',
			description: expect.stringContaining('safe to run this item again'),
		});
		// What is known now is no doubt any more, so that nothing looks a second time
		expect(failure.doubtful).toBe(false);
		expect(connection.pauses).toEqual([500, 1_500, 3_000]);
		expect(connection.requests).toHaveLength(3);
	});

	it.each(['abandoned', 'cancelled'])(
		'says at once that it is too late when the session is %p',
		async (status) => {
			const connection = fakeConnection([{ status: 'started' }, { status }]);
			const failure = (await settled(connection)) as Failure;
			expect(failure.message).toBe(
				`The session was not completed, it is '${status}'. ${DOUBT.message}`,
			);
			expect(failure.details).toMatchObject({
				status,
				httpCode: 'ECONNABORTED',
				description: expect.stringContaining('can no longer be completed'),
			});
			expect(failure.details.description).not.toContain('again');
			expect(connection.requests).toHaveLength(2);
		},
	);

	it.each([
		['fails', new Failure('No', { httpCode: '503' })],
		['has no status', { id: '1' }],
		['has a status that is no text', { status: 3 }],
		['has an empty body', {}],
	])('does not claim to know when a look %s', async (_, reply) => {
		for (const looks of [[reply], [{ status: 'started' }, reply]]) {
			const connection = fakeConnection(looks);
			const failure = (await settled(connection)) as Failure;
			expect(failure).toBeInstanceOf(Failure);
			expect(failure.message).toBe(
				`It is not known whether the session was completed. ${DOUBT.message}`,
			);
			expect(failure.details.description).toContain('before you run this item again');
			expect(failure.details).not.toHaveProperty('status');
			// How the POST ended matters, not how the look did
			expect(failure.details.httpCode).toBe('ECONNABORTED');
			expect(connection.requests).toHaveLength(looks.length);
		}
	});

	it('never sends anything but looks', async () => {
		for (const status of ['started', 'processing', 'cancelled', undefined]) {
			const connection = fakeConnection([{ status }]);
			await settled(connection);
			for (const request of connection.requests) expect(request).toEqual(LOOK);
		}
	});

	it('blames nobody and ends no sentence twice', async () => {
		const replies = [{ status: 'started' }, { status: 'cancelled' }, {}];
		const doubts = [DOUBT, new Failure('ComplyCube could not answer: Try again.', DOUBT.details)];
		for (const reply of replies) {
			for (const doubt of doubts) {
				const { message, details } = (await settled(fakeConnection([reply]), doubt)) as Failure;
				const text = `${message} ${details.description}`;
				expect(text).not.toMatch(/error|problem|failure|mistake/i);
				expect(text).not.toMatch(/[.:;,!?]{2}|undefined/);
			}
		}
	});
});

it('an accepted request that shows no effect is neither called done nor safe to repeat', async () => {
	const outcome = settleDoubt(
		fakeConnection(() => ({ status: 'started' })),
		SETTLEMENT,
		PATH,
		new Failure('It said nothing', {}, true),
		true,
	);
	expect((await outcome) as Failure).toMatchObject({
		message: 'It is not known whether the session was completed. It said nothing',
		details: { status: 'started', description: expect.stringContaining('before you run') },
	});
});

it('says that nothing is known yet if the execution is cancelled before the look', async () => {
	const connection = fakeConnection(() => ({ status: 'processing' }));
	connection.pause = async () => false;
	const outcome = await settled(connection);
	expect((outcome as Failure).message).toMatch(
		/^The execution was canceled before it was known whether the session was completed\. /,
	);
	expect(connection.requests).toEqual([]);
});

it('says what to do before the item is run again if the execution is cancelled', async () => {
	const connection = fakeConnection([], { onPause: () => false });
	const { details } = (await settled(connection)) as Failure;
	expect(details.description).toContain('before you run this item again');
	expect(details.description).not.toContain('safe');
});
