import { checkedBaseUrl, isLoopback } from '../../nodes/ComplyCube/transport/baseUrl';
import { Failure } from '../../nodes/ComplyCube/transport/failure';

describe('checkedBaseUrl', () => {
	it.each([
		['https://api.complycube.com/v1', 'https://api.complycube.com/v1'],
		[' https://api.complycube.com/v1/ ', 'https://api.complycube.com/v1'],
		['', 'https://api.complycube.com/v1'],
		[undefined, 'https://api.complycube.com/v1'],
		['https://proxy.example:8443/complycube', 'https://proxy.example:8443/complycube'],
		['http://localhost:3000/v1', 'http://localhost:3000/v1'],
		['http://127.0.0.1:3000', 'http://127.0.0.1:3000'],
		['http://[::1]:3000/v1', 'http://[::1]:3000/v1'],
	])('takes %p as %p', (text, url) => {
		expect(checkedBaseUrl(text)).toBe(url);
	});

	it.each([
		'http://api.complycube.com/v1',
		'http://127.0.0.1.evil.example/v1',
		'http://localhost.evil.example/v1',
		'http://10.0.0.1/v1',
		'ftp://localhost/v1',
		'file:///etc/passwd',
		'javascript:alert(1)',
		'api.complycube.com/v1',
		'https://user:pass@api.complycube.com/v1',
		'https://api.complycube.com/v1?x=1',
		'https://api.complycube.com/v1#x',
		'https://',
		'nonsense',
	])('refuses %p', (text) => {
		const refusal = checkedBaseUrl(text);
		expect(refusal).toBeInstanceOf(Failure);
		expect((refusal as Failure).message).toContain("'Base URL'");
		expect((refusal as Failure).message).not.toContain(text);
	});
});

describe("n8n's own machine", () => {
	it.each([
		['http://localhost:5678', true],
		['https://127.0.0.10/v1', true],
		['http://127.123.45.67', true],
		['http://[::1]:3000', true],
		['https://api.complycube.com/v1', false],
		['http://notlocalhost', false],
		['http://evil-127.0.0.1', false],
		['http://127.0.0.1.example.com', false],
		['nonsense', false],
		['', false],
		[undefined, false],
	])('of %p: %j', (url, own) => {
		expect(isLoopback(url)).toBe(own);
	});

	it.each(['http://notlocalhost/v1', 'http://evil-127.0.0.1/v1', 'http://x.localhost/v1'])(
		'is not that of %s, which gets no key over http',
		(url) => {
			expect(checkedBaseUrl(url)).toMatchObject({
				details: {
					param: 'baseUrl',
					description: expect.stringContaining('The API key was not sent'),
				},
			});
		},
	);

	it('may have any address that begins with 127', () => {
		expect(checkedBaseUrl('http://127.10.20.30/v1')).toBe('http://127.10.20.30/v1');
	});
});

it('loses every slash at its end', () => {
	expect(checkedBaseUrl('https://api.complycube.com/v1///')).toBe('https://api.complycube.com/v1');
});
