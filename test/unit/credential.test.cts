import fc from 'fast-check';
import type { IHttpRequestOptions } from 'n8n-workflow';
import { ComplyCubeApi } from '../../credentials/ComplyCubeApi.credentials';

const credential = new ComplyCubeApi();
const BASE = 'https://api.complycube.com/v1';
const KEY = 'test_a2V5';

const authenticated = async (
	request: IHttpRequestOptions,
	{ apiKey = KEY as unknown, baseUrl = BASE as unknown } = {},
) => await credential.authenticate({ apiKey, baseUrl } as never, request);

describe('the credential authorises', () => {
	it('with the bare key', async () => {
		const { headers } = await authenticated({ url: `${BASE}/accountInfo` });
		expect(headers).toEqual({ Authorization: KEY });
	});

	it.each([` ${KEY}`, `${KEY}\n`, `\t${KEY}\r\n `, `\u00a0${KEY}\u2028`])(
		'with the trimmed key of %j',
		async (apiKey) => {
			const { headers } = await authenticated({ url: `${BASE}/accountInfo` }, { apiKey });
			expect(headers?.Authorization).toBe(KEY);
		},
	);

	it.each<[name: string, url: string, ...base: string[]]>([
		['a whole URL', `${BASE}/accountInfo`],
		['a whole URL with query and port', 'https://api.complycube.com:443/v1/clients?page=1#x'],
		['the host in capitals', 'HTTPS://API.ComplyCube.COM/v1/clients'],
		['a path below the base', 'accountInfo', BASE],
		['a path with a slash', '/accountInfo', BASE],
		['a base with a slash', 'accountInfo', `${BASE}/`],
		['slashes at both', '/accountInfo', `${BASE}/`],
		['spaces around the base', 'accountInfo', ` ${BASE} `],
		['no path at all', '', BASE],
		['a whole URL despite a base elsewhere', `${BASE}/accountInfo`, 'https://evil.example'],
	])('a request to %s', async (_, url, ...[baseURL]) => {
		const request = { url, ...(baseURL !== undefined && { baseURL }) };
		const { headers, ...rest } = await authenticated(request);
		expect(headers).toEqual({ Authorization: KEY });
		expect(rest).toEqual({ ...request, sendCredentialsOnCrossOriginRedirect: false });
	});

	it("a request of n8n's HTTP Request node, which says `uri`", async () => {
		const request = { uri: `${BASE}/accountInfo`, method: 'GET' };
		const { headers, ...rest } = await authenticated(request as never);
		expect(headers).toEqual({ Authorization: KEY });
		expect(rest).toEqual({ ...request, sendCredentialsOnCrossOriginRedirect: false });
	});

	it.each([
		['empty', ''],
		['blank', '  '],
		['missing', null],
		['followed by slashes', `${BASE}//`],
		['surrounded by spaces', ` ${BASE} `],
	])("when the credential's Base URL is %s", async (_, baseUrl) => {
		const { headers } = await authenticated({ url: `${BASE}/accountInfo` }, { baseUrl });
		expect(headers?.Authorization).toBe(KEY);
	});

	it.each([
		['http://localhost:3000/v1', 'localhost', 3000],
		['http://127.0.0.1:3000', '127.0.0.1', 3000],
		['http://[::1]:3000/v1', '[::1]', 3000],
		['http://localhost/v1', 'localhost', 80],
	])(
		"over plain http on this machine, past any proxy of n8n's environment: %s",
		async (baseUrl, host, port) => {
			const request = { url: `${baseUrl}/accountInfo` };
			const { headers, proxy } = await authenticated(request, { baseUrl });
			expect(headers?.Authorization).toBe(KEY);
			expect(proxy).toEqual({ protocol: 'http', host, port });
		},
	);

	it('through the proxy that the request names', async () => {
		const baseUrl = 'http://localhost:3000/v1';
		const proxy = { host: 'proxy.example', port: 3128 };
		const request = { url: `${baseUrl}/accountInfo`, proxy };
		expect(await authenticated(request, { baseUrl })).toMatchObject({ proxy });
	});

	it('keeps everything else of the request', async () => {
		const request: IHttpRequestOptions = {
			method: 'POST',
			url: `${BASE}/clients`,
			headers: { 'X-Trace': '1', Accept: 'application/json', Authorization: 'of somebody else' },
			qs: { page: 1 },
			body: { type: 'person' },
			timeout: 5,
		};
		expect(await authenticated(request)).toEqual({
			sendCredentialsOnCrossOriginRedirect: false,
			...request,
			headers: { 'X-Trace': '1', Accept: 'application/json', Authorization: KEY },
		});
	});

	it('never changes what it is given', async () => {
		const headers = Object.freeze({ Accept: 'application/json' });
		const request = Object.freeze({ url: `${BASE}/accountInfo`, headers });
		const data = Object.freeze({ apiKey: ` ${KEY} `, baseUrl: ` ${BASE}/ ` });
		const result = await credential.authenticate(data, request);
		expect(result).not.toBe(request);
		expect(result.headers).not.toBe(headers);
		expect(request).toEqual({
			url: `${BASE}/accountInfo`,
			headers: { Accept: 'application/json' },
		});
		expect(data).toEqual({ apiKey: ` ${KEY} `, baseUrl: ` ${BASE}/ ` });
	});
});

describe('the credential does not authorise', () => {
	it.each<[name: string, url: string, ...base: string[]]>([
		['another host', 'https://evil.example/v1/accountInfo'],
		['a host with the right beginning', 'https://api.complycube.com.evil.example/v1'],
		['a host with the right end', 'https://evil-api.complycube.com/v1'],
		['a subdomain', 'https://x.api.complycube.com/v1'],
		['the domain above', 'https://complycube.com/v1'],
		['another port', 'https://api.complycube.com:8443/v1/accountInfo'],
		['plain http', 'http://api.complycube.com/v1/accountInfo'],
		['another scheme', 'ftp://api.complycube.com/v1/accountInfo'],
		['a scheme without an origin', 'data:text/plain,x'],
		['the right host as a user name', 'https://api.complycube.com@evil.example/v1'],
		['a base elsewhere', 'accountInfo', 'https://evil.example/v1'],
		['a base with a user name', 'accountInfo', 'https://api.complycube.com@evil.example'],
		['a whole URL elsewhere below the right base', 'https://evil.example/', BASE],
		['a URL without a scheme', '//evil.example/v1', BASE],
		['a URL with backslashes', '\\\\evil.example\\v1', BASE],
		['a URL with a tab in it', '/\t/evil.example/v1', BASE],
		['a URL after a space', ' https://evil.example', BASE],
		['no URL', ''],
		['a path without a base', '/accountInfo'],
	])('a request to %s', async (_, url, ...[baseURL]) => {
		const request = { url, ...(baseURL !== undefined && { baseURL }) };
		const refusal = await authenticated(request).then(
			() => 'authorised',
			({ message }: Error) => message,
		);
		expect(refusal).not.toBe('authorised');
		expect(refusal).not.toContain(KEY);
		expect(request).not.toHaveProperty('headers');
	});

	it.each([
		{ uri: 'https://evil.example/v1' },
		{ uri: '//evil.example/v1', baseURL: BASE },
		// n8n prefers `url` where both are given
		{ uri: `${BASE}/accountInfo`, url: 'https://evil.example/v1' },
		{},
	])("a request of n8n's HTTP Request node to elsewhere: %j", async (request) => {
		await expect(authenticated(request as never)).rejects.toThrow();
	});

	it('and says why', async () => {
		await expect(authenticated({ url: 'https://evil.example' })).rejects.toThrow(
			'key was not sent, because the request goes to another host',
		);
	});

	it.each([
		'http://api.complycube.com/v1',
		'http://10.0.0.1/v1',
		'http://localhost.evil.example/v1',
		'http://127.0.0.1.evil.example/v1',
		'https://user:pass@api.complycube.com/v1',
		'https://api.complycube.com/v1?x=1',
		'api.complycube.com/v1',
		'ftp://api.complycube.com',
		'not a URL',
	])("anything when the credential's Base URL is %j", async (baseUrl) => {
		for (const url of [`${baseUrl}/accountInfo`, `${BASE}/accountInfo`]) {
			await expect(authenticated({ url }, { baseUrl })).rejects.toThrow("The 'Base URL'");
		}
	});

	it('any request that would leave the host of the Base URL', async () => {
		const piece = fc.constantFrom(
			...['https:', 'http:', '//', '/', '\\', '@', ':', '8443', '.', '?', '#', '%2f', '\t', ' '],
			...['api.complycube.com', 'evil.example', 'v1', 'accountInfo'],
		);
		const text = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(''));
		const base = fc.option(fc.oneof(fc.constant(BASE), text), { nil: undefined });
		await fc.assert(
			fc.asyncProperty(text, base, async (url, baseURL) => {
				const result = await authenticated({ url, baseURL }).catch(() => undefined);
				if (!result) return;
				// As axios puts the two together
				const absolute = /^([a-z][a-z\d+\-.]*:)?\/\//i.test(url);
				const joined = url
					? `${baseURL?.replace(/\/?\/$/, '')}/${url.replace(/^\/+/, '')}`
					: `${baseURL}`;
				const target = baseURL && !absolute ? joined : url;
				// What is no URL cannot be sent anywhere
				if (!URL.canParse(target)) return;
				expect(new URL(target).origin).toBe('https://api.complycube.com');
			}),
			{
				numRuns: 3_000,
				// No whole address for axios, which would send it to the host "https"
				examples: [['https:api.complycube.com', 'http:https:']],
			},
		);
	});
});

describe('the credential test', () => {
	const { request, rules = [] } = credential.test;

	/** The value of an n8n expression that needs nothing but the credential. */
	const valueOf = (expression: string, $credentials: object): unknown => {
		const [, code] = /^=\{\{(.*)\}\}$/s.exec(expression) ?? [];
		return new Function('$credentials', `return (${code})`)($credentials);
	};

	it('asks for something small and free, and does not carry the key elsewhere', () => {
		expect(request).toEqual({
			baseURL: expect.any(String),
			url: 'accountInfo',
			disableFollowRedirect: true,
		});
		expect(request.method ?? 'GET').toBe('GET');
	});

	it.each([
		['', BASE],
		['   ', BASE],
		[BASE, BASE],
		[` ${BASE} `, BASE],
		['http://localhost:3000/v1', 'http://localhost:3000/v1'],
	])('goes to the Base URL %j', async (baseUrl, baseURL) => {
		expect(valueOf(request.baseURL as string, { baseUrl })).toBe(baseURL);
		// and so passes the credential's own check
		const { headers } = await authenticated({ url: 'accountInfo', baseURL }, { baseUrl });
		expect(headers?.Authorization).toBe(KEY);
	});

	it('has advice for every status that a key or an account can cause', () => {
		const codes = rules.flatMap(({ type, properties }) =>
			type === 'responseCode' ? [properties.value] : [],
		);
		expect(codes).toEqual([401, 402, 403, 404, 429]);
	});

	it('tells when there is no credit left', () => {
		expect(rules.filter(({ type }) => type === 'responseSuccessBody')).toEqual([
			{
				type: 'responseSuccessBody',
				properties: {
					key: 'remainingCredit',
					value: 0,
					message: expect.stringContaining('no credit left'),
				},
			},
		]);
	});

	it.each(rules.map(({ type, properties }) => [type, properties.value, properties.message]))(
		'speaks plainly: %s %p',
		(_type, _value, message) => {
			expect(message).toMatch(/^[A-Z].*\.$/s);
			expect(message).not.toMatch(/error|problem|failure|mistake/i);
			expect(message).not.toMatch(/[.:;,!?]{2}|\s{2}/);
		},
	);
});

describe('the credential declares', () => {
	const property = (name: string) => credential.properties.find((each) => each.name === name);

	it('its name as its class and its file are called', () => {
		expect(credential.name).toBe('complyCubeApi');
		expect(credential.displayName).toBe('ComplyCube API');
		expect(credential.constructor.name).toBe('ComplyCubeApi');
	});

	it('a key that n8n hides and asks for', () => {
		expect(property('apiKey')).toMatchObject({
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
		});
	});

	it('no other secret', () => {
		const secret = credential.properties.filter(({ typeOptions }) => typeOptions?.password);
		expect(secret.map(({ name }) => name)).toEqual(['apiKey']);
	});

	it('a Base URL and a limit that need not be touched', () => {
		expect(property('baseUrl')?.default).toBe(BASE);
		expect(property('requestsPerSecond')).toMatchObject({
			type: 'number',
			default: 0,
			typeOptions: { minValue: 0 },
		});
		for (const { name, required } of credential.properties) {
			expect([name, required === true]).toEqual([name, name === 'apiKey']);
		}
	});

	it('two icons that differ, and a page that explains it', () => {
		expect(credential.icon.light).toMatch(/^file:.*\.svg$/);
		expect(credential.icon.dark).toMatch(/^file:.*\.svg$/);
		expect(credential.icon.light).not.toBe(credential.icon.dark);
		expect(new URL(credential.documentationUrl).protocol).toBe('https:');
	});
});

describe('what stands below a field, without hovering', () => {
	const fieldOf = (name: string) => credential.properties.find((field) => field.name === name)!;

	it('is where the key comes from, with a link to the page', () => {
		expect(fieldOf('apiKey').hint).toContain('href="https://portal.complycube.com/developers"');
	});

	it('is what 0 means', () => {
		const { default: preset, hint } = fieldOf('requestsPerSecond');
		expect(preset).toBe(0);
		expect(hint).toMatch(/^0 uses ComplyCube's documented limit/);
	});
});
