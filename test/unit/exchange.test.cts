import { ApplicationError, NodeApiError, type INode, type JsonObject } from 'n8n-workflow';
import {
	CREDENTIAL_TYPE,
	exchange,
	type Answer,
	type RequestContext,
	type NoAnswer,
} from '../../nodes/ComplyCube/transport/exchange';

const NODE: INode = {
	id: '1',
	name: 'ComplyCube',
	type: 'n8n-nodes-complycube.complyCube',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};
const CREDENTIAL = { apiKey: 'test_key', baseUrl: 'https://api.complycube.com/v1' };
const REQUEST = {
	method: 'GET' as const,
	url: 'https://api.complycube.com/v1/workflowSessions',
	qs: { page: 1 },
	json: true,
};

/** A context of n8n with nothing but the helper that sends. */
function contextWith(helper: (...args: never[]) => Promise<unknown>) {
	const httpRequestWithAuthentication = jest.fn(helper);
	const context = { helpers: { httpRequestWithAuthentication } };
	return {
		context: context as unknown as RequestContext,
		sent: httpRequestWithAuthentication.mock as {
			calls: unknown[][];
			contexts: unknown[];
		},
	};
}

const replyTo = async (thrown: unknown) =>
	(await exchange(
		contextWith(async () => await Promise.reject(thrown)).context,
		CREDENTIAL,
		REQUEST,
	)) as NoAnswer;

/** What axios throws, with all that it carries. */
const axiosError = (code: string | undefined, extra: object = {}) =>
	Object.assign(new Error(`It did not work: ${code}`), {
		name: 'AxiosError',
		isAxiosError: true,
		...(code !== undefined && { code }),
		config: { headers: { Authorization: 'test_key' } },
		...extra,
	});

/** What n8n's helper makes of that. */
const wrapped = (error: Error) => new NodeApiError(NODE, error as unknown as JsonObject);

describe('exchange: an answer', () => {
	it('asks n8n for every status, without redirects, with the credential at hand', async () => {
		const { context, sent } = contextWith(async () => ({ statusCode: 200, headers: {}, body: {} }));
		await exchange(context, CREDENTIAL, Object.freeze({ ...REQUEST }));
		expect(sent.calls).toHaveLength(1);
		const [type, request, options] = sent.calls[0];
		expect(type).toBe(CREDENTIAL_TYPE);
		expect(request).toEqual({
			...REQUEST,
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
		});
		expect(options).toMatchObject({ credentialsDecrypted: { data: CREDENTIAL } });
		// n8n's helper reads the node from its `this`
		expect(sent.contexts).toEqual([context]);
	});

	it('cannot be talked out of it by the request', async () => {
		const { context, sent } = contextWith(async () => ({ statusCode: 200, headers: {}, body: {} }));
		await exchange(context, CREDENTIAL, {
			...REQUEST,
			returnFullResponse: false,
			ignoreHttpStatusErrors: false,
			disableFollowRedirect: false,
		});
		expect(sent.calls[0][1]).toMatchObject({
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
		});
	});

	it.each<[number, unknown]>([
		[200, { id: '1' }],
		[200, '<html></html>'],
		[204, ''],
		[301, ''],
		[401, { type: 'unauthorized' }],
		[422, { message: 'no' }],
		[429, null],
		[503, undefined],
	])('gives %p with %j as it came', async (statusCode, body) => {
		const headers = { 'retry-after': '7' };
		const { context } = contextWith(async () => ({ statusCode, headers, body }));
		const reply = (await exchange(context, CREDENTIAL, REQUEST)) as Answer;
		expect(reply).toEqual({ status: statusCode, headers, body });
		expect(reply.body).toBe(body);
	});
});

const CODES: Array<[code: string, noAnswer: NoAnswer['noAnswer']]> = [
	['ECONNREFUSED', 'refused'],
	['ENOTFOUND', 'unknownHost'],
	['EAI_AGAIN', 'dns'],
	['ECONNRESET', 'dropped'],
	['EPIPE', 'dropped'],
	['ERR_BAD_RESPONSE', 'dropped'],
	['ECONNABORTED', 'timeout'],
	['ETIMEDOUT', 'timeout'],
	['ESOCKETTIMEDOUT', 'timeout'],
	['EHOSTUNREACH', 'unreachable'],
	['ENETUNREACH', 'unreachable'],
	['EADDRNOTAVAIL', 'unreachable'],
	['ERR_CANCELED', 'cancelled'],
	['ERR_INVALID_CHAR', 'blocked'],
	// Unlike a certificate that does not fit, these may come after the request was sent
	['EPROTO', 'tlsBroken'],
	['ERR_SSL_WRONG_VERSION_NUMBER', 'tlsBroken'],
	['Z_DATA_ERROR', 'garbled'],
	['HPE_HEADER_OVERFLOW', 'garbled'],
	// A code nobody thought of: the request may have been under way
	['ERR_NETWORK', 'dropped'],
];

/** The codes of Node's page "TLS": "X509 certificate error codes", and of the handshake. */
const TLS_CODES = [
	'UNABLE_TO_GET_ISSUER_CERT',
	'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
	'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
	'UNABLE_TO_DECRYPT_CERT_SIGNATURE',
	'DEPTH_ZERO_SELF_SIGNED_CERT',
	'SELF_SIGNED_CERT_IN_CHAIN',
	'CERT_SIGNATURE_FAILURE',
	'CERT_NOT_YET_VALID',
	'CERT_HAS_EXPIRED',
	'CERT_CHAIN_TOO_LONG',
	'CERT_REVOKED',
	'CERT_UNTRUSTED',
	'CERT_REJECTED',
	'INVALID_CA',
	'INVALID_PURPOSE',
	'PATH_LENGTH_EXCEEDED',
	'HOSTNAME_MISMATCH',
	'ERR_TLS_CERT_ALTNAME_INVALID',
	'ERR_TLS_HANDSHAKE_TIMEOUT',
];

const ALL_CODES = [...CODES, ...TLS_CODES.map((code) => [code, 'tls'] as const)];

describe('exchange: noAnswer', () => {
	describe.each(ALL_CODES)('%s is %s', (code, noAnswer) => {
		it.each([
			['as axios throws it', axiosError(code)],
			['as n8n wraps it', wrapped(axiosError(code))],
			['with the code only where n8n puts it', Object.assign(new Error('x'), { httpCode: code })],
			['with the code only at the cause', axiosError(undefined, { cause: { code } })],
			[
				'as n8n wraps it, with the code only at the cause',
				wrapped(axiosError(undefined, { cause: Object.assign(new Error('x'), { code }) })),
			],
		])('%s', async (_, thrown) => {
			const reply = await replyTo(thrown);
			expect(reply).toEqual({ noAnswer, code });
		});
	});

	it("is what n8n itself said, if the request never came to the network: 'blocked'", async () => {
		const refusal = new ApplicationError('The ComplyCube API key was not sent');
		const reply = { noAnswer: 'blocked', reason: refusal.message };
		expect(await replyTo(refusal)).toEqual(reply);
		expect(await replyTo(wrapped(refusal))).toEqual(reply);
	});

	it.each([{ code: 5 }, { code: null, httpCode: null }, { code: undefined }])(
		'is unexplained where the code is no text: %j',
		async (extra) => {
			const thrown = Object.assign(new Error('Stopped'), extra);
			expect(await replyTo(thrown)).toEqual({ noAnswer: 'unexplained', reason: 'Stopped' });
		},
	);

	it('has nothing of the request in it', async () => {
		for (const thrown of [axiosError('ECONNRESET'), wrapped(axiosError('ECONNRESET'))]) {
			expect(JSON.stringify(await replyTo(thrown))).not.toMatch(/test_key|Authorization|config/);
		}
	});

	it('is no exception even if the helper itself breaks', async () => {
		const { context } = contextWith(() => {
			throw new TypeError('Not a promise');
		});
		expect(await exchange(context, CREDENTIAL, REQUEST)).toEqual({
			noAnswer: 'unexplained',
			reason: 'Not a promise',
		});
	});

	it('tries once', async () => {
		const { context, sent } = contextWith(
			async () => await Promise.reject(axiosError('ECONNRESET')),
		);
		await exchange(context, CREDENTIAL, REQUEST);
		expect(sent.calls).toHaveLength(1);
	});
});

// Only a whole code that is known says that nothing was sent; whatever else it is, the request may have been
it.each([
	'MY_INVALID_CA',
	'INVALID_CA_LIST',
	'MY_PATH_LENGTH_EXCEEDED',
	'MY_HOSTNAME_MISMATCH',
	'HOSTNAME_MISMATCH_2',
	'MY_ERR_TLS_X',
	'MY_EPROTO',
	'EPROTONOSUPPORT',
	'MY_ERR_SSL_X',
])('a code that only looks like one of TLS is a dropped connection: %s', async (code) => {
	expect(await replyTo(axiosError(code))).toEqual({ noAnswer: 'dropped', code });
});

it('an address that is none was not sent to', async () => {
	const code = 'ERR_INVALID_URL';
	expect(await replyTo(axiosError(code))).toEqual({ noAnswer: 'blocked', code });
});
