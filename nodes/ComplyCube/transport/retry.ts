import { isPlainObject } from '../values/plainObject';
import type { ApiRequest } from './connection';
import type { Answer, NoAnswerKind, Reply } from './exchange';

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

/** What will not work on a second try either: wrong host name, wrong certificate, too large an answer, or the user's cancel. */
const FINAL_KINDS = new Set<NoAnswerKind>([
	'unknownHost',
	'tls',
	'tlsBroken',
	'tooLarge',
	'cancelled',
	'blocked',
	'unexplained',
]);

/** The requests that a plan's monthly quota counts (API page "Service Quota"). */
const COUNTED_BY_QUOTA = new Set([
	'POST /checks',
	'POST /autofill',
	'POST /lookup/companies',
	'POST /lookup/addresses',
]);

/**
 * Tells whether a plan's monthly quota counts a request. No other request is ever refused because of it.
 *
 * @param request method and path
 */
export const isCountedByQuota = ({ method, path }: ApiRequest): boolean =>
	COUNTED_BY_QUOTA.has(`${method} ${path}`);

/**
 * Tells a used-up quota from a rate limit, as far as that is possible: both are 429, and only ComplyCube's words differ
 * (API page "Service Quota").
 *
 * @param request what was sent
 * @param answer an answer with status 429
 * @returns whether the quota counts the request, and the answer's type or message speaks of a quota
 */
export function isQuotaUsedUp(request: ApiRequest, { body }: Answer): boolean {
	if (!isCountedByQuota(request) || !isPlainObject(body)) return false;
	return [body.type, body.message].some((text) => typeof text === 'string' && /quota/i.test(text));
}

const FIRST_WAIT = 2_000;
const LONGEST_WAIT = 30_000;

/**
 * Says whether a request may be sent again after a reply, and how often.
 *
 * @param request what was sent
 * @param reply what came back
 * @returns the policy to keep to; undefined if the reply is final
 */
export function retryPolicy(request: ApiRequest, reply: Reply): RetryPolicy | undefined {
	if ('status' in reply && reply.status === 429) {
		return isQuotaUsedUp(request, reply) ? undefined : REFUSED_RETRY;
	}
	if (request.method !== 'GET') return undefined;
	const isTransient =
		'status' in reply ? UNAVAILABLE_STATUS.has(reply.status) : !FINAL_KINDS.has(reply.noAnswer);
	return isTransient ? UNAVAILABLE_RETRY : undefined;
}

const SECONDS = /^-?\d+(\.\d+)?$/;

/** JavaScript takes nearly any text with a number for a date. */
const DATE = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? |^\d{4}-\d{2}-\d{2}/;

/**
 * Reads a Retry-After header: seconds or a date. ComplyCube documents none, but a gateway in front of it may send one.
 *
 * @param header the header's value, if there is one
 * @returns milliseconds from now, always finite; undefined if there is nothing to go by
 */
export function retryAfter(header: unknown): number | undefined {
	const text = typeof header === 'string' ? header.trim() : '';
	let ms = NaN;
	if (SECONDS.test(text)) ms = Number(text) * 1000;
	else if (DATE.test(text)) ms = Date.parse(text) - Date.now();
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
