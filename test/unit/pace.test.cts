import { Pace } from '../../nodes/ComplyCube/transport/pace';

beforeEach(() => jest.useFakeTimers({ now: 1_000_000 }));
afterEach(() => jest.useRealTimers());

/** Of a live key: ten requests per second. */
const SPACING = 100;

/** A pace after two seconds in which so many requests per second were let through. */
function paceAfter(perSecond: number): Pace {
	const pace = new Pace();
	for (let count = 0; count < 2 * perSecond; count++) {
		jest.advanceTimersByTime(1_000 / perSecond);
		pace.noteAcceptance();
	}
	return pace;
}

const refuse = (pace: Pace) => pace.noteRefusal(Date.now(), SPACING);

it('uses the whole limit until something is refused', () => {
	const pace = paceAfter(10);
	jest.advanceTimersByTime(60_000);
	expect(pace.current).toBe(1);
});

it('hardly slows down if it has the key to itself', () => {
	const pace = paceAfter(8);
	refuse(pace);
	expect(pace.current).toBeCloseTo(0.98);
});

it('makes room for whoever else uses the key', () => {
	const pace = paceAfter(6);
	refuse(pace);
	expect(pace.current).toBeCloseTo(0.8);
});

it('only counts what was let through in the two seconds before', () => {
	const pace = paceAfter(10);
	jest.advanceTimersByTime(1_500);
	refuse(pace);
	expect(pace.current).toBeCloseTo(0.8);
});

it('takes the refusals of what was under way together for one', () => {
	const pace = paceAfter(2);
	const startedAt = Date.now();
	jest.advanceTimersByTime(50);
	refuse(pace);
	pace.noteRefusal(startedAt, SPACING);
	pace.noteRefusal(startedAt + 50, SPACING);
	expect(pace.current).toBeCloseTo(0.8);
	jest.advanceTimersByTime(1);
	refuse(pace);
	expect(pace.current).toBeCloseTo(0.64);
});

it('climbs back by a fiftieth of itself each second, to the limit and no further', () => {
	const pace = paceAfter(2);
	refuse(pace);
	const shares = [1, 2, 3].map(() => {
		jest.advanceTimersByTime(1_000);
		return pace.current;
	});
	expect(shares[0]).toBeCloseTo(0.816);
	expect(shares[2]).toBeCloseTo(0.849, 3);
	jest.advanceTimersByTime(60_000);
	expect(pace.current).toBe(1);
});

it('always leaves a request to find out, and recovers from that as well', () => {
	const pace = paceAfter(2);
	for (let count = 0; count < 100; count++) {
		jest.advanceTimersByTime(10);
		refuse(pace);
	}
	expect(pace.current).toBeCloseTo(0.02);
	jest.advanceTimersByTime(10_000);
	expect(pace.current).toBeCloseTo(0.04);
});
