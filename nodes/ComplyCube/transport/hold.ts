/** The longest that a key is held back, in ms, whatever the service asks for: it may be wrong, or no longer mean it. */
const LONGEST_HOLD_MS = 120_000;

/**
 * Holds back the requests of a key that is refused. After a hold that was shorter than the service asked for, one request finds
 * out whether the key is let through again, and the others wait for it.
 */
export class Hold {
	private until = 0;

	/** Until when the service asked to be left alone, in epoch ms */
	private askedUntil = 0;

	private probe: 'none' | 'due' | 'underWay' = 'none';

	/** When it ends or has ended, in epoch ms. */
	get end(): number {
		return this.until;
	}

	/** For how long from now the service asked, in ms, while the key is held back for less than that; else undefined. */
	get askedFor(): number | undefined {
		const isShortened = Date.now() < this.until && this.until < this.askedUntil;
		return isShortened ? this.askedUntil - Date.now() : undefined;
	}

	/** Whether a request is finding out. */
	get isProbing(): boolean {
		return this.probe === 'underWay';
	}

	/**
	 * Begins, or goes on.
	 *
	 * @param ms for how long from now the service asks
	 * @returns whether it asks for longer than the key is held back
	 */
	begin(ms: number): boolean {
		const now = Date.now();
		if (now >= this.until) this.askedUntil = 0;
		this.askedUntil = Math.max(this.askedUntil, now + ms);
		this.until = Math.max(this.until, now + Math.min(ms, LONGEST_HOLD_MS));
		const isShortened = ms > LONGEST_HOLD_MS;
		if (isShortened) this.probe = 'due';
		return isShortened;
	}

	/** Notes that a request starts. */
	noteStart(): void {
		if (this.probe === 'due') this.probe = 'underWay';
	}

	/** Notes that a request was let through. */
	noteAcceptance(): void {
		if (this.isProbing) this.probe = 'none';
	}

	/** Notes that a request did not tell whether the key is let through: if it was to find out, the next one is. */
	noteDoubt(): void {
		if (this.isProbing) this.probe = 'due';
	}
}
