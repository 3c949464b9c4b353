/**
 * One try of n8n at all items. n8n begins the items of a batch in one go, each as soon as it has evaluated its expressions. If one
 * of these fails, n8n gives up there, and never looks at the items that it has begun.
 */
export class Try {
	lastItem = -1;

	hasStopped = false;

	private resolveAllBegun = () => {};

	/** Resolves when the last item has begun */
	readonly allBegun = new Promise<void>((resolve) => (this.resolveAllBegun = resolve));

	private releaseBatch = () => {};

	private batch = this.nextBatch();

	/**
	 * @param size how many items there are
	 * @param batchSize how many n8n begins in one go
	 */
	constructor(
		private readonly size: number,
		private readonly batchSize: number,
	) {}

	/** Whether n8n has given up, as far as that can be seen: in the middle of a batch. */
	get isBrokenOff(): boolean {
		const begun = this.lastItem + 1;
		return begun !== this.size && begun % this.batchSize !== 0;
	}

	/** @returns what resolves when all items of the same batch have begun */
	begin(item: number): Promise<void> {
		this.lastItem = item;
		const { batch } = this;
		if (item === this.size - 1) this.resolveAllBegun();
		if (!this.isBrokenOff) {
			this.releaseBatch();
			this.batch = this.nextBatch();
		}
		return batch;
	}

	/** Lets nothing of it be sent any more. */
	giveUp(): void {
		this.hasStopped = true;
		this.releaseBatch();
	}

	private async nextBatch(): Promise<void> {
		await new Promise<void>((resolve) => (this.releaseBatch = resolve));
	}
}
