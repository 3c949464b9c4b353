import { randomBytes } from 'node:crypto';
import { CALLS, LAST_CALLS } from './calls/index.cts';
import type { Call, Known } from './calls/call.cts';
import { compare, type Difference, type Outcome } from './compare.cts';
import { Inventory, removeAll, type Removal } from './removal.cts';
import { openSide, type Attempt, type Service, type Side } from './side.cts';

/** What both sides did with a call. */
export interface Comparison {
	call: Call;
	simulator: Attempt;
	service: Attempt;
	differences: Difference[];
}

export interface VerificationOptions {
	simulator: Service;
	service: Service;
	/** Stops making calls; what was made is removed nevertheless */
	signal: AbortSignal;
	onCall?: (call: Call) => void;
	/** Called in any case, before anything is thrown */
	onRemoval: (removal: Removal) => void;
}

type Sides = Record<'simulator' | 'service', Side>;

export const isOutcome = (attempt: Attempt): attempt is Outcome => 'exchanges' in attempt;

async function compareCalls(
	calls: Call[],
	sides: Sides,
	{ signal, onCall }: VerificationOptions,
): Promise<Comparison[]> {
	const aborted = new Promise<never>((_, reject) => {
		signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
	});
	const comparisons: Comparison[] = [];
	for (const call of calls) {
		signal.throwIfAborted();
		onCall?.(call);
		const attempts = [sides.simulator, sides.service].map((side) => side.attempt(call, signal));
		const [simulator, service] = await Promise.race([Promise.all(attempts), aborted]);
		const areBothMade = isOutcome(simulator) && isOutcome(service);
		const differences = areBothMade ? compare(simulator, service, call) : [];
		comparisons.push({ call, simulator, service, differences });
	}
	return comparisons;
}

/**
 * Makes all calls on both sides, and compares what came back. Everything is removed that was made at the service.
 *
 * @returns A comparison for each call
 * @throws The signal's reason once it is aborted
 */
export async function verify(options: VerificationOptions): Promise<Comparison[]> {
	const { service, onRemoval } = options;
	const known: Known = { run: `verify${randomBytes(6).toString('hex')}` };
	const inventory = new Inventory();
	const open = async (one: Service, note: Inventory['note']): Promise<Side> =>
		await openSide({ ...one, known: { ...one.known, ...known } }, note);
	const openBoth = async (): Promise<Sides> => ({
		simulator: await open(options.simulator, () => {}),
		service: await open(service, (exchange) => inventory.note(exchange)),
	});
	const close = async (sides: Sides): Promise<void> => {
		await Promise.all([sides.simulator.close(), sides.service.close()]);
	};

	const sides = await openBoth();
	let comparisons: Comparison[];
	try {
		comparisons = await compareCalls(CALLS, sides, options);
	} finally {
		await sides.service.drain();
		onRemoval(await removeAll(service, inventory, known));
		await close(sides);
	}
	const lastSides = await openBoth();
	try {
		return [...comparisons, ...(await compareCalls(LAST_CALLS, lastSides, options))];
	} finally {
		await close(lastSides);
	}
}
