import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';
import { checkedBaseUrl } from './baseUrl';
import { durationInWords } from '../values/duration';
import {
	CREDENTIAL_TYPE,
	exchange,
	type NoAnswer,
	type Reply,
	type RequestContext,
} from './exchange';
import { Failure } from './failure';
import { resultOf } from './failureTable';
import { laneOf, pause, spacingFor, type Lane } from './pacing';
import { REFUSED_RETRY, retryAfter, retryPolicy, waitBeforeRetry, type RetryPolicy } from './retry';

/** A request as the pipeline knows it: everything but where the API lives and how it is authorised. */
export interface ApiRequest extends Pick<IHttpRequestOptions, 'body'> {
	method: 'GET' | 'POST' | 'DELETE';
	/** Below the base URL, e.g. `/workflowSessions` */
	path: string;
	qs?: IDataObject;
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
	 * @returns false if the execution was cancelled meanwhile
	 */
	pause(ms: number): Promise<boolean>;
}

/** n8n recognises a cancelled execution by the word "canceled". */
const CANCELLED = new Failure('The execution was canceled', {
	description: 'Nothing more was sent to ComplyCube.',
});

/** How long n8n itself waits for an answer if nobody says anything else, in ms. */
const N8N_TIMEOUT = 300_000;

const NO_TIMEOUT = new Failure("The 'Timeout' parameter is not a number of milliseconds", {
	param: 'timeout',
	description:
		'Enter e.g. 60000 under Request Options → Timeout, or remove the option. Nothing was sent to ComplyCube.',
});

/** Longer than this, in ms, timers end at once. */
const LONGEST_TIMER = 2 ** 31 - 1;

const QUEUE_TIMEOUT: NoAnswer = { noAnswer: 'queueTimeout' };

/** The code that n8n's HTTP client gives a timeout of its own. */
const TIMED_OUT: NoAnswer = { noAnswer: 'timeout', code: 'ECONNABORTED' };

/** The reply we give ourselves when the key may not be used for longer than anybody waits here. */
function replyWithoutSending(lane: Lane, spacing: number): NoAnswer | undefined {
	const asked = lane.askedFor;
	if (asked !== undefined) return { noAnswer: 'keyOnHold', code: '429', asked };
	const wait = lane.pacedFor(spacing);
	if (wait <= REFUSED_RETRY.budget) return undefined;
	return {
		noAnswer: 'pacedTooSlowly',
		reason: `the next one may start in ${durationInWords(wait)}`,
	};
}

/**
 * Ends an attempt when its time is over or the execution is cancelled, whatever it is doing then: the timeout of n8n's HTTP client
 * starts anew with every byte, so it would never end an answer that trickles in.
 */
async function replyWithin(
	ms: number,
	cancel: AbortSignal | undefined,
	attempt: (signal: AbortSignal) => Promise<Reply>,
): Promise<Reply> {
	const ending = new AbortController();
	const end = () => ending.abort();
	if (cancel?.aborted) end();
	cancel?.addEventListener('abort', end);
	// Ends the clock with the answer
	const answered = new AbortController();
	const late = pause(ms, answered.signal).then((hasPassed) => {
		if (hasPassed) end();
		return TIMED_OUT;
	});
	return await Promise.race([attempt(ending.signal), late]).finally(() => {
		answered.abort();
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

/**
 * Whether the answer can only be one object: a GET without a query that is no download. n8n reads that itself, because streaming it
 * would make each item a twentieth dearer; nothing but the timeout ends it if it is endless.
 */
const isSmallRead = ({ method, path, qs }: ApiRequest) =>
	method === 'GET' && Object.keys(withoutEmpty(qs)).length === 0 && !path.endsWith('/download');

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
): Promise<Connection | Failure> {
	const credential = await context.getCredentials(CREDENTIAL_TYPE);
	const baseUrl = checkedBaseUrl(credential.baseUrl);
	if (baseUrl instanceof Failure) return baseUrl;

	const { timeout = N8N_TIMEOUT, ...network } = options;
	if (!(timeout > 0 && timeout < Infinity)) return NO_TIMEOUT;

	const apiKey = String(credential.apiKey ?? '').trim();
	const spacing = spacingFor(apiKey, credential.requestsPerSecond);
	const signal = context.getExecutionCancelSignal?.();

	const attempt = async (request: ApiRequest, deadline: number) => {
		const { method, path, qs, body } = request;
		const ms = Math.min(timeout, Math.max(1, deadline - Date.now()));
		return await replyWithin(
			ms,
			signal,
			async (abortSignal) =>
				await exchange(context, credential, {
					...network,
					method,
					url: baseUrl + path,
					qs: withoutEmpty(qs),
					body,
					// With this encoding `+` and spaces arrive as ComplyCube wants them (API page "Filtering")
					arrayFormat: 'repeat',
					json: true,
					// A stream can be counted and left
					...((!isSmallRead(request) || deadline < Infinity) && { encoding: 'stream' }),
					abortSignal,
					timeout: Math.min(ms, LONGEST_TIMER),
				}),
		);
	};

	return {
		pause: async (ms) => await pause(ms, signal),

		send: async (request, { deadline = Infinity, urgent = false } = {}) => {
			const result = (reply: Reply) => resultOf(reply, request, apiKey);
			const tries = new Map<RetryPolicy, number>();
			let begin: number | undefined;
			let reply: Reply | undefined;
			for (;;) {
				// An idle lane may have been dropped during a long request
				const lane = laneOf(apiKey);
				const held = replyWithoutSending(lane, spacing);
				if (held) return result(reply ?? held);
				const first = urgent || begin !== undefined;
				if (!(await lane.turn(spacing, { signal, deadline, urgent: first }))) {
					if (signal?.aborted) return CANCELLED;
					const unsent = replyWithoutSending(lane, spacing) ?? QUEUE_TIMEOUT;
					return result(reply ?? unsent);
				}
				begin ??= Date.now();
				reply = await attempt(request, deadline);
				if ('status' in reply && reply.status !== 429) lane.noteAcceptance();
				else lane.noteDoubt();
				if (signal?.aborted) return CANCELLED;

				const policy = retryPolicy(request, reply);
				if (!policy) return result(reply);
				const attempts = (tries.get(policy) ?? 0) + 1;
				tries.set(policy, attempts);
				const asked = 'headers' in reply ? retryAfter(reply.headers['retry-after']) : undefined;
				const elapsed = Date.now() - begin;
				const spent = policy === REFUSED_RETRY ? Math.max(elapsed, lane.noteRefusal()) : elapsed;
				const wait = waitBeforeRetry(policy, attempts, spent, asked);
				if (policy === REFUSED_RETRY) lane.hold(wait ?? asked ?? 0);
				if (wait === undefined || Date.now() + wait >= deadline) return result(reply);
				if (policy !== REFUSED_RETRY && !(await pause(wait, signal))) return CANCELLED;
			}
		},
	};
}
