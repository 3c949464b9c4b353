import {
	ApplicationError,
	NodeApiError,
	NodeOperationError,
	UserError,
	type ICredentialDataDecryptedObject,
	type IDataObject,
	type IHttpRequestOptions,
	type IN8nHttpFullResponse,
	type RequestHelperFunctions,
} from 'n8n-workflow';
import { parsedJson } from '../values/json';

/** This package's one credential type. */
export const CREDENTIAL_TYPE = 'complyCubeApi';

/** The part of n8n's contexts that a request needs: nodes, list searches, hooks and webhooks all have it. */
export interface RequestContext {
	getCredentials(type: string): Promise<ICredentialDataDecryptedObject>;
	helpers: Pick<RequestHelperFunctions, 'httpRequest' | 'httpRequestWithAuthentication'>;
	getExecutionCancelSignal?(): AbortSignal | undefined;
}

/** ComplyCube, or something between it and n8n, answered. */
export interface Answer {
	status: number;
	headers: IDataObject;
	/** Parsed JSON, or the text as it came where it is not JSON */
	body: unknown;
}

/** Why there was no answer. */
export type NoAnswerKind =
	| 'refused'
	| 'unknownHost'
	| 'dns'
	| 'dropped'
	| 'timeout'
	| 'garbled'
	| 'tooLarge'
	| 'tls'
	| 'tlsBroken'
	| 'cancelled'
	| 'blocked'
	| 'unexplained'
	| 'unreachable'
	| 'queueTimeout'
	| 'keyOnHold'
	| 'pacedTooSlowly';

/** Nobody answered. */
export interface NoAnswer {
	noAnswer: NoAnswerKind;
	/** Node's code, e.g. ECONNRESET */
	code?: string;
	/** The sentence of whatever stopped the request, if it was not the network */
	reason?: string;
	/** How long the service asked to be left alone, from now, in ms */
	asked?: number;
}

export type Reply = Answer | NoAnswer;

/** Largest reply that is read, in bytes, files included: ComplyCube's largest file has 4 MB, and a third more in base64. */
export const LARGEST_REPLY = 64 * 1024 * 1024;

const KIND_BY_CODE = new Map<string, NoAnswerKind>(
	Object.entries({
		ECONNREFUSED: 'refused',
		ENOTFOUND: 'unknownHost',
		EAI_AGAIN: 'dns',
		ECONNRESET: 'dropped',
		EPIPE: 'dropped',
		ERR_BAD_RESPONSE: 'dropped',
		ECONNABORTED: 'timeout',
		ETIMEDOUT: 'timeout',
		ESOCKETTIMEDOUT: 'timeout',
		EHOSTUNREACH: 'unreachable',
		ENETUNREACH: 'unreachable',
		EADDRNOTAVAIL: 'unreachable',
		ERR_CANCELED: 'cancelled',
		// What Node and n8n's HTTP client refuse before they connect
		ERR_INVALID_CHAR: 'blocked',
		ERR_INVALID_URL: 'blocked',
		ERR_INVALID_PROTOCOL: 'blocked',
		ERR_INVALID_HTTP_TOKEN: 'blocked',
		ERR_HTTP_INVALID_HEADER_VALUE: 'blocked',
		ERR_UNESCAPED_CHARACTERS: 'blocked',
		ERR_BAD_OPTION: 'blocked',
		ERR_BAD_OPTION_VALUE: 'blocked',
	}),
);

/** Node passes on OpenSSL's own names for what is wrong with a certificate. */
const TLS_CODE =
	/CERT|SIGNATURE|SELF_SIGNED|^INVALID_(CA|PURPOSE)$|^PATH_LENGTH_|^HOSTNAME_MISMATCH$|^ERR_TLS_/;

/** What Node says of an answer that is no HTTP, and of one that is not compressed as it says. */
const GARBLED_CODE = /^(HPE|Z)_/;

/** n8n's own errors have the status of an answer in the place of a code. */
const STATUS = /^\d+$/;

/** These also come from an established secure connection, so possibly after the request was sent. */
const TLS_BROKEN_CODE = /^EPROTO$|^ERR_SSL_/;

interface Thrown {
	code?: unknown;
	httpCode?: unknown;
	message?: unknown;
	cause?: unknown;
}

/** More levels than n8n and its HTTP client wrap an error in; causes may also run in a circle. */
const MOST_CAUSES = 10;

/** n8n wraps what its HTTP client throws: the error and its causes, the outermost first. */
function withCauses(thrown: unknown): Thrown[] {
	const levels: Thrown[] = [];
	let level = thrown;
	while (typeof level === 'object' && level !== null && levels.length < MOST_CAUSES) {
		levels.push(level);
		level = (level as Thrown).cause;
	}
	return levels;
}

/** What n8n and the credential throw of their own accord comes before anything is sent. */
const isRefusal = (level: Thrown) =>
	level instanceof UserError ||
	level instanceof NodeOperationError ||
	(level instanceof ApplicationError && !(level instanceof NodeApiError));

/**
 * Says why there is no answer.
 *
 * @param thrown whatever n8n's helper threw
 * @returns the kind; without a code that says more, and unless n8n itself refused, the request may have been sent
 */
export function noAnswerFrom(thrown: unknown): NoAnswer {
	const levels = withCauses(thrown);
	const code = levels
		.map((level) => level.code ?? level.httpCode)
		.find((value): value is string => typeof value === 'string' && !STATUS.test(value));
	if (code === undefined) {
		const [outermost] = levels;
		const reason = outermost ? outermost.message : thrown;
		return {
			noAnswer: levels.some(isRefusal) ? 'blocked' : 'unexplained',
			...(typeof reason === 'string' && { reason }),
		};
	}
	if (GARBLED_CODE.test(code)) return { noAnswer: 'garbled', code };
	if (TLS_BROKEN_CODE.test(code)) return { noAnswer: 'tlsBroken', code };
	if (TLS_CODE.test(code)) return { noAnswer: 'tls', code };
	return { noAnswer: KIND_BY_CODE.get(code) ?? 'dropped', code };
}

const isStream = (body: unknown): body is AsyncIterable<Buffer> =>
	typeof body === 'object' && body !== null && Symbol.asyncIterator in body;

/**
 * Reads a streamed body to its end.
 *
 * @param body as n8n's HTTP client streams it
 * @returns the bytes; undefined if they are too many
 */
export async function readBody(body: AsyncIterable<Buffer>): Promise<Buffer | undefined> {
	const chunks: Buffer[] = [];
	let size = 0;
	for await (const chunk of body) {
		size += chunk.length;
		// Leaving the loop closes the connection
		if (size > LARGEST_REPLY) return undefined;
		chunks.push(chunk);
	}
	return Buffer.concat(chunks);
}

async function replyFrom(response?: Partial<IN8nHttpFullResponse>): Promise<Reply> {
	if (typeof response?.statusCode !== 'number') return { noAnswer: 'unexplained' };
	const { statusCode: status, body } = response;
	const headers = (response.headers ?? {}) as IDataObject;
	if (!isStream(body)) return { status, headers, body };
	const bytes = await readBody(body);
	if (bytes === undefined) return { noAnswer: 'tooLarge' };
	const text = bytes.toString().replace(/^\uFEFF/, '');
	return { status, headers, body: parsedJson(text) ?? text };
}

/** n8n's helper replaces a request's signal by that of its `this`, which knows nothing but the user's cancel. */
const withSignal = (context: RequestContext, abortSignal: unknown): RequestContext =>
	abortSignal === undefined
		? context
		: (Object.create(context, {
				getExecutionCancelSignal: { value: () => abortSignal },
			}) as RequestContext);

/**
 * Sends one request, once, through n8n's authenticated helper.
 *
 * n8n is told not to throw on error statuses: its helper would send the request again after a 401, and replace ComplyCube's
 * sentence by a general one. Redirects are not followed, because they could carry the key away.
 *
 * @param context the node's, search's or hook's own `this`
 * @param credential the decrypted credential, so that it is not read from the database a second time
 * @param request the complete request; its abort signal ends it, whatever it is doing, and closes the connection. A reply that it
 * asks for as a stream is read up to a limit
 * @returns what came back, never throws
 */
export async function exchange(
	context: RequestContext,
	credential: ICredentialDataDecryptedObject,
	request: IHttpRequestOptions,
): Promise<Reply> {
	try {
		const response = (await context.helpers.httpRequestWithAuthentication.call(
			withSignal(context, request.abortSignal) as never,
			CREDENTIAL_TYPE,
			{
				...request,
				returnFullResponse: true,
				ignoreHttpStatusErrors: true,
				disableFollowRedirect: true,
			},
			{ credentialsDecrypted: { id: '', name: '', type: CREDENTIAL_TYPE, data: credential } },
		)) as IN8nHttpFullResponse;
		return await replyFrom(response);
	} catch (thrown) {
		return noAnswerFrom(thrown);
	}
}
