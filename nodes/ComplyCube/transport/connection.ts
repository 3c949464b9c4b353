import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';
import { withItems } from './arrayReply';
import { checkedBaseUrl, isLoopback } from './baseUrl';
import { fetchLink } from './contentLink';
import { CREDENTIAL_TYPE, exchange, type Reply, type RequestContext } from './exchange';
import { Failure } from './failure';
import { resultOf } from './failureTable';
import { laneOf, pause, spacingFor } from './pacing';
import { REFUSED_RETRY, retryAfter, retryPolicy, waitBeforeRetry, type RetryPolicy } from './retry';

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
	 * @returns false if the execution was cancelled meanwhile
	 */
	pause(ms: number): Promise<boolean>;
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

/** The reply we give ourselves when the key is on hold for longer than the retry budget. */
const HELD_TOO_LONG: Reply = { status: 429, headers: {}, body: {} };

/** n8n knows no infinite timeout: its own default applies where there is none. */
const finiteTimeout = (ms: number) => (ms === Infinity ? undefined : ms);

/** A request's timeout starts anew with every byte, so it would never end an answer that trickles in. */
async function replyBefore(deadline: number, reply: Promise<Reply>): Promise<Reply> {
	if (deadline === Infinity) return await reply;
	// Ends the timer with the answer
	const answered = new AbortController();
	const late = pause(Math.max(1, deadline - Date.now()), answered.signal);
	return await Promise.race([reply, late.then((): Reply => ({ noAnswer: 'timeout' }))]).finally(
		() => answered.abort(),
	);
}

/** Leaves out empty fields, since n8n sends what a user left blank as an empty text, and trims pasted spaces. */
const withoutEmpty = (qs: IDataObject = {}): IDataObject =>
	Object.fromEntries(
		Object.entries(qs)
			.map(([name, value]) => [name, typeof value === 'string' ? value.trim() : value] as const)
			.filter(([, value]) => value !== undefined && value !== null && value !== ''),
	);

/**
 * Opens a connection with the credential of the node.
 *
 * @param context the node's, search's or hook's own `this`
 * @param options what n8n sets for every request of the node: timeout (ms), proxy, certificate checks
 * @returns the connection, or why the credential cannot be used
 * @throws NodeOperationError of n8n if the node has no credential
 */
export async function connect(
	context: RequestContext,
	options: Partial<IHttpRequestOptions> = {},
): Promise<FileConnection | Failure> {
	const credential = await context.getCredentials(CREDENTIAL_TYPE);
	const baseUrl = checkedBaseUrl(credential.baseUrl);
	if (baseUrl instanceof Failure) return baseUrl;

	const apiKey = String(credential.apiKey ?? '').trim();
	const spacing = spacingFor(apiKey, credential.requestsPerSecond);
	const signal = context.getExecutionCancelSignal?.();
	const { timeout = Infinity, ...network } = options;

	const attempt = async ({ method, path, qs, body, isArray }: ApiRequest, deadline: number) => {
		const reply = await exchange(context, credential, {
			...network,
			method,
			url: baseUrl + path,
			qs: withoutEmpty(qs),
			body,
			// With this encoding `+` and spaces arrive as ComplyCube wants them (API page "Filtering")
			arrayFormat: 'repeat',
			json: true,
			abortSignal: signal,
			timeout: finiteTimeout(Math.min(timeout, Math.max(1, deadline - Date.now()))),
		});
		return isArray ? withItems(reply) : reply;
	};

	return {
		pause: async (ms) => await pause(ms, signal),

		fetchFile: async (link) => {
			const localOrigin = isLoopback(baseUrl) ? new URL(baseUrl).origin : undefined;
			return await fetchLink(context, link, { localOrigin, timeout, signal, network });
		},

		send: async (request, { deadline = Infinity, urgent = false } = {}) => {
			const result = (reply: Reply) => resultOf(reply, request.method, apiKey);
			const tries = new Map<RetryPolicy, number>();
			let begin: number | undefined;
			for (;;) {
				// An idle lane may have been dropped during a long request
				const lane = laneOf(apiKey);
				if (lane.askedFor > REFUSED_RETRY.budget) return result(HELD_TOO_LONG);
				const first = urgent || begin !== undefined;
				if (!(await lane.turn(spacing, { signal, deadline, urgent: first }))) {
					return signal?.aborted ? CANCELLED : result({ noAnswer: 'queueTimeout' });
				}
				begin ??= Date.now();
				const reply = await replyBefore(deadline, attempt(request, deadline));
				// Anything else may have been carried out
				if (signal?.aborted && request.method === 'GET') return CANCELLED;

				if ('status' in reply && reply.status !== 429) lane.noteAcceptance();
				const policy = retryPolicy(request.method, reply);
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
