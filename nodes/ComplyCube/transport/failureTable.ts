import type { Failure as NodeFailure, IDataObject } from 'n8n-workflow';
import { durationInWords } from '../values/duration';
import { isPlainObject } from '../values/plainObject';
import { cutText, plainLine } from '../values/text';
import type { ApiRequest } from './connection';
import {
	LARGEST_REPLY,
	type Answer,
	type NoAnswer,
	type NoAnswerKind,
	type Reply,
} from './exchange';
import { Failure, type FailureDetails } from './failure';
import { isCountedByQuota, isQuotaUsedUp, retryAfter } from './retry';

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
		what: 'ComplyCube did not receive the whole request in time',
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
			"More requests are sent per second than the account may send: several n8n workers or other programs with the same key count together. Lower 'Requests per Second' in the credential. Nothing was done for this item, so it is safe to run again.",
		hadNoEffect: true,
	},
	'429 counted by the quota': {
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

/** What to do about an answer that is not ComplyCube's own, by status, or by class of status. */
const ADVICE_ON_OTHERS = {
	'401':
		"A proxy or gateway may ask for a login of its own: check 'Base URL' in the ComplyCube credential, and that the API key is complete.",
	'403':
		"Check whether a proxy or firewall blocks the request, and in ComplyCube's Web Portal whether the account only allows certain IP addresses.",
	'404':
		"Check 'Base URL' in the ComplyCube credential: it is normally https://api.complycube.com/v1.",
	'407':
		"The proxy asks for a user name and a password: enter them where the proxy is set, for n8n's machine or under Request Options → Proxy.",
	'408': 'If this goes on, check the proxy or gateway.',
	'413':
		'A proxy or gateway takes less data than ComplyCube does: send less at a time or a smaller file, or have its limit raised.',
	'429':
		"Lower 'Requests per Second' in the credential, or ask who runs the proxy or gateway. Nothing was done for this item, so it is safe to run again.",
	'4xx':
		"Check 'Base URL' in the ComplyCube credential, and any proxy, gateway or firewall on the way.",
	'5xx': 'If this goes on, check the proxy or gateway.',
};

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
		advice: 'This request was not sent.',
		isTransient: true,
		hadNoEffect: true,
		cause: 'temporarily-unavailable',
	},
	unknownHost: {
		what: 'The address of the API is unknown',
		advice:
			"This request was not sent. Check 'Base URL' in the credential, and that n8n's machine can look up host names.",
		hadNoEffect: true,
		cause: 'configuration-invalid',
	},
	dns: {
		what: 'The name of the API could not be looked up',
		advice: "This request was not sent. Check the network of n8n's machine.",
		isTransient: true,
		hadNoEffect: true,
		cause: 'temporarily-unavailable',
	},
	tlsBroken: {
		what: 'The secure connection to the API broke',
		advice:
			"Check that 'Base URL' in the credential is an address that answers with https, and that no proxy intercepts the connection.",
	},
	tooLarge: {
		what: `The answer was larger than ${LARGEST_REPLY / 2 ** 20} MB and was not read to its end`,
		advice:
			"Ask for less at a time with 'Limit' or filters, and check that 'Base URL' in the credential is the address of the API.",
	},
	tls: {
		what: 'No secure connection to the API could be made',
		advice:
			"This request was not sent. The certificate of the server does not fit: check 'Base URL' in the credential, and whether a proxy intercepts the connection.",
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
	garbled: {
		what: 'The answer could not be understood',
		advice:
			"Check 'Base URL' in the ComplyCube credential, and any proxy, gateway or firewall on the way.",
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
		advice: 'This request was not sent.',
		isTransient: true,
		hadNoEffect: true,
	},
	keyOnHold: {
		what: 'The service kept refusing requests with this API key',
		advice:
			'This request was not sent. One will find out within two minutes whether it lets them through again, so it is safe to run again then.',
		hadNoEffect: true,
	},
	pacedTooSlowly: {
		what: "The ComplyCube credential's 'Requests per Second' lets no other request start now",
		advice:
			"This request was not sent. Enter a higher number, or 0 for ComplyCube's documented limit.",
		hadNoEffect: true,
		cause: 'configuration-invalid',
	},
	unexplained: {
		what: 'The request ended without an answer',
		advice: "Check 'Base URL' in the ComplyCube credential and the network of n8n's machine.",
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
	// The key only shows once what may hide in it is gone
	const line = plainLine(text).replaceAll(plainLine(apiKey) || '\0', '(API key)');
	return cutText(line, LONGEST_SENTENCE) || undefined;
}

/** The documented error body (API page "Errors"), as far as the answer has it. */
interface ErrorBody {
	type?: string;
	message?: string;
	param?: string;
}

/** Gateways that keep to RFC 9457 give an address as the type, e.g. `about:blank`; ComplyCube gives a word. */
const ADDRESS = /[:/]/;

function errorBody(body: unknown, apiKey: string): ErrorBody {
	const fields: IDataObject = isPlainObject(body) ? body : {};
	const type = plain(fields.type, apiKey);
	return {
		type: type && ADDRESS.test(type) ? undefined : type,
		message: plain(fields.message, apiKey),
		param: plain(fields.param, apiKey),
	};
}

/** The row of a status, or of its class. */
function rowNamed<Row>(rows: Record<string, Row>, status: number, otherwise: Row): Row {
	const name = [`${status}`, `${Math.floor(status / 100)}xx`].find((each) =>
		Object.hasOwn(rows, each),
	);
	return (name !== undefined && rows[name]) || otherwise;
}

/** ComplyCube's error bodies all have a type (API page "Errors"); an answer without one came from something else. */
function rowOfOthers({ status }: Answer): Row {
	const { hadNoEffect, isTransient, cause }: Row = rowNamed<Row>(
		ROW_BY_STATUS,
		status,
		ROW_BY_STATUS['5xx'],
	);
	const what = `omething between n8n and ComplyCube answered with status ${status}`;
	return {
		// n8n knows a refused login by these words
		what: status === 401 ? `Authorization failed: s${what}` : `S${what}`,
		advice: rowNamed<string>(ADVICE_ON_OTHERS, status, ADVICE_ON_OTHERS['5xx']),
		hadNoEffect,
		isTransient,
		// What it says of the key and the account is not ComplyCube's word
		...(isTransient && { cause }),
	};
}

function rowOf(request: ApiRequest, answer: Answer, type: string | undefined): Row {
	const { status } = answer;
	const isRedirect = status >= 300 && status < 400;
	if (type === undefined && !isRedirect) return rowOfOthers(answer);
	if (status !== 429) return rowNamed<Row>(ROW_BY_STATUS, status, ROW_BY_STATUS['5xx']);
	if (isQuotaUsedUp(request, answer)) return ROW_BY_STATUS['429 quota'];
	return ROW_BY_STATUS[isCountedByQuota(request) ? '429 counted by the quota' : '429'];
}

const withoutUndefined = (details: FailureDetails): FailureDetails =>
	Object.fromEntries(Object.entries(details).filter(([, value]) => value !== undefined));

function failureFrom(
	row: Row,
	{ method }: ApiRequest,
	reason: string | undefined,
	details: FailureDetails,
	asked?: number,
): Failure {
	const field = details.type && details.param && `ComplyCube names the field '${details.param}'.`;
	const wait = asked && `The service asked for a wait of ${durationInWords(asked)}.`;
	const message =
		row.prefersServerMessage && reason ? reason : [row.what, reason].filter(Boolean).join(': ');
	const doubtful = method !== 'GET' && !row.hadNoEffect;
	return new Failure(
		message,
		withoutUndefined({
			...details,
			description: [field, wait, row.advice, doubtful ? IN_DOUBT : row.isTransient && RUN_AGAIN]
				.filter(Boolean)
				.join(' '),
		}),
		doubtful,
		row.cause && ({ cause: row.cause } as NodeFailure),
	);
}

function failureOfAnswer(answer: Answer, request: ApiRequest, apiKey: string): Failure {
	const { status, headers } = answer;
	const { type, message, param } = errorBody(answer.body, apiKey);
	const asked = status === 429 ? retryAfter(headers['retry-after']) : undefined;
	const details = { httpCode: `${status}`, type, param };
	return failureFrom(rowOf(request, answer, type), request, message, details, asked);
}

function failureOfNoAnswer(
	{ noAnswer, code, reason, asked }: NoAnswer,
	request: ApiRequest,
	apiKey: string,
): Failure {
	const row: Row = ROW_BY_KIND[noAnswer];
	return failureFrom(row, request, plain(reason, apiKey), { httpCode: code }, asked);
}

/**
 * Reads a final reply.
 *
 * @param reply what came back after all retries
 * @param request what was sent: only a GET certainly changes nothing, and a plan's quota counts but a few requests
 * @param apiKey the key, so that it can be taken out of a sentence that quotes it
 * @returns the JSON object of a success (`{}` for 204), or the failure in words (API page "Errors")
 */
export function resultOf(reply: Reply, request: ApiRequest, apiKey: string): IDataObject | Failure {
	if ('noAnswer' in reply) return failureOfNoAnswer(reply, request, apiKey);
	const { status, body } = reply;
	if (status < 200 || status > 299) return failureOfAnswer(reply, request, apiKey);
	if (status === 204) return {};
	return isPlainObject(body)
		? body
		: failureFrom(UNREADABLE, request, undefined, { httpCode: `${status}` });
}
