import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Waits until something is so.
 *
 * @param holds Asked again and again
 * @param timeoutMs How long to wait at most, in milliseconds
 * @returns Whether it came to be so
 */
export async function waitFor(
	holds: () => boolean | Promise<boolean>,
	timeoutMs = 15_000,
): Promise<boolean> {
	const deadline = Date.now() + timeoutMs;
	while (Date.now() < deadline) {
		if (await holds()) return true;
		await sleep(100);
	}
	return false;
}
