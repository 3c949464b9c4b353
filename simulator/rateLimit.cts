import { exactObject } from './jsonSchema.cts';

const WINDOW_MS = 1000;

/** When to come back, and how to say so. */
export interface RetryAfter {
	as: 'seconds' | 'date';
	seconds: number;
}

/** JSON Schema of a `RetryAfter`. */
export const retryAfterSchema = exactObject({
	as: { enum: ['seconds', 'date'] },
	seconds: { type: 'integer', minimum: 0 },
});

/** @returns The `retry-after` header, or no header without a setting. */
export function retryAfterHeader(setting?: RetryAfter | null): Record<string, string> {
	if (!setting) return {};
	const at = new Date(Date.now() + setting.seconds * 1000);
	return {
		'retry-after': setting.as === 'seconds' ? String(setting.seconds) : at.toUTCString(),
	};
}

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
	tryAdmit(key: string, limit: number, atMs: number, blockMs = 0): boolean {
		if (atMs < (this.blockedUntil.get(key) ?? -Infinity)) return false;
		const recent = (this.admitted.get(key) ?? []).filter((time) => time > atMs - WINDOW_MS);
		const isAdmitted = recent.length < limit;
		if (isAdmitted) recent.push(atMs);
		else this.blockedUntil.set(key, atMs + blockMs);
		this.admitted.set(key, recent);
		return isAdmitted;
	}

	clear(): void {
		this.admitted.clear();
		this.blockedUntil.clear();
	}
}
