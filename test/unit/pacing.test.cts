import { spacingFor } from '../../nodes/ComplyCube/transport/pace';
import { Lane, laneOf, pause } from '../../nodes/ComplyCube/transport/pacing';

beforeEach(() => jest.useFakeTimers({ now: 1_000_000 }));
afterEach(() => jest.useRealTimers());

/** Asks for `count` turns at once and notes when each may start, in ms from now. */
function turns(lane: Lane, count: number, spacing: number, signal?: AbortSignal) {
	const begin = Date.now();
	const starts: Array<number | 'cancelled'> = [];
	for (let i = 0; i < count; i++) {
		void lane
			.turn(spacing, { signal })
			.then((may) => starts.push(may ? Date.now() - begin : 'cancelled'));
	}
	return starts;
}

describe('Lane', () => {
	it('does not make a lone request wait', async () => {
		const lane = new Lane();
		const starts = turns(lane, 1, 200);
		await jest.advanceTimersByTimeAsync(0);
		expect(starts).toEqual([0]);
		await jest.advanceTimersByTimeAsync(300);
		expect(await lane.turn(200)).toBe(true);
	});

	it('spaces the starts of many evenly, whoever asks, but for the first after a rest', async () => {
		const lane = new Lane();
		const first = turns(lane, 3, 200);
		const second = turns(lane, 3, 200);
		await jest.advanceTimersByTimeAsync(1_200);
		expect(first).toEqual([0, 300, 500]);
		expect(second).toEqual([700, 900, 1_100]);
	});

	it('does not catch up after a rest', async () => {
		const lane = new Lane();
		turns(lane, 1, 100);
		await jest.advanceTimersByTimeAsync(10_000);
		const starts = turns(lane, 3, 100);
		await jest.advanceTimersByTimeAsync(500);
		expect(starts).toEqual([0, 150, 250]);
	});

	it('makes up for timers that come late', async () => {
		const { setTimeout } = globalThis;
		const late = (then: () => void, ms = 0) => setTimeout(then, ms + 4);
		const spy = jest.spyOn(globalThis, 'setTimeout').mockImplementation(late as typeof setTimeout);
		const starts = turns(new Lane(), 21, 100);
		await jest.advanceTimersByTimeAsync(3_000);
		spy.mockRestore();
		expect(starts.at(-1)).toBeLessThan(2_060);
		const gaps = starts.slice(1).map((start, i) => Number(start) - Number(starts[i]));
		expect(Math.min(...gaps)).toBeGreaterThanOrEqual(90);
	});

	it('starts thousands per second if nobody sets a limit', async () => {
		const lane = new Lane();
		const starts = turns(lane, 1_000, 0.01);
		await jest.advanceTimersByTimeAsync(50);
		expect(starts).toHaveLength(1_000);
	});

	it('holds everybody back, then goes on evenly', async () => {
		const lane = new Lane();
		const starts = turns(lane, 4, 100);
		await jest.advanceTimersByTimeAsync(150);
		lane.hold(5_000);
		await jest.advanceTimersByTimeAsync(6_000);
		expect(starts).toEqual([0, 150, 5_150, 5_300]);
	});

	it('lets a refused request go before those that have not been sent yet', async () => {
		const lane = new Lane();
		const order: string[] = [];
		void lane.turn(100).then(() => order.push('first'));
		void lane.turn(100).then(() => order.push('second'));
		void lane.turn(100, { urgent: true }).then(() => order.push('again'));
		await jest.advanceTimersByTimeAsync(400);
		expect(order).toEqual(['first', 'again', 'second']);
	});

	it('takes urgent requests in the order in which they came, before all others', async () => {
		const lane = new Lane();
		const order: string[] = [];
		const turn = (name: string, urgent = false) =>
			void lane.turn(100, { urgent }).then(() => order.push(name));
		lane.hold(100);
		turn('a');
		turn('urgent 1', true);
		turn('b');
		turn('urgent 2', true);
		turn('urgent 3', true);
		await jest.advanceTimersByTimeAsync(260);
		turn('urgent 4', true);
		await jest.advanceTimersByTimeAsync(1_000);
		expect(order).toEqual(['urgent 1', 'urgent 2', 'urgent 3', 'urgent 4', 'a', 'b']);
	});

	it('lets a request go that nobody waits for any more, and others do not wait for it', async () => {
		const lane = new Lane();
		const begin = Date.now();
		const ends: Array<[string, boolean, number]> = [];
		const turn = (name: string, deadline?: number) =>
			void lane
				.turn(100, { deadline: deadline && begin + deadline })
				.then((may) => ends.push([name, may, Date.now() - begin]));
		lane.hold(3_000);
		turn('patient');
		turn('hasty', 1_000);
		turn('in time', 10_000);
		await jest.advanceTimersByTimeAsync(5_000);
		expect(ends).toEqual([
			['hasty', false, expect.any(Number)],
			['patient', true, 3_000],
			['in time', true, 3_150],
		]);
		expect(ends[0][2]).toBeGreaterThanOrEqual(1_000);
		expect(ends[0][2]).toBeLessThanOrEqual(1_500);
	});

	it('starts nothing whose deadline has passed, and what is in time at once', async () => {
		const lane = new Lane();
		expect(await lane.turn(100, { deadline: Date.now() - 1 })).toBe(false);
		expect(await lane.turn(100, { deadline: Date.now() })).toBe(false);
		expect(await lane.turn(100, { deadline: Date.now() + 1 })).toBe(true);
	});

	it('does not make somebody with a clock in hand wait behind hundreds', async () => {
		const lane = new Lane();
		turns(lane, 500, 200);
		await jest.advanceTimersByTimeAsync(1_000);
		const begin = Date.now();
		let waited: number | undefined;
		void lane
			.turn(200, { urgent: true, deadline: begin + 1_000 })
			.then((may) => (waited = may ? Date.now() - begin : Infinity));
		await jest.advanceTimersByTimeAsync(1_000);
		expect(waited).toBeLessThanOrEqual(300);
	});

	it('lets a cancelled request go within half a second, and nobody waits for it', async () => {
		const lane = new Lane();
		const { signal, abort } = (() => {
			const controller = new AbortController();
			return { signal: controller.signal, abort: () => controller.abort() };
		})();
		lane.hold(60_000);
		const cancelled = turns(lane, 2, 100, signal);
		const others = turns(lane, 2, 100);
		await jest.advanceTimersByTimeAsync(1_000);
		abort();
		await jest.advanceTimersByTimeAsync(500);
		expect(cancelled).toEqual(['cancelled', 'cancelled']);
		await jest.advanceTimersByTimeAsync(60_000);
		expect(others).toEqual([60_000, 60_150]);
	});

	it('knows for how long the key has been refused without a break', async () => {
		const lane = new Lane();
		expect(lane.noteRefusal(Date.now(), 100)).toBe(0);
		await jest.advanceTimersByTimeAsync(3_000);
		expect(lane.noteRefusal(Date.now(), 100)).toBe(3_000);
		lane.noteAcceptance();
		expect(lane.noteRefusal(Date.now(), 100)).toBe(0);
	});
});

describe('laneOf', () => {
	it('shares one lane per key and drops idle ones', async () => {
		const lane = laneOf('test_a');
		expect(laneOf('test_a')).toBe(lane);
		expect(laneOf('test_b')).not.toBe(lane);
		await jest.advanceTimersByTimeAsync(61_000);
		expect(laneOf('test_a')).not.toBe(lane);
	});

	it('keeps a lane that is held back', async () => {
		const lane = laneOf('test_held');
		lane.hold(90_000);
		await jest.advanceTimersByTimeAsync(100_000);
		expect(laneOf('test_held')).toBe(lane);
	});
});

describe('spacingFor', () => {
	it.each([
		['test_key', 0, 206],
		['live_key', 0, 103],
		['unknown', 0, 103],
		['test_key', undefined, 206],
		['test_key', '', 206],
		['test_key', -1, 206],
		['live_key', 2, 515],
	])('of %p with %p requests per second is %p ms', (apiKey, own, ms) => {
		expect(spacingFor(apiKey, own)).toBeCloseTo(ms);
	});
});

describe('pause', () => {
	it('ends within 250 ms of a cancel', async () => {
		const controller = new AbortController();
		let passed: boolean | undefined;
		void pause(30_000, controller.signal).then((whole) => (passed = whole));
		await jest.advanceTimersByTimeAsync(10_000);
		expect(passed).toBeUndefined();
		controller.abort();
		await jest.advanceTimersByTimeAsync(250);
		expect(passed).toBe(false);
	});

	it('lasts as long as asked', async () => {
		let passed: boolean | undefined;
		void pause(1_100).then((whole) => (passed = whole));
		await jest.advanceTimersByTimeAsync(1_099);
		expect(passed).toBeUndefined();
		await jest.advanceTimersByTimeAsync(1);
		expect(passed).toBe(true);
	});
});

describe('a start that comes late', () => {
	/** When a third request starts, in ms, if the second comes so late after its place at 150. */
	const third = async (late: number) => {
		const lane = new Lane();
		const begin = Date.now();
		await lane.turn(100);
		await jest.advanceTimersByTimeAsync(150 + late);
		await lane.turn(100);
		let at = 0;
		void lane.turn(100).then(() => (at = Date.now() - begin));
		await jest.advanceTimersByTimeAsync(500);
		return at;
	};

	it('by little does not push back those after it', async () => {
		expect(await third(0)).toBe(250);
		expect(await third(9)).toBe(250);
	});

	it('by more than a timer may be late keeps its whole distance: it was not waiting', async () => {
		expect(await third(50)).toBe(300);
		expect(await third(99)).toBe(349);
	});
});
