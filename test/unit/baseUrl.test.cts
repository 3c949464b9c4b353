import { checkedBaseUrl } from '../../nodes/ComplyCube/transport/baseUrl';
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
