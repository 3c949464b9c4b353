import {
	type ICredentialDataDecryptedObject,
	type ICredentialTestRequest,
	type ICredentialType,
	type IHttpRequestOptions,
	type INodeProperties,
	UserError,
} from 'n8n-workflow';
import {
	checkedBaseUrl,
	DEFAULT_BASE_URL,
	directProxy,
} from '../nodes/ComplyCube/transport/baseUrl';
import { Failure } from '../nodes/ComplyCube/transport/failure';

/** An address that n8n's HTTP client takes as it is. Unlike a browser, it appends anything else to the base URL as text. */
const ABSOLUTE = /^([a-z][a-z\d+.-]*:)?\/\//i;

const originOf = (address: string, base?: string) =>
	URL.canParse(address, base) ? new URL(address, base).origin : undefined;

/**
 * Adds the API key, but only to a request that goes to the credential's host over a connection nobody can read. Where it is plain
 * http, on n8n's own machine, no proxy of n8n's environment gets in between. This also holds for n8n's HTTP Request node.
 *
 * A function rather than an expression, because n8n evaluates an expression anew for every request.
 *
 * @param credential the decrypted credential
 * @param request the request without authorisation
 * @returns the request with ComplyCube's `Authorization` header: the bare key (API page "Authentication")
 * @throws UserError if the request goes anywhere else; the key has not been added then
 */
async function authenticate(
	credential: ICredentialDataDecryptedObject,
	request: IHttpRequestOptions,
): Promise<IHttpRequestOptions> {
	const baseUrl = checkedBaseUrl(credential.baseUrl);
	if (baseUrl instanceof Failure) {
		throw new UserError(`${baseUrl.message}. ${baseUrl.details.description}`);
	}
	// n8n's HTTP Request node still uses `uri`
	const { url, uri = '' } = request as IHttpRequestOptions & { uri?: string };
	const base = request.baseURL && `${request.baseURL.trim()}/`;
	const address = url ?? uri;
	const joined = base && !ABSOLUTE.test(address) ? base + address : address;
	const own = new URL(baseUrl).origin;
	if (originOf(address, base) !== own || originOf(joined) !== own) {
		throw new UserError(
			"The ComplyCube API key was not sent, because the request goes to another host than the credential's Base URL",
		);
	}
	const headers = { ...request.headers, Authorization: String(credential.apiKey ?? '').trim() };
	const proxy = request.proxy ?? directProxy(baseUrl);
	return {
		...request,
		...(proxy && { proxy }),
		headers,
		// The HTTP Request node follows redirects, and up to its version 4.3 would send the key along
		sendCredentialsOnCrossOriginRedirect: false,
	};
}

export class ComplyCubeApi implements ICredentialType {
	name = 'complyCubeApi';

	displayName = 'ComplyCube API';

	icon = {
		light: 'file:../nodes/ComplyCube/complycube.svg',
		dark: 'file:../nodes/ComplyCube/complycube.dark.svg',
	} as const;

	documentationUrl = 'https://github.com/n8n-nodes-complycube/n8n-nodes-complycube#credential';

	properties: INodeProperties[] = [
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			placeholder: 'e.g. test_…',
			hint: 'Copy it from the <a href="https://portal.complycube.com/developers" target="_blank">developers page of the ComplyCube Web Portal</a>. With a test key, nothing is charged.',
			description:
				'A key that starts with "test_" works in the sandbox, where nothing is charged; one that starts with "live_" runs real checks, which are charged.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: DEFAULT_BASE_URL,
			placeholder: 'e.g. https://api.complycube.com/v1',
			description:
				"Address of the API, the same for test and live keys. It must use https, unless it is on n8n's own machine.",
		},
		{
			displayName: 'Requests per Second',
			name: 'requestsPerSecond',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 0,
			hint: "0 uses ComplyCube's documented limit",
			description:
				'How many requests per second n8n may start with this key. ComplyCube documents a limit of 5 for a test key and 10 for a live key. n8n workers that share the key adjust by themselves.',
		},
	];

	authenticate = authenticate;

	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{ $credentials.baseUrl.trim() || "https://api.complycube.com/v1" }}',
			url: 'accountInfo',
			disableFollowRedirect: true,
		},
		rules: [
			{
				type: 'responseCode',
				properties: {
					value: 401,
					message:
						"ComplyCube did not accept this API key. Copy it again from the Web Portal's developers page; a key that was refreshed there stops working here.",
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 402,
					message:
						'The API key is right, but the account has no credit left. Top it up in the ComplyCube Web Portal.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 403,
					message:
						'The API key is right, but it may not read the account. Check in the ComplyCube Web Portal whether only certain IP addresses are allowed.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 404,
					message:
						'There is no ComplyCube API at this Base URL. It is normally https://api.complycube.com/v1.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 429,
					message:
						'ComplyCube is receiving too many requests with this API key at the moment. Wait a minute and test again.',
				},
			},
			{
				type: 'responseSuccessBody',
				properties: {
					key: 'remainingCredit',
					value: 0,
					message:
						'The API key is right, but the account has no credit left: a live key cannot start checks, while a test key works all the same. Top the account up in the ComplyCube Web Portal.',
				},
			},
			// n8n evaluates both kinds of rule, but its type allows only one kind at a time
		] as ICredentialTestRequest['rules'],
	};
}
