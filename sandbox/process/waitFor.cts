import { setTimeout as sleep } from 'node:timers/promises';

const POLL_INTERVAL_MS = 100;

/**
 * Looks for something again and again until it is there.
 *
 * @param look Returns what it found, or something falsy if it has to be asked again. What it throws ends the wait
 * @param timeoutMs How long to wait at most, in milliseconds
 * @returns What was found; undefined if the time ran out
 */
export async function waitFor<Found>(
	look: () => Found | Promise<Found>,
	timeoutMs = 15_000,
): Promise<Found | undefined> {
	const deadline = Date.now() + timeoutMs;
	for (;;) {
		const found = await look();
		if (found) return found;
		if (Date.now() >= deadline) return undefined;
		await sleep(POLL_INTERVAL_MS);
	}
}
