import { CALLS, LAST_CALLS } from '../../live/calls/index.cts';
import { settle } from '../../live/openPoints.cts';
import { startProxy } from '../../live/proxy.cts';
import type { Removal } from '../../live/removal.cts';
import { differenceRows, report, unmade } from '../../live/report.cts';
import { startSimulated } from '../../live/simulated.cts';
import { verify, type Comparison } from '../../live/verification.cts';
import { deviate, DEVIATIONS } from './deviations.cts';

const removals: Removal[] = [];
let comparisons: Comparison[];

// All at once: each concerns other calls
beforeAll(async () => {
	const [simulator, standIn] = [await startSimulated(0), await startSimulated(1)];
	const deviating = await startProxy(standIn.url, deviate);
	try {
		comparisons = await verify({
			simulator,
			service: { ...standIn, url: deviating.url },
			signal: new AbortController().signal,
			onRemoval: (removal) => removals.push(removal),
		});
	} finally {
		await Promise.all([deviating.close(), simulator.close(), standIn.close()]);
	}
}, 60_000);

test('there are twenty deviations', () => expect(DEVIATIONS).toHaveLength(20));

test.each(DEVIATIONS)('finds $name', ({ rows }) => {
	expect(differenceRows(comparisons)).toEqual(expect.arrayContaining(rows));
});

test('finds nothing else', () => {
	const expected = DEVIATIONS.flatMap(({ rows }) => rows);
	expect(differenceRows(comparisons).sort()).toEqual(expected.sort());
	expect(unmade(comparisons)).toEqual([]);
});

test('removes everything nevertheless', () => {
	expect(removals).toEqual([{ removed: 2, left: [] }]);
});

test('writes a table of them, and what they settle', () => {
	const points = settle(comparisons);
	expect(points).toContainEqual({ point: 'Error body of 403', answer: '403 forbidden: No' });
	const text = report('Service', comparisons, points);
	const [calls, rows] = [[...CALLS, ...LAST_CALLS], DEVIATIONS.flatMap((one) => one.rows)];
	expect(text).toContain(`### ${calls.length} calls, ${rows.length} differences`);
	expect(text).toMatch(/^\| Account: Get +\| remainingCredit +\| number +\| text +\|$/m);
	expect(text).toMatch(/^\| Error body of 403 +\| 403 forbidden: No +\|$/m);
});
