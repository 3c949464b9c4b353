import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';
import { checkedBaseUrl } from './baseUrl';
import { CREDENTIAL_TYPE, exchange, type RequestContext } from './exchange';
import { Failure } from './failure';
import { outcomeOf } from './failureTable';
import { laneOf, pause, spacingFor } from './pacing';
import { retryAfter, retryPolicy, waitBeforeRetry } from './retry';

/** A request as the pipeline knows it: everything but where the API lives and how it is authorised. */
export interface ApiRequest extends Pick<IHttpRequestOptions, 'body'> {
	method: 'GET' | 'POST' | 'DELETE';
	/** Below the base URL, e.g. `/workflowSessions` */
	path: string;
	qs?: IDataObject;
}

/** One account of ComplyCube as one item, search or hook sees it. */
export interface Connection {
	/**
	 * Sends a request: paced with everything else of the key, sent again where that is safe.
	 *
	 * @returns the reply's JSON object, or why there is none
	 */
	send(request: ApiRequest): Promise<IDataObject | Failure>;
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

/** Empty fields are not sent: n8n sends what a user left blank as an empty text. */
const filled = (qs: IDataObject = {}): IDataObject =>
	Object.fromEntries(
		Object.entries(qs).filter(([, value]) => value !== undefined && value !== null && value !== ''),
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
	const lane = laneOf(apiKey);
	const signal = context.getExecutionCancelSignal?.();

	return {
		pause: async (ms) => await pause(ms, signal),

		send: async ({ method, path, qs, body }) => {
			let paused = 0;
			for (let attempt = 1; ; attempt++) {
				if (!(await lane.turn(spacing, signal, attempt > 1))) return CANCELLED;
				const reply = await exchange(context, credential, {
					...options,
					method,
					url: baseUrl + path,
					qs: filled(qs),
					body,
					// qs's own encoding: `+` and spaces arrive as ComplyCube's page "Filtering" wants them
					arrayFormat: 'repeat',
					json: true,
				});
				const refused = 'status' in reply && reply.status === 429;
				if ('status' in reply && !refused) lane.accepted();

				const policy = retryPolicy(method, reply);
				const asked = 'headers' in reply ? retryAfter(reply.headers['retry-after']) : undefined;
				const spent = refused ? lane.refused() : paused;
				const wait = policy && waitBeforeRetry(policy, attempt, spent, asked);
				if (wait === undefined) {
					return signal?.aborted ? CANCELLED : outcomeOf(reply, method, apiKey);
				}
				if (refused) lane.hold(wait);
				else if (!(await pause(wait, signal))) return CANCELLED;
				paused += wait;
			}
		},
	};
}
