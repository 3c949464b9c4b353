import { CALLS, LAST_CALLS } from '../../live/calls/index.cts';
import type { Removal } from '../../live/removal.cts';
import { differenceRows, unmade } from '../../live/report.cts';
import { startSimulated, type Simulated } from '../../live/simulated.cts';
import { isOutcome, verify, type VerificationOptions } from '../../live/verification.cts';

let simulator: Simulated;
let standIn: Simulated;
let removals: Removal[];
let options: VerificationOptions;

beforeEach(async () => {
	[simulator, standIn] = [await startSimulated(0), await startSimulated(1)];
	removals = [];
	options = {
		simulator,
		service: standIn,
		signal: new AbortController().signal,
		onRemoval: (removal) => removals.push(removal),
	};
});
afterEach(async () => {
	await Promise.all([simulator.close(), standIn.close()]);
});

/** How many objects there are at the stand-in. */
async function countAt(path: string): Promise<number> {
	const { url, apiKey } = standIn;
	const reply = await fetch(url + path, { headers: { authorization: apiKey } });
	return ((await reply.json()) as { totalItems: number }).totalItems;
}

test('finds no difference between two simulators, makes every call and leaves nothing behind', async () => {
	const comparisons = await verify(options);
	expect(differenceRows(comparisons)).toEqual([]);
	expect(unmade(comparisons)).toEqual([]);
	expect(comparisons.map(({ call }) => call)).toEqual([...CALLS, ...LAST_CALLS]);

	const failures = comparisons.filter(
		({ service }) => isOutcome(service) && service.node?.startsWith('failed'),
	);
	expect(failures.map(({ call }) => call.name)).toEqual([]);
	expect(removals).toEqual([{ removed: 2, left: [] }]);
	// The last call has used up the limit of this second
	await new Promise((resolve) => setTimeout(resolve, 1_100));
	expect([await countAt('/clients'), await countAt('/webhooks')]).toEqual([0, 0]);
});

test('removes what it made when it is interrupted', async () => {
	const interrupt = new AbortController();
	const verification = verify({
		...options,
		signal: interrupt.signal,
		onCall: ({ name }) => {
			if (name === 'Live Photo: Upload') interrupt.abort(new Error('Interrupted'));
		},
	});
	await expect(verification).rejects.toThrow('Interrupted');
	expect(removals).toEqual([{ removed: expect.any(Number) as number, left: [] }]);
	// Two clients, a document and an address at least
	expect(removals[0].removed).toBeGreaterThanOrEqual(4);
	expect(await countAt('/clients')).toBe(0);
});
