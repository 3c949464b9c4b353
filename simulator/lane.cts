/** Runs a limited number of tasks at a time; the others wait for their turn. */
export class Lane {
	private readonly waiting: Array<() => void> = [];
	private running = 0;

	/** @param width How many may run at once. */
	async run(width: number, task: () => Promise<void>): Promise<void> {
		if (this.running >= width) await new Promise<void>((resolve) => this.waiting.push(resolve));
		else this.running += 1;
		try {
			await task();
		} finally {
			// Whoever waits longest takes over the place.
			const next = this.waiting.shift();
			if (next) next();
			else this.running -= 1;
		}
	}
}
