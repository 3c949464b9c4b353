import { laneOf } from '../../nodes/ComplyCube/transport/pacing';
import { retryAfter } from '../../nodes/ComplyCube/transport/retry';
import { resultOf } from '../../nodes/ComplyCube/transport/failureTable';
import { pathSegment } from '../../nodes/ComplyCube/transport/pathSegment';
import { Failure } from '../../nodes/ComplyCube/transport/failure';

const MINUTE = 60_000;

beforeEach(() => jest.useFakeTimers({ now: Date.parse('2026-01-01T00:00:00Z') }));
afterEach(() => jest.useRealTimers());

it.each(['Infinity', '-Infinity', '1e400', 'NaN', 'soon', ['7'], 7, null])(
	'a Retry-After of %p says nothing',
	(header) => {
		expect(retryAfter(header)).toBeUndefined();
	},
);

it.each([86_400_000, 1e33, Date.parse('2099-01-01') - Date.parse('2026-01-01')])(
	'a hold of %p ms ends after two minutes, and the lane is dropped in the end',
	async (ms) => {
		const key = `test_${ms}`;
		const lane = laneOf(key);
		lane.hold(ms);
		expect(lane.askedFor).toBe(ms);
		const turn = lane.turn(100);
		await jest.advanceTimersByTimeAsync(2 * MINUTE + 1_000);
		expect(await turn).toBe(true);
		expect(lane.askedFor).toBe(0);
		await jest.advanceTimersByTimeAsync(2 * MINUTE);
		expect(laneOf(key)).not.toBe(lane);
	},
);

it('a 408 is in doubt: ComplyCube may have the request', () => {
	const result = resultOf({ status: 408, headers: {}, body: '' }, 'POST', '');
	expect((result as Failure).doubtful).toBe(true);
});

it('an ID has a length limit and no invisible characters', () => {
	expect(pathSegment('a'.repeat(256), 'clientId')).toBe('a'.repeat(256));
	for (const id of ['a'.repeat(257), 'a\u202Eb', '\u2066a', 'a\u200Bb']) {
		expect(pathSegment(id, 'clientId')).toBeInstanceOf(Failure);
	}
});

it('a sentence of a reply turns no direction and breaks no line', () => {
	const body = { type: 'x', message: 'not \u202Efound\u2066\n\u0007 here' };
	const result = resultOf({ status: 404, headers: {}, body }, 'GET', '');
	expect((result as Failure).message).toBe('not found here');
});
