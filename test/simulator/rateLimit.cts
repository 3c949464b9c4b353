const WINDOW_MS = 1000;

/** Counts requests per key over a sliding second. [Rate Limits] */
export class RateLimiter {
	private readonly admitted = new Map<string, number[]>();
	private readonly blockedUntil = new Map<string, number>();

	/**
	 * @param key Whose limit it is.
	 * @param limit Requests per second.
	 * @param atMs Arrival, in ms of any steady clock.
	 * @param blockMs How long the key stays shut out once over the limit.
	 * @returns Whether the request is within the limit. Refused requests do not count towards it.
	 */
	admits(key: string, limit: number, atMs: number, blockMs = 0): boolean {
		if (atMs < (this.blockedUntil.get(key) ?? -Infinity)) return false;
		const recent = (this.admitted.get(key) ?? []).filter((time) => time > atMs - WINDOW_MS);
		const admits = recent.length < limit;
		if (admits) recent.push(atMs);
		else this.blockedUntil.set(key, atMs + blockMs);
		this.admitted.set(key, recent);
		return admits;
	}

	clear(): void {
		this.admitted.clear();
		this.blockedUntil.clear();
	}
}
