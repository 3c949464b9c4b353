import type { ApiReply } from './resource.cts';

/** Thrown anywhere below a route; the request is answered with its reply. */
export class Refusal extends Error {
	constructor(readonly reply: ApiReply) {
		super(JSON.stringify(reply.body));
	}
}

const errorReply = (status: number, type: string, message: string, param?: string): ApiReply => ({
	status,
	body: { type, message, ...(param === undefined ? {} : { param }) },
});

/** [Errors]: wording as documented. */
export const unauthorized = () =>
	errorReply(401, 'unauthorized', "The 'Authorization' header is invalid");

/** [Errors]: wording as documented. */
export const rateLimitExceeded = () =>
	errorReply(
		429,
		'rate_limit_exceeded',
		'You have exceeded the rate limit prescribed to your plan',
	);

/** [Errors]: type as documented; our source cuts off the end of the message. */
export const internalServerError = () =>
	errorReply(500, 'internal_server_error', 'An error has occurred, try your request again.');

/** [Errors]: `message` is free text, `param` names the offending field. */
export const invalidRequest = (message: string, param?: string) =>
	errorReply(400, 'invalid_request', message, param);

/**
 * @param thing What the API calls the object, e.g. `workflow session`.
 * @returns The documented 404. [Complete a workflow session]
 */
export const notFound = (thing: string, id: string) =>
	errorReply(404, 'resource_not_found', `Invalid ${thing} id '${id}'`);

/** Assumption: words like those of other errors. */
export const invalidUrl = () => invalidRequest("'url' should be a valid HTTPS URL", 'url');

/** [Create a webhook]: wording as documented, and so is the odd `param`. */
export const unknownEvent = (known: string[]) =>
	invalidRequest(
		`'events' should be equal to one of the allowed values:${known.join(', ')}`,
		'type',
	);

/** Assumption: an unknown path is answered like an unknown object. */
export const unknownRoute = (method: string, path: string) =>
	errorReply(404, 'resource_not_found', `Unknown route ${method} ${path}`);

// The bodies of 402, 403, 413, 422 and of the quota's 429 are not documented. Assumption: the
// documented flat shape, with a type named like the documented ones.

export const paymentRequired = () =>
	errorReply(402, 'payment_required', 'Your account has insufficient credit');

export const forbidden = () =>
	errorReply(403, 'forbidden', 'You do not have permission to perform this request');

export const requestTooLarge = () =>
	errorReply(413, 'request_too_large', 'The request is too large');

export const quotaExceeded = () =>
	errorReply(429, 'rate_limit_exceeded', 'You have exceeded the service quota of your plan');

/** Assumption: the type is named like `invalid_check_update` in the documented list of 422s. */
export const wrongStatus = (code: 400 | 422, message: string) =>
	code === 400
		? invalidRequest(message)
		: errorReply(422, 'invalid_workflow_session_update', message);

/**
 * @param type From the documented list of processing errors, e.g. `two_sides_expected`. [Errors]
 */
export const processingError = (type: string, message: string) => errorReply(422, type, message);

/** The limit is documented, the error is not. */
export const webhookLimitReached = (code: 400 | 422, limit: number) =>
	errorReply(
		code,
		code === 400 ? 'invalid_request' : 'webhook_limit_reached',
		`No more than ${limit} webhooks can be created`,
	);

const samples = [
	invalidRequest('The request is malformed'),
	unauthorized(),
	paymentRequired(),
	forbidden(),
	requestTooLarge(),
	wrongStatus(422, 'The request cannot be processed'),
	rateLimitExceeded(),
	internalServerError(),
];

/**
 * @param status HTTP status.
 * @returns The API's usual error reply with that status; without a body when the API has no such error.
 */
export const usualErrorReply = (status: number): ApiReply =>
	samples.find((sample) => sample.status === status) ?? { status };
