import { takeTestKey } from '../../live/access.cts';

it('takes a test key out of the environment', () => {
	const environment = { COMPLYCUBE_API_KEY: ' test_abc123\n', HOME: '/home/ada' };
	expect(takeTestKey(environment)).toBe('test_abc123');
	expect(environment).toEqual({ HOME: '/home/ada' });
});

it.each([undefined, '', ' '])('knows that there is none: %j', (key) => {
	expect(takeTestKey({ COMPLYCUBE_API_KEY: key })).toBeUndefined();
});

it.each([
	'live_secret123',
	'secret123',
	'TEST_secret123',
	'x test_secret123',
	'test_',
	'test_a secret123',
])('refuses %j, and does not repeat it', (key) => {
	const environment = { COMPLYCUBE_API_KEY: key };
	let message = '';
	try {
		takeTestKey(environment);
	} catch (error) {
		message = (error as Error).message;
	}
	expect(message).toContain('is no test key');
	expect(message).not.toContain('secret123');
	expect(environment).toEqual({});
});
