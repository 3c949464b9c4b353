import type { IHttpRequestMethods } from 'n8n-workflow';
import { isQuotaUsedUp, type NoAnswerKind, type Reply } from './exchange';

/** How often and for how long to try again. */
export interface RetryPolicy {
	/** Most requests of one call that end this way */
	tries: number;
	/** Most time since the first of them, requests and pauses together, in ms */
	budget: number;
}

/** 429: ComplyCube did not take the request, so any method may be sent again. */
export const REFUSED_RETRY: RetryPolicy = { tries: 10, budget: 120_000 };

/** No usable answer: only a GET may be sent again, because anything else may have been carried out. */
const UNAVAILABLE_RETRY: RetryPolicy = { tries: 5, budget: 120_000 };

const UNAVAILABLE_STATUS = new Set([408, 502, 503, 504]);

/** Connections that will not work on a second try either: wrong host name, wrong certificate, or the user's cancel. */
const FINAL_KINDS = new Set<NoAnswerKind>([
	'unknownHost',
	'tls',
	'tlsBroken',
	'cancelled',
	'blocked',
]);

const FIRST_WAIT = 2_000;
const LONGEST_WAIT = 30_000;

/**
 * Says whether a request may be sent again after a reply, and how often.
 *
 * @param method the request's method
 * @param reply what came back
 * @returns the policy to keep to; undefined if the reply is final
 */
export function retryPolicy(method: IHttpRequestMethods, reply: Reply): RetryPolicy | undefined {
	if ('status' in reply && reply.status === 429) {
		return isQuotaUsedUp(reply) ? undefined : REFUSED_RETRY;
	}
	if (method !== 'GET') return undefined;
	const isTransient =
		'status' in reply ? UNAVAILABLE_STATUS.has(reply.status) : !FINAL_KINDS.has(reply.noAnswer);
	return isTransient ? UNAVAILABLE_RETRY : undefined;
}

/**
 * Reads a Retry-After header: seconds or an HTTP date. ComplyCube documents none, but a gateway in front of it may send one.
 *
 * @param header the header's value, if there is one
 * @returns milliseconds from now; undefined if there is nothing to go by
 */
export function retryAfter(header: unknown): number | undefined {
	if (typeof header !== 'string' || header.trim() === '') return undefined;
	const seconds = Number(header);
	const ms = Number.isNaN(seconds) ? Date.parse(header) - Date.now() : seconds * 1000;
	return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}

/**
 * How long to wait before the next try: exponential with full jitter, as the API page "Rate Limits" advises, starting at about
 * one second on average; and never less than the service asks for.
 *
 * @param policy how long to keep trying
 * @param attempt how many requests ended this way, at least 1
 * @param spent time since the first of them, in ms
 * @param asked what the service asked for, in ms
 * @returns milliseconds; undefined to give up
 */
export function waitBeforeRetry(
	policy: RetryPolicy,
	attempt: number,
	spent: number,
	asked?: number,
): number | undefined {
	const ceiling = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (attempt - 1));
	const wait = Math.max(asked ?? 0, Math.random() * ceiling);
	return attempt >= policy.tries || spent + wait > policy.budget ? undefined : wait;
}
