import { TimeLimits } from '../../nodes/ComplyCube/transport/timeLimits';

beforeEach(() => jest.useFakeTimers({ now: 1_000_000 }));
afterEach(() => jest.useRealTimers());

/** Sets limits at once, and notes which ended when, in ms from now. */
function limitsOf(...lengths: number[]) {
	const limits = new TimeLimits();
	const begin = Date.now();
	const ended: Array<[length: number, at: number]> = [];
	const remove = lengths.map((ms) => limits.set(ms, () => ended.push([ms, Date.now() - begin])));
	return { limits, ended, remove };
}

it('end in time, each once, in whatever order they were set', async () => {
	const { ended } = limitsOf(1_000, 300, 0, 620, 60_000);
	await jest.advanceTimersByTimeAsync(100_000);
	expect(ended.map(([ms]) => ms)).toEqual([0, 300, 620, 1_000, 60_000]);
	for (const [ms, at] of ended) {
		expect(at).toBeGreaterThanOrEqual(ms);
		expect(at).toBeLessThanOrEqual(ms + 250);
	}
});

it('end a quarter of a second late at the most if another was set before', async () => {
	const { limits } = limitsOf(60_000);
	await jest.advanceTimersByTimeAsync(10);
	const begin = Date.now();
	let at = 0;
	limits.set(20, () => (at = Date.now() - begin));
	await jest.advanceTimersByTimeAsync(1_000);
	expect(at).toBeGreaterThanOrEqual(20);
	expect(at).toBeLessThanOrEqual(250);
});

it('do nothing once they are taken away, and leave no timer behind', async () => {
	const { ended, remove } = limitsOf(500, 700);
	await jest.advanceTimersByTimeAsync(400);
	remove[0]();
	await jest.advanceTimersByTimeAsync(200);
	remove[1]();
	await jest.advanceTimersByTimeAsync(250);
	expect(jest.getTimerCount()).toBe(0);
	await jest.advanceTimersByTimeAsync(10_000);
	expect(ended).toEqual([]);
});

it('can be set again after all have ended', async () => {
	const { limits, ended } = limitsOf(100);
	await jest.advanceTimersByTimeAsync(5_000);
	limits.set(100, () => ended.push([0, 0]));
	await jest.advanceTimersByTimeAsync(1_000);
	expect(ended).toEqual([
		[100, 100],
		[0, 0],
	]);
});

it('do not end because the machine is set to another time', async () => {
	const { ended } = limitsOf(1_000);
	jest.setSystemTime(Date.now() + 3_600_000);
	await jest.advanceTimersByTimeAsync(900);
	expect(ended).toEqual([]);
	await jest.advanceTimersByTimeAsync(100);
	expect(ended).toHaveLength(1);
});
