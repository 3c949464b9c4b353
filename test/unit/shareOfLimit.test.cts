import { ShareOfLimit } from '../../nodes/ComplyCube/transport/shareOfLimit';

beforeEach(() => jest.useFakeTimers({ now: 1_000_000 }));
afterEach(() => jest.useRealTimers());

/** Of a live key: ten requests per second. */
const SPACING = 100;

/** A share after three seconds in which so many requests per second were let through. */
function shareAfter(perSecond: number): ShareOfLimit {
	const share = new ShareOfLimit();
	for (let count = 0; count < 3 * perSecond; count++) {
		jest.advanceTimersByTime(1_000 / perSecond);
		share.noteAcceptance();
	}
	return share;
}

const refuse = (share: ShareOfLimit) => share.noteRefusal(Date.now(), SPACING);

it('uses the whole limit until something is refused', () => {
	const share = shareAfter(10);
	jest.advanceTimersByTime(60_000);
	expect(share.current).toBe(1);
});

it('hardly shrinks if the process has the key to itself', () => {
	const share = shareAfter(8);
	refuse(share);
	expect(share.current).toBeCloseTo(0.98);
});

it('makes room for whoever else uses the key', () => {
	const share = shareAfter(6);
	refuse(share);
	expect(share.current).toBeCloseTo(0.85);
});

it('does not take the first refusals of a process that has just begun for those of others', () => {
	const share = new ShareOfLimit();
	refuse(share);
	expect(share.current).toBeCloseTo(0.98);
	for (let count = 0; count < 5; count++) {
		jest.advanceTimersByTime(100);
		share.noteAcceptance();
	}
	refuse(share);
	expect(share.current).toBeGreaterThan(0.96);
});

it('makes room within a second if every other request of a process that has just begun is refused', () => {
	const share = new ShareOfLimit();
	for (let count = 0; count < 5; count++) {
		jest.advanceTimersByTime(100);
		share.noteAcceptance();
		jest.advanceTimersByTime(100);
		refuse(share);
	}
	expect(share.current).toBeLessThan(0.7);
});

it('only counts what was let through in the two seconds before', () => {
	const share = shareAfter(10);
	jest.advanceTimersByTime(1_500);
	refuse(share);
	expect(share.current).toBeCloseTo(0.85);
});

it('takes the refusals of what was under way together for one', () => {
	const share = shareAfter(2);
	const startedAt = Date.now();
	jest.advanceTimersByTime(50);
	refuse(share);
	share.noteRefusal(startedAt, SPACING);
	share.noteRefusal(startedAt + 50, SPACING);
	expect(share.current).toBeCloseTo(0.85);
	jest.advanceTimersByTime(1);
	refuse(share);
	expect(share.current).toBeCloseTo(0.7225);
});

it('climbs back a little each second, to the limit and no further', () => {
	const share = shareAfter(2);
	refuse(share);
	const shares = [1, 2, 3].map(() => {
		jest.advanceTimersByTime(1_000);
		return share.current;
	});
	expect(shares[0]).toBeCloseTo(0.863, 3);
	expect(shares[2]).toBeCloseTo(0.889, 3);
	jest.advanceTimersByTime(60_000);
	expect(share.current).toBe(1);
});

it('always leaves a request to find out, and recovers from that as well', () => {
	const share = shareAfter(2);
	for (let count = 0; count < 100; count++) {
		jest.advanceTimersByTime(10);
		refuse(share);
	}
	expect(share.current).toBeCloseTo(0.02);
	jest.advanceTimersByTime(10_000);
	expect(share.current).toBeCloseTo(0.04);
});
