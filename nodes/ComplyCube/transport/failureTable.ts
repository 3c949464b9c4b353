import type { Failure as NodeFailure, IDataObject, IHttpRequestMethods } from 'n8n-workflow';
import { isQuotaUsedUp, type Answer, type Reply, type Silence } from './exchange';
import { Failure, type FailureDetails } from './failure';

interface Row {
	/** What happened. ComplyCube's own sentence follows after a colon, or stands alone where `own` is set */
	what: string;
	/** What the user can do about it */
	advice?: string;
	/** It may pass by itself */
	passing?: true;
	/** ComplyCube's sentence says it better than ours would */
	own?: true;
	/** The request certainly had no effect, whatever its method */
	untouched?: true;
	cause?: NodeFailure['cause'];
}

const RUN_AGAIN =
	'Run the workflow again in a few minutes. See https://status.complycube.com for the state of the service.';

const IN_DOUBT =
	'It is not known whether ComplyCube carried out the request all the same: look before you run this item again.';

/**
 * What happened and what to do, by what came back. Looked up from the most to the least particular name of a reply:
 * its type, its status, its class of status; or the kind of silence.
 */
const ROWS: Record<string, Row> = {
	'3xx': {
		what: 'The address of the API answered with a redirect',
		advice:
			"The API key was not sent on. Enter the final address as 'Base URL' in the ComplyCube credential.",
		untouched: true,
		cause: 'configuration-invalid',
	},
	'400': {
		what: 'ComplyCube did not accept the request',
		advice: "Correct the value in this node's parameters.",
		own: true,
		untouched: true,
	},
	'401': {
		what: 'Authorization failed: ComplyCube did not accept the API key',
		advice:
			"Open the ComplyCube credential and enter the key as the Web Portal's developers page shows it. A key that was refreshed there stops working here.",
		untouched: true,
		cause: 'credential-invalid',
	},
	'402': {
		what: 'ComplyCube asks for payment',
		advice:
			"The account has no credit left, or its plan does not include this. Top it up in ComplyCube's Web Portal, then run the workflow again.",
		untouched: true,
		cause: 'quota-exhausted',
	},
	'403': {
		what: 'This API key is not allowed to do that',
		advice:
			"Check in ComplyCube's Web Portal that the plan includes this feature, and whether the account only allows certain IP addresses.",
		untouched: true,
	},
	'404': {
		what: 'ComplyCube does not know this object',
		advice:
			'Check the ID, and that the API key belongs to the same environment: an object made with a test key cannot be seen with a live key, nor the other way round.',
		own: true,
		untouched: true,
	},
	'413': {
		what: 'The request is too large for ComplyCube',
		advice: 'Send less data at a time, or a smaller file.',
		untouched: true,
	},
	'422': {
		what: 'ComplyCube could not process the request',
		advice: "Correct what ComplyCube names in this node's parameters or in the data it uses.",
		own: true,
		untouched: true,
	},
	'429': {
		what: 'ComplyCube kept refusing requests with this API key',
		advice:
			"Either more requests are sent per second than the account may send (several n8n workers or other programs with the same key count together: lower 'Requests per Second' in the credential), or the plan's monthly quota is used up, which waiting does not clear: see the Web Portal. Nothing was done for this item, so it is safe to run again.",
		untouched: true,
	},
	'429 quota': {
		what: "The quota of ComplyCube's plan is used up",
		advice:
			'Waiting a few minutes does not clear it. Raise the plan or wait for the next period: see the Web Portal. Nothing was done for this item, so it is safe to run again.',
		untouched: true,
		cause: 'quota-exhausted',
	},
	'4xx': {
		what: 'ComplyCube did not accept the request',
		advice: "Check this node's parameters and the 'Base URL' of the credential.",
		own: true,
		untouched: true,
	},
	'5xx': {
		what: 'ComplyCube could not answer',
		passing: true,
		cause: 'temporarily-unavailable',
	},
	unreadable: {
		what: 'The answer was not the JSON that ComplyCube sends',
		advice:
			"Check that 'Base URL' in the credential is the address of the API, and that no proxy answers in its place.",
	},
	refused: {
		what: 'The server refused the connection',
		advice: 'Nothing was sent.',
		passing: true,
		untouched: true,
		cause: 'temporarily-unavailable',
	},
	unknownHost: {
		what: 'The address of the API is unknown',
		advice:
			"Nothing was sent. Check 'Base URL' in the credential, and that n8n's machine can look up host names.",
		untouched: true,
		cause: 'configuration-invalid',
	},
	dns: {
		what: 'The name of the API could not be looked up',
		advice: "Nothing was sent. Check the network of n8n's machine.",
		passing: true,
		untouched: true,
		cause: 'temporarily-unavailable',
	},
	tlsBroken: {
		what: 'The secure connection to the API broke',
		advice:
			"Check that 'Base URL' in the credential is an address that answers with https, and that no proxy intercepts the connection.",
	},
	tls: {
		what: 'No secure connection to the API could be made',
		advice:
			"Nothing was sent. The certificate of the server does not fit: check 'Base URL' in the credential, and whether a proxy intercepts the connection.",
		untouched: true,
		cause: 'configuration-invalid',
	},
	dropped: {
		what: 'The connection was closed before ComplyCube answered',
		passing: true,
		cause: 'temporarily-unavailable',
	},
	timeout: {
		what: 'ComplyCube did not answer in time',
		advice: 'The time to wait can be set under Request Options → Timeout.',
		passing: true,
		cause: 'temporarily-unavailable',
	},
	unreachable: {
		what: "The API cannot be reached from n8n's machine",
		advice: "Check the network of n8n's machine.",
		passing: true,
		cause: 'temporarily-unavailable',
	},
	noTurn: {
		what: 'Others with the same API key were waiting before this request',
		advice: 'Nothing was sent.',
		passing: true,
		untouched: true,
	},
	blocked: {
		what: 'The request was not sent',
		advice: "Check 'Base URL' and the allowed domains in the ComplyCube credential.",
		untouched: true,
	},
	cancelled: {
		what: 'The execution was canceled before ComplyCube answered',
		passing: true,
	},
};

/** Longest part of ComplyCube's sentence that is shown, in characters. */
const LONGEST_SENTENCE = 400;

/** A sentence from outside as one line of plain text, without the key should it be quoted. */
function plain(text: unknown, apiKey: string): string | undefined {
	if (typeof text !== 'string') return undefined;
	const line = text
		.replaceAll(apiKey || '\0', '(API key)')
		.replace(/[\s\p{Cc}]+/gu, ' ')
		.trim();
	// A cut may leave half of a character at the end
	return line.slice(0, LONGEST_SENTENCE).replace(/\p{Cs}$/u, '') || undefined;
}

/** The documented error body (API page "Errors"), as far as the answer has it. */
interface ErrorBody {
	type?: string;
	message?: string;
	param?: string;
}

function errorBody(body: unknown, apiKey: string): ErrorBody {
	const fields = (body !== null && typeof body === 'object' ? body : {}) as IDataObject;
	return {
		type: plain(fields.type, apiKey),
		message: plain(fields.message, apiKey),
		param: plain(fields.param, apiKey),
	};
}

function rowOf(names: string[]): Row {
	return ROWS[names.find((name) => name in ROWS) ?? '5xx'];
}

const withDefinedOnly = (details: FailureDetails): FailureDetails =>
	Object.fromEntries(Object.entries(details).filter(([, value]) => value !== undefined));

function failureFrom(
	row: Row,
	method: IHttpRequestMethods,
	reason: string | undefined,
	details: FailureDetails,
): Failure {
	const field = details.param && `ComplyCube names the field '${details.param}'.`;
	const message = row.own && reason ? reason : [row.what, reason].filter(Boolean).join(': ');
	const doubtful = method !== 'GET' && !row.untouched;
	return new Failure(
		message,
		withDefinedOnly({
			...details,
			description: [field, row.advice, doubtful ? IN_DOUBT : row.passing && RUN_AGAIN]
				.filter(Boolean)
				.join(' '),
		}),
		doubtful,
		row.cause && ({ cause: row.cause } as NodeFailure),
	);
}

function failureOfAnswer(answer: Answer, method: IHttpRequestMethods, apiKey: string): Failure {
	const { type, message, param } = errorBody(answer.body, apiKey);
	const quota = answer.status === 429 && isQuotaUsedUp(answer);
	const row = rowOf([
		quota ? '429 quota' : `${answer.status}`,
		`${Math.floor(answer.status / 100)}xx`,
	]);
	return failureFrom(row, method, message, { httpCode: `${answer.status}`, type, param });
}

function failureOfSilence(silence: Silence, method: IHttpRequestMethods, apiKey: string): Failure {
	return failureFrom(ROWS[silence.silence], method, plain(silence.reason, apiKey), {
		httpCode: silence.code,
	});
}

/**
 * Reads a final reply.
 *
 * @param reply what came back after all retries
 * @param method the request's method: only a GET certainly changes nothing
 * @param apiKey the key, so that it can be taken out of a sentence that quotes it
 * @returns the JSON object of a success (`{}` for 204), or the failure in words (API page "Errors")
 */
export function outcomeOf(
	reply: Reply,
	method: IHttpRequestMethods,
	apiKey: string,
): IDataObject | Failure {
	if ('silence' in reply) return failureOfSilence(reply, method, apiKey);
	if (reply.status < 200 || reply.status > 299) return failureOfAnswer(reply, method, apiKey);
	if (reply.status === 204) return {};
	const { body } = reply;
	return body !== null && typeof body === 'object' && !Array.isArray(body)
		? (body as IDataObject)
		: failureFrom(ROWS.unreadable, method, undefined, { httpCode: `${reply.status}` });
}
