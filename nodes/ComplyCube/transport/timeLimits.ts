import { sleep } from 'n8n-workflow';

/** How often the clock looks at the limits, in ms. */
const SLICE_MS = 250;

/**
 * Limits of time. One clock looks at all of them, because a timer for each would cost every item a hundredth more. It is a steady
 * one, so that setting the machine's time ends no request.
 */
export class TimeLimits {
	/** What to do at the end of each, and when that is, in ms of `performance.now()` */
	private readonly ends = new Map<() => void, number>();

	private isRunning = false;

	/**
	 * Sets a limit.
	 *
	 * @param ms how long from now, in milliseconds
	 * @param end what to do then; it may come a quarter of a second late
	 * @returns takes the limit away
	 */
	set(ms: number, end: () => void): () => void {
		this.ends.set(end, performance.now() + ms);
		void this.run();
		return () => this.ends.delete(end);
	}

	private async run(): Promise<void> {
		if (this.isRunning) return;
		this.isRunning = true;
		while (this.ends.size > 0) {
			let wait = SLICE_MS;
			const now = performance.now();
			for (const [end, at] of this.ends) {
				wait = Math.min(wait, at - now);
				if (at > now) continue;
				this.ends.delete(end);
				end();
			}
			await sleep(Math.max(wait, 1));
		}
		this.isRunning = false;
	}
}
