import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';
import { checkedBaseUrl } from './baseUrl';
import { CREDENTIAL_TYPE, exchange, type Reply, type RequestContext } from './exchange';
import { Failure } from './failure';
import { outcomeOf } from './failureTable';
import { laneOf, pause, spacingFor } from './pacing';
import { REFUSED, retryAfter, retryPolicy, waitBeforeRetry, type RetryPolicy } from './retry';

/** A request as the pipeline knows it: everything but where the API lives and how it is authorised. */
export interface ApiRequest extends Pick<IHttpRequestOptions, 'body'> {
	method: 'GET' | 'POST' | 'DELETE';
	/** Below the base URL, e.g. `/workflowSessions` */
	path: string;
	qs?: IDataObject;
}

/** What limits a request in time; by default the retry policies alone do. */
export interface Urgency {
	/** When to have given up, in epoch ms */
	deadline?: number;
	/** Goes before whatever else of the key waits for its turn */
	urgent?: boolean;
}

/** One account of ComplyCube as one item, search or hook sees it. */
export interface Connection {
	/**
	 * Sends a request: paced with everything else of the key, sent again where that is safe.
	 *
	 * @param request what to send
	 * @param urgency when to have given up, and whether it goes first
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

/** n8n takes an error for a cancel by the word "canceled". */
const CANCELLED = new Failure('The execution was canceled', {
	description: 'Nothing more was sent to ComplyCube.',
});

/** What a request gets without asking ComplyCube if its key has to wait for longer than anybody waits here. */
const REFUSAL: Reply = { status: 429, headers: {}, body: {} };

/** n8n takes no timeout for none. */
const finite = (ms: number) => (ms === Infinity ? undefined : ms);

/** The timeout of a request counts from one byte to the next, so that an answer that trickles would never end by it. */
async function within(deadline: number, reply: Promise<Reply>): Promise<Reply> {
	if (deadline === Infinity) return await reply;
	// Otherwise the wait would outlive the answer, by as long as the user would wait
	const answered = new AbortController();
	const late = pause(Math.max(1, deadline - Date.now()), answered.signal);
	return await Promise.race([reply, late.then((): Reply => ({ silence: 'timeout' }))]).finally(() =>
		answered.abort(),
	);
}

/** Empty fields are not sent: n8n sends what a user left blank as an empty text. Pasted spaces would find nothing. */
const filled = (qs: IDataObject = {}): IDataObject =>
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
): Promise<Connection | Failure> {
	const credential = await context.getCredentials(CREDENTIAL_TYPE);
	const baseUrl = checkedBaseUrl(credential.baseUrl);
	if (baseUrl instanceof Failure) return baseUrl;

	const apiKey = String(credential.apiKey ?? '').trim();
	const spacing = spacingFor(apiKey, credential.requestsPerSecond);
	const signal = context.getExecutionCancelSignal?.();
	const { timeout = Infinity, ...network } = options;

	const attempt = async ({ method, path, qs, body }: ApiRequest, deadline: number) =>
		await exchange(context, credential, {
			...network,
			method,
			url: baseUrl + path,
			qs: filled(qs),
			body,
			// qs's own encoding: `+` and spaces arrive as ComplyCube's page "Filtering" wants them
			arrayFormat: 'repeat',
			json: true,
			abortSignal: signal,
			timeout: finite(Math.min(timeout, Math.max(1, deadline - Date.now()))),
		});

	return {
		pause: async (ms) => await pause(ms, signal),

		send: async (request, { deadline = Infinity, urgent = false } = {}) => {
			const outcome = (reply: Reply) => outcomeOf(reply, request.method, apiKey);
			const tries = new Map<RetryPolicy, number>();
			let begin: number | undefined;
			for (;;) {
				// Looked up each time, because an idle lane may have been dropped during a long request
				const lane = laneOf(apiKey);
				if (lane.heldFor > REFUSED.budget) return outcome(REFUSAL);
				const first = urgent || begin !== undefined;
				if (!(await lane.turn(spacing, { signal, deadline, urgent: first }))) {
					return signal?.aborted ? CANCELLED : outcome({ silence: 'noTurn' });
				}
				begin ??= Date.now();
				const reply = await within(deadline, attempt(request, deadline));
				if (signal?.aborted) return CANCELLED;

				if ('status' in reply && reply.status !== 429) lane.accepted();
				const policy = retryPolicy(request.method, reply);
				if (!policy) return outcome(reply);
				tries.set(policy, (tries.get(policy) ?? 0) + 1);
				const asked = 'headers' in reply ? retryAfter(reply.headers['retry-after']) : undefined;
				const elapsed = Date.now() - begin;
				const spent = policy === REFUSED ? Math.max(elapsed, lane.refused()) : elapsed;
				const wait = waitBeforeRetry(policy, tries.get(policy)!, spent, asked);
				if (policy === REFUSED) lane.hold(wait ?? asked ?? 0);
				if (wait === undefined || Date.now() + wait >= deadline) return outcome(reply);
				if (policy !== REFUSED && !(await pause(wait, signal))) return CANCELLED;
			}
		},
	};
}
