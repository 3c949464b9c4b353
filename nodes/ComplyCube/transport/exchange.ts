import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	IHttpRequestOptions,
	IN8nHttpFullResponse,
	RequestHelperFunctions,
} from 'n8n-workflow';

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
	| 'tls'
	| 'tlsBroken'
	| 'cancelled'
	| 'blocked'
	| 'unreachable'
	| 'queueTimeout';

/** Nobody answered. */
export interface NoAnswer {
	noAnswer: NoAnswerKind;
	/** Node's code, e.g. ECONNRESET */
	code?: string;
	/** The sentence of whatever stopped the request, if it was not the network */
	reason?: string;
}

export type Reply = Answer | NoAnswer;

/**
 * Tells a used-up quota from a rate limit, as far as that is possible: both are 429, and only ComplyCube's words differ
 * (API page "Service Quota").
 *
 * @param answer an answer with status 429
 * @returns whether its type or message speaks of a quota
 */
export function isQuotaUsedUp({ body }: Answer): boolean {
	const { type, message } = (body ?? {}) as { type?: unknown; message?: unknown };
	return /quota/i.test(`${String(type)} ${String(message)}`);
}

const KIND_BY_CODE: Record<string, NoAnswerKind> = {
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
	ERR_INVALID_CHAR: 'blocked',
	ERR_INVALID_URL: 'blocked',
};

/** Node passes on OpenSSL's own names for what is wrong with a certificate. */
const TLS_CODE =
	/CERT|SIGNATURE|SELF_SIGNED|^INVALID_(CA|PURPOSE)$|^PATH_LENGTH_|^HOSTNAME_MISMATCH$|^ERR_TLS_/;

/** These also come from an established secure connection, so possibly after the request was sent. */
const TLS_BROKEN_CODE = /^EPROTO$|^ERR_SSL_/;

interface Thrown {
	code?: unknown;
	httpCode?: unknown;
	message?: string;
	cause?: Thrown;
}

/** n8n wraps what axios throws; the code of the connection is somewhere down the chain of causes. */
function codeOf(thrown: Thrown | undefined): string | undefined {
	for (let level = thrown; level; level = level.cause) {
		const code = level.code ?? level.httpCode;
		if (typeof code === 'string') return code;
	}
	return undefined;
}

/**
 * Says why there is no answer.
 *
 * @param thrown what n8n's helper threw
 */
export function noAnswerFrom(thrown: Thrown): NoAnswer {
	const code = codeOf(thrown);
	if (code === undefined) {
		return { noAnswer: 'blocked', reason: thrown.message };
	}
	if (TLS_CODE.test(code)) return { noAnswer: 'tls', code };
	if (TLS_BROKEN_CODE.test(code)) return { noAnswer: 'tlsBroken', code };
	return { noAnswer: KIND_BY_CODE[code] ?? 'dropped', code };
}

/**
 * Sends one request, once, through n8n's authenticated helper.
 *
 * n8n is told not to throw on error statuses: its helper would send the request again after a 401, and replace ComplyCube's
 * sentence by a general one. Redirects are not followed, because they could carry the key away.
 *
 * @param context the node's, search's or hook's own `this`
 * @param credential the decrypted credential, so that it is not read from the database a second time
 * @param request the complete request; its abort signal ends it
 * @returns what came back, never throws
 */
export async function exchange(
	context: RequestContext,
	credential: ICredentialDataDecryptedObject,
	request: IHttpRequestOptions,
): Promise<Reply> {
	try {
		const response = (await context.helpers.httpRequestWithAuthentication.call(
			context as never,
			CREDENTIAL_TYPE,
			{
				...request,
				returnFullResponse: true,
				ignoreHttpStatusErrors: true,
				disableFollowRedirect: true,
			},
			{ credentialsDecrypted: { id: '', name: '', type: CREDENTIAL_TYPE, data: credential } },
		)) as IN8nHttpFullResponse;
		return {
			status: response.statusCode,
			headers: response.headers as IDataObject,
			body: response.body,
		};
	} catch (thrown) {
		return noAnswerFrom(thrown as Thrown);
	}
}
