import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';
import { durationInWords } from '../values/duration';
import { withItems } from './arrayReply';
import { checkedBaseUrl, isLoopback } from './baseUrl';
import { fetchLink } from './contentLink';
import {
	CREDENTIAL_TYPE,
	exchange,
	type NoAnswer,
	type Reply,
	type RequestContext,
} from './exchange';
import { Failure } from './failure';
import { resultOf } from './failureTable';
import { spacingFor } from './pace';
import { laneOf, pause, type Lane } from './pacing';
import { REFUSED_RETRY, retryAfter, retryPolicy, waitBeforeRetry, type RetryPolicy } from './retry';
import type { TimeLimits } from './timeLimits';

/** A request as the pipeline knows it: everything but where the API lives and how it is authorised. */
export interface ApiRequest extends Pick<IHttpRequestOptions, 'body'> {
	method: 'GET' | 'POST' | 'DELETE';
	/** Below the base URL, e.g. `/workflowSessions` */
	path: string;
	qs?: IDataObject;
	/** ComplyCube documents the reply as an array, which comes as `{ items }` then; anywhere else an array is no reply */
	isArray?: true;
}

/** How long a request may take; without it only the retry policies limit that. */
export interface Urgency {
	/** When to give up, in epoch ms */
	deadline?: number;
	/** Goes before everything else that waits with the same key */
	urgent?: boolean;
}

/** One account of ComplyCube as one item, search or hook sees it. */
export interface Connection {
	/**
	 * Sends a request, paced with all requests of the same key, and sends it again where that is safe.
	 *
	 * @param request what to send
	 * @param urgency when to give up, and whether it goes first
	 * @returns the reply's JSON object, or why there is none
	 */
	send(request: ApiRequest, urgency?: Urgency): Promise<IDataObject | Failure>;
	/**
	 * Waits.
	 *
	 * @param ms how long, in milliseconds
	 * @param isNeedless whether nobody waits for it any more
	 * @returns false if the execution was cancelled, or the wait became needless
	 */
	pause(ms: number, isNeedless?: () => boolean): Promise<boolean>;
}

/** A connection that also fetches what replies link to. */
export interface FileConnection extends Connection {
	/**
	 * Fetches a file from a link in a reply, without the API key.
	 *
	 * @param link an address on another host
	 * @returns the file's bytes, or why there are none
	 */
	fetchFile(link: string): Promise<Buffer | Failure>;
}

/** n8n recognises a cancelled execution by the word "canceled". */
const CANCELLED = new Failure('The execution was canceled', {
	description: 'Nothing more was sent to ComplyCube.',
});

const NO_TIMEOUT = new Failure("The 'Timeout' parameter is not a number of milliseconds", {
	param: 'timeout',
	description:
		'Enter e.g. 60000 under Request Options → Timeout, or remove the option. Nothing was sent for this item.',
});

/** How long n8n itself waits for an answer if nobody says anything else, in ms. */
const N8N_TIMEOUT = 300_000;

/** Longer than this, in ms, timers end at once. */
const LONGEST_TIMER = 2 ** 31 - 1;

const QUEUE_TIMEOUT: NoAnswer = { noAnswer: 'queueTimeout' };

/** The code that n8n's HTTP client gives a timeout of its own. */
const TIMED_OUT: NoAnswer = { noAnswer: 'timeout', code: 'ECONNABORTED' };

/** An API key as one item, search or hook uses it. */
interface Account {
	apiKey: string;
	/** Least time between two starts, in ms */
	spacing: number;
	/** n8n's cancel signal of the execution */
	cancel?: AbortSignal;
	/** Sends a request, once; the deadline is in epoch ms */
	attempt(request: ApiRequest, deadline: number, limits: TimeLimits): Promise<Reply>;
}

/** The reply we give ourselves where the next start is further away than anybody waits for. */
function replyWithoutSending(lane: Lane, spacing: number): NoAnswer | undefined {
	const asked = lane.askedFor;
	if (asked !== undefined) return { noAnswer: 'keyOnHold', code: '429', asked };
	const wait = lane.pacedFor(spacing);
	if (wait <= REFUSED_RETRY.budget) return undefined;
	const reason = `the next one may start in ${durationInWords(wait)}`;
	return { noAnswer: 'pacedTooSlowly', reason };
}

/**
 * Ends an attempt when its time is over or the execution is cancelled, whatever it is doing then: the timeout of n8n's HTTP client
 * starts anew with every byte, so it would never end an answer that trickles in.
 */
async function replyWithin(
	ms: number,
	limits: TimeLimits,
	cancel: AbortSignal | undefined,
	attempt: (signal: AbortSignal) => Promise<Reply>,
): Promise<Reply> {
	const ending = new AbortController();
	const end = () => ending.abort();
	if (cancel?.aborted) end();
	cancel?.addEventListener('abort', end);
	let removeLimit = () => {};
	const late = new Promise<Reply>((resolve) => {
		removeLimit = limits.set(ms, () => {
			end();
			resolve(TIMED_OUT);
		});
	});
	return await Promise.race([attempt(ending.signal), late]).finally(() => {
		removeLimit();
		cancel?.removeEventListener('abort', end);
	});
}

/** Leaves out empty fields, since n8n sends what a user left blank as an empty text, and trims pasted spaces. */
const withoutEmpty = (qs: IDataObject = {}): IDataObject =>
	Object.fromEntries(
		Object.entries(qs)
			.map(([name, value]) => [name, typeof value === 'string' ? value.trim() : value] as const)
			.filter(([, value]) => value !== undefined && value !== null && value !== ''),
	);

/** A try that is not the last one, if there is time for another. */
interface EndedTry {
	reply: Reply;
	policy: RetryPolicy;
	/** How many ended this way */
	count: number;
	/** When the first and this one started, in epoch ms */
	begin: number;
	startedAt: number;
}

/**
 * How long until the next try, in ms; undefined to give up. A refusal slows the whole key down, and stops it for as long as the
 * service asks, or until the next try if nothing is let through any more.
 */
function waitAfter(
	{ reply, policy, count, begin, startedAt }: EndedTry,
	lane: Lane,
	spacing: number,
): number | undefined {
	const elapsed = Date.now() - begin;
	const asked = 'headers' in reply ? retryAfter(reply.headers['retry-after']) : undefined;
	if (policy !== REFUSED_RETRY) return waitBeforeRetry(policy, count, elapsed, asked);
	const refusedFor = lane.noteRefusal(startedAt, spacing);
	const wait = waitBeforeRetry(policy, count, Math.max(elapsed, refusedFor), asked);
	const hold = lane.isShut ? (wait ?? asked) : asked;
	if (hold !== undefined) lane.hold(hold);
	return wait;
}

/** Sends a request in its turn, and again where that is safe. */
async function sendPaced(
	{ apiKey, spacing, cancel, attempt }: Account,
	request: ApiRequest,
	{ deadline = Infinity, urgent = false }: Urgency = {},
): Promise<IDataObject | Failure> {
	const result = (final: Reply) => resultOf(final, request, apiKey);
	const tries = new Map<RetryPolicy, number>();
	let begin: number | undefined;
	let reply: Reply | undefined;
	for (;;) {
		// An idle lane may have been dropped during a long request
		const lane = laneOf(apiKey);
		const held = replyWithoutSending(lane, spacing);
		if (held) return result(reply ?? held);
		const first = urgent || begin !== undefined;
		if (!(await lane.turn(spacing, { signal: cancel, deadline, urgent: first }))) {
			if (cancel?.aborted) return CANCELLED;
			return result(reply ?? replyWithoutSending(lane, spacing) ?? QUEUE_TIMEOUT);
		}
		const startedAt = Date.now();
		begin ??= startedAt;
		reply = await attempt(request, deadline, lane.timeLimits);
		if ('status' in reply && reply.status !== 429) lane.noteAcceptance();
		else lane.noteDoubt();
		// Anything else may have been carried out
		if (cancel?.aborted && request.method === 'GET') return CANCELLED;

		const policy = retryPolicy(request, reply);
		if (!policy) return result(reply);
		const count = (tries.get(policy) ?? 0) + 1;
		tries.set(policy, count);
		const wait = waitAfter({ reply, policy, count, begin, startedAt }, lane, spacing);
		if (wait === undefined || Date.now() + wait >= deadline) return result(reply);
		if (!(await pause(wait, cancel))) return CANCELLED;
	}
}

/**
 * Opens a connection with the credential of the node.
 *
 * @param context the node's, search's or hook's own `this`
 * @param options what n8n sets for every request of the node: timeout (ms, of the whole answer), proxy, certificate checks
 * @returns the connection, or why the credential or the timeout cannot be used
 * @throws NodeOperationError of n8n if the node has no credential
 */
export async function connect(
	context: RequestContext,
	options: Partial<IHttpRequestOptions> = {},
): Promise<FileConnection | Failure> {
	const credential = await context.getCredentials(CREDENTIAL_TYPE);
	const baseUrl = checkedBaseUrl(credential.baseUrl);
	if (baseUrl instanceof Failure) return baseUrl;
	const { timeout = N8N_TIMEOUT, ...network } = options;
	if (!(timeout > 0 && timeout < Infinity)) return NO_TIMEOUT;
	const apiKey = String(credential.apiKey ?? '').trim();
	const cancel = context.getExecutionCancelSignal?.();

	const attempt: Account['attempt'] = async (request, deadline, limits) => {
		const { method, path, qs, body, isArray } = request;
		const query = withoutEmpty(qs);
		const ms = Math.min(timeout, Math.max(1, deadline - Date.now()));
		const send = async (abortSignal: AbortSignal) =>
			await exchange(context, credential, {
				...network,
				method,
				url: baseUrl + path,
				qs: query,
				body,
				// With this encoding `+` and spaces arrive as ComplyCube wants them (API page "Filtering")
				arrayFormat: 'repeat',
				json: true,
				// A stream can be counted and left
				encoding: 'stream',
				abortSignal,
				timeout: Math.min(ms, LONGEST_TIMER),
			});
		const reply = await replyWithin(ms, limits, cancel, send);
		return isArray ? withItems(reply) : reply;
	};
	const spacing = spacingFor(apiKey, credential.requestsPerSecond);
	const account = { apiKey, spacing, cancel, attempt };
	return {
		pause: async (ms, isNeedless) => await pause(ms, cancel, isNeedless),
		fetchFile: async (link) => {
			const localOrigin = isLoopback(baseUrl) ? new URL(baseUrl).origin : undefined;
			return await fetchLink(context, link, { localOrigin, timeout, signal: cancel, network });
		},
		send: async (request, urgency) => await sendPaced(account, request, urgency),
	};
}
