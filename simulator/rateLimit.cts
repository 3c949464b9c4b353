import { exactObject } from './jsonSchema.cts';

const WINDOW_MS = 1000;

/** When a caller may try again, told in seconds or as a date. */
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
	 * Counts the request if it is admitted.
	 *
	 * @param key The API key; each has a limit of its own.
	 * @param limit Requests per second.
	 * @param atMs Time of arrival, in ms of a monotonic clock.
	 * @param blockMs How long a key is blocked once it exceeds the limit.
	 * @returns Whether the request is within the limit. Only admitted requests count towards it.
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
