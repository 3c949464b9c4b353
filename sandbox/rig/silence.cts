import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Keeps asking n8n whether it is there until something is done.
 *
 * @param url Address of the editor, without a slash at the end
 * @param done What to wait for; it may fail
 * @returns The longest wait for a reply, in ms
 */
export async function measureLongestSilence(url: string, done: Promise<unknown>): Promise<number> {
	let longest = 0;
	let isDone = false;
	const noteEnd = () => {
		isDone = true;
	};
	done.then(noteEnd, noteEnd);
	while (!isDone) {
		const start = performance.now();
		// n8n closes idle connections after a few seconds, possibly while the next request is on its way
		await fetch(`${url}/healthz`, { headers: { connection: 'close' } });
		longest = Math.max(longest, performance.now() - start);
		await sleep(100);
	}
	return longest;
}
