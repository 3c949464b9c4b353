import type { Failure as NodeFailure, IDataObject, IHttpRequestMethods } from 'n8n-workflow';
import { isPlainObject } from '../values/plainObject';
import { cutText } from '../values/text';
import {
	isQuotaUsedUp,
	type Answer,
	type NoAnswer,
	type NoAnswerKind,
	type Reply,
} from './exchange';
import { Failure, type FailureDetails } from './failure';

interface Row {
	/** What happened. ComplyCube's own sentence follows after a colon, or replaces it where `prefersServerMessage` is set */
	what: string;
	/** What the user can do about it */
	advice?: string;
	/** It may pass by itself */
	isTransient?: true;
	/** ComplyCube's sentence says it better than ours would */
	prefersServerMessage?: true;
	/** The request certainly had no effect, whatever its method */
	hadNoEffect?: true;
	cause?: NodeFailure['cause'];
}

const RUN_AGAIN =
	'Run the workflow again in a few minutes. See https://status.complycube.com for the state of the service.';

const IN_DOUBT =
	'It is not known whether ComplyCube carried out the request all the same: look before you run this item again.';

/** What happened and what to do, by status, or by class of status for those without a row of their own. */
const ROW_BY_STATUS = {
	'3xx': {
		what: 'The address of the API answered with a redirect',
		advice:
			"The API key was not sent on. Enter the final address as 'Base URL' in the ComplyCube credential.",
		hadNoEffect: true,
		cause: 'configuration-invalid',
	},
	'400': {
		what: 'ComplyCube did not accept the request',
		advice: "Correct the value in this node's parameters.",
		prefersServerMessage: true,
		hadNoEffect: true,
	},
	'401': {
		what: 'Authorization failed: ComplyCube did not accept the API key',
		advice:
			"Open the ComplyCube credential and enter the key as the Web Portal's developers page shows it. A key that was refreshed there stops working here.",
		hadNoEffect: true,
		cause: 'credential-invalid',
	},
	'402': {
		what: 'ComplyCube asks for payment',
		advice:
			"The account has no credit left, or its plan does not include this. Top it up in ComplyCube's Web Portal, then run the workflow again.",
		hadNoEffect: true,
		cause: 'quota-exhausted',
	},
	'403': {
		what: 'This API key is not allowed to do that',
		advice:
			"Check in ComplyCube's Web Portal that the plan includes this feature, and whether the account only allows certain IP addresses.",
		hadNoEffect: true,
	},
	'404': {
		what: 'ComplyCube does not know this object',
		advice:
			'Check the ID, and that the API key belongs to the same environment: an object made with a test key cannot be seen with a live key, nor the other way round.',
		prefersServerMessage: true,
		hadNoEffect: true,
	},
	'408': {
		what: 'ComplyCube did not receive the request in time',
		isTransient: true,
		cause: 'temporarily-unavailable',
	},
	'413': {
		what: 'The request is too large for ComplyCube',
		advice: 'Send less data at a time, or a smaller file.',
		hadNoEffect: true,
	},
	'422': {
		what: 'ComplyCube could not process the request',
		advice: "Correct what ComplyCube names in this node's parameters or in the data it uses.",
		prefersServerMessage: true,
		hadNoEffect: true,
	},
	'429': {
		what: 'ComplyCube kept refusing requests with this API key',
		advice:
			"Either more requests are sent per second than the account may send (several n8n workers or other programs with the same key count together: lower 'Requests per Second' in the credential), or the plan's monthly quota is used up, which waiting does not clear: see the Web Portal. Nothing was done for this item, so it is safe to run again.",
		hadNoEffect: true,
	},
	'429 quota': {
		what: "The quota of ComplyCube's plan is used up",
		advice:
			'Waiting a few minutes does not clear it. Raise the plan or wait for the next period: see the Web Portal. Nothing was done for this item, so it is safe to run again.',
		hadNoEffect: true,
		cause: 'quota-exhausted',
	},
	'4xx': {
		what: 'ComplyCube did not accept the request',
		advice: "Check this node's parameters and the 'Base URL' of the credential.",
		prefersServerMessage: true,
		hadNoEffect: true,
	},
	'5xx': {
		what: 'ComplyCube could not answer',
		isTransient: true,
		cause: 'temporarily-unavailable',
	},
} satisfies Record<string, Row>;

/** A 2xx that is no JSON object. */
const UNREADABLE: Row = {
	what: 'The answer was not the JSON that ComplyCube sends',
	advice:
		"Check that 'Base URL' in the credential is the address of the API, and that no proxy answers in its place.",
};

/** What happened and what to do, by why there was no answer. */
const ROW_BY_KIND = {
	refused: {
		what: 'The server refused the connection',
		advice: 'Nothing was sent.',
		isTransient: true,
		hadNoEffect: true,
		cause: 'temporarily-unavailable',
	},
	unknownHost: {
		what: 'The address of the API is unknown',
		advice:
			"Nothing was sent. Check 'Base URL' in the credential, and that n8n's machine can look up host names.",
		hadNoEffect: true,
		cause: 'configuration-invalid',
	},
	dns: {
		what: 'The name of the API could not be looked up',
		advice: "Nothing was sent. Check the network of n8n's machine.",
		isTransient: true,
		hadNoEffect: true,
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
		hadNoEffect: true,
		cause: 'configuration-invalid',
	},
	dropped: {
		what: 'The connection was closed before ComplyCube answered',
		isTransient: true,
		cause: 'temporarily-unavailable',
	},
	timeout: {
		what: 'ComplyCube did not answer in time',
		advice: 'The time to wait can be set under Request Options → Timeout.',
		isTransient: true,
		cause: 'temporarily-unavailable',
	},
	unreachable: {
		what: "The API cannot be reached from n8n's machine",
		advice: "Check the network of n8n's machine.",
		isTransient: true,
		cause: 'temporarily-unavailable',
	},
	queueTimeout: {
		what: 'Others with the same API key were waiting before this request',
		advice: 'Nothing was sent.',
		isTransient: true,
		hadNoEffect: true,
	},
	blocked: {
		what: 'The request was not sent',
		advice: "Check 'Base URL' and the allowed domains in the ComplyCube credential.",
		hadNoEffect: true,
	},
	cancelled: {
		what: 'The execution was canceled before ComplyCube answered',
		isTransient: true,
	},
} satisfies Record<NoAnswerKind, Row>;

/** Longest part of ComplyCube's sentence that is shown, in characters. */
const LONGEST_SENTENCE = 400;

/** A sentence from outside as one line of plain text, without the key should it be quoted. */
function plain(text: unknown, apiKey: string): string | undefined {
	if (typeof text !== 'string') return undefined;
	const line = text
		.replaceAll(apiKey || '\0', '(API key)')
		.replace(/\p{Cf}+/gu, '')
		.replace(/[\s\p{Cc}]+/gu, ' ')
		.trim();
	return cutText(line, LONGEST_SENTENCE) || undefined;
}

/** The documented error body (API page "Errors"), as far as the answer has it. */
interface ErrorBody {
	type?: string;
	message?: string;
	param?: string;
}

function errorBody(body: unknown, apiKey: string): ErrorBody {
	const fields: IDataObject = isPlainObject(body) ? body : {};
	return {
		type: plain(fields.type, apiKey),
		message: plain(fields.message, apiKey),
		param: plain(fields.param, apiKey),
	};
}

type StatusName = keyof typeof ROW_BY_STATUS;

const isStatusName = (name: string): name is StatusName => Object.hasOwn(ROW_BY_STATUS, name);

function rowOf(answer: Answer): Row {
	const { status } = answer;
	if (status === 429 && isQuotaUsedUp(answer)) return ROW_BY_STATUS['429 quota'];
	const name = [`${status}`, `${Math.floor(status / 100)}xx`].find(isStatusName);
	return ROW_BY_STATUS[name ?? '5xx'];
}

const withoutUndefined = (details: FailureDetails): FailureDetails =>
	Object.fromEntries(Object.entries(details).filter(([, value]) => value !== undefined));

function failureFrom(
	row: Row,
	method: IHttpRequestMethods,
	reason: string | undefined,
	details: FailureDetails,
): Failure {
	const field = details.param && `ComplyCube names the field '${details.param}'.`;
	const message =
		row.prefersServerMessage && reason ? reason : [row.what, reason].filter(Boolean).join(': ');
	const doubtful = method !== 'GET' && !row.hadNoEffect;
	return new Failure(
		message,
		withoutUndefined({
			...details,
			description: [field, row.advice, doubtful ? IN_DOUBT : row.isTransient && RUN_AGAIN]
				.filter(Boolean)
				.join(' '),
		}),
		doubtful,
		row.cause && ({ cause: row.cause } as NodeFailure),
	);
}

function failureOfAnswer(answer: Answer, method: IHttpRequestMethods, apiKey: string): Failure {
	const { type, message, param } = errorBody(answer.body, apiKey);
	return failureFrom(rowOf(answer), method, message, { httpCode: `${answer.status}`, type, param });
}

function failureOfNoAnswer(
	{ noAnswer, code, reason }: NoAnswer,
	method: IHttpRequestMethods,
	apiKey: string,
): Failure {
	return failureFrom(ROW_BY_KIND[noAnswer], method, plain(reason, apiKey), { httpCode: code });
}

/**
 * Reads a final reply.
 *
 * @param reply what came back after all retries
 * @param method the request's method: only a GET certainly changes nothing
 * @param apiKey the key, so that it can be taken out of a sentence that quotes it
 * @returns the JSON object of a success (`{}` for 204), or the failure in words (API page "Errors")
 */
export function resultOf(
	reply: Reply,
	method: IHttpRequestMethods,
	apiKey: string,
): IDataObject | Failure {
	if ('noAnswer' in reply) return failureOfNoAnswer(reply, method, apiKey);
	if (reply.status < 200 || reply.status > 299) return failureOfAnswer(reply, method, apiKey);
	if (reply.status === 204) return {};
	const { body } = reply;
	return isPlainObject(body)
		? body
		: failureFrom(UNREADABLE, method, undefined, { httpCode: `${reply.status}` });
}
