import { LIVE_KEY, officialClient, sendJson } from './client.cts';
import { startSimulator } from '../../simulator/server.cts';
import type { Simulator } from '../../simulator/server.cts';

let simulator: Simulator;
let clientId: string;

beforeAll(async () => {
	simulator = await startSimulator({ rateLimit: null });
});
beforeEach(() => {
	simulator.reset();
	[{ id: clientId }] = simulator.clients.seed();
});
afterAll(() => simulator.close());

const create = (body: object, key?: string) => sendJson(simulator, 'POST', '/tokens', body, key);

test.each([{ referrer: 'https://www.example.com/*' }, { appId: 'com.myapp.demo.app' }])(
	'a token for %j lasts an hour',
	async (place) => {
		const { status, body } = await create({ clientId, ...place });
		expect(status).toBe(200);
		expect(Object.keys(body)).toEqual(['token']);
		const parts = body.token.split('.');
		expect(parts).toHaveLength(3);
		const { iat, exp } = JSON.parse(Buffer.from(parts[1], 'base64url').toString());
		expect(exp - iat).toBe(3600);
	},
);

test('every token is another one', async () => {
	const appId = 'com.myapp.demo.app';
	const [one, other] = [await create({ clientId, appId }), await create({ clientId, appId })];
	expect(one.body.token).not.toBe(other.body.token);
});

test.each([
	['clientId', {}],
	['referrer', { clientId: 'a' }],
	['referrer', { clientId: 'a', referrer: 'random stuff' }],
	['referrer', { clientId: 'a', referrer: 'www.example.com' }],
	['appId', { clientId: 'a', appId: 'random stuff' }],
	['referrer', { clientId: 'a', referrer: 'https://a.example/*', appId: 'com.example.app' }],
])('is refused over %s: %j', async (param, body) => {
	await expect(create(body)).resolves.toMatchObject({
		status: 400,
		body: { type: 'invalid_request', param },
	});
});

test('an unknown client, or one of the other mode, is named as documented', async () => {
	const refusal = {
		status: 400,
		body: { type: 'invalid_request', message: "'clientId' is invalid", param: 'clientId' },
	};
	const appId = 'com.example.app';
	await expect(create({ clientId: 'a', appId })).resolves.toMatchObject(refusal);
	await expect(create({ clientId, appId }, LIVE_KEY)).resolves.toMatchObject(refusal);
});

test('the official client gets one', async () => {
	const { token } = officialClient(simulator);
	await expect(token.generate(clientId, { referrer: 'https://*.example.com/*' })).resolves.toMatch(
		/^[\w-]+\.[\w-]+\.[\w-]+$/,
	);
});
