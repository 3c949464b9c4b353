import { api, LIVE_KEY, sendJson } from './client.cts';
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

const call = (method: string, path: string, body?: unknown) =>
	sendJson(simulator, method, path, body);

const address = { line: '1 Example Street', city: 'London', country: 'GB' };

test('are created, read, listed, changed and deleted', async () => {
	const { body } = await call('POST', '/addresses', { clientId, ...address, type: 'main' });
	expect(body).toMatchObject({ clientId, ...address, type: 'main' });
	await expect(call('GET', `/addresses/${body.id}`)).resolves.toMatchObject({ body });
	await expect(call('GET', `/addresses?clientId=${clientId}`)).resolves.toMatchObject({
		body: { totalItems: 1, items: [body] },
	});
	const changed = await call('POST', `/addresses/${body.id}`, {
		clientId: '5eb2b61e02df0a0008f1cf2b',
		city: 'Leeds',
		type: null,
	});
	expect(changed.body).toMatchObject({ clientId, city: 'Leeds', country: 'GB' });
	expect(changed.body).not.toHaveProperty('type');
	await expect(call('DELETE', `/addresses/${body.id}`)).resolves.toMatchObject({ status: 204 });
	await expect(call('GET', `/addresses/${body.id}`)).resolves.toMatchObject({
		status: 404,
		body: { message: `Invalid address id '${body.id}'` },
	});
});

test.each([
	['clientId', undefined],
	['line', undefined],
	['city', ''],
	['country', undefined],
	['country', 'United Kingdom'],
	['type', 'holiday'],
	['fromDate', 'yesterday'],
	['toDate', '2020-02-30'],
])('a creation with %s %p is refused', async (param, value) => {
	const reply = await call('POST', '/addresses', { clientId, ...address, [param]: value });
	expect(reply).toMatchObject({ status: 400, body: { type: 'invalid_request', param } });
});

test('a setting decides the reply to an unknown client, or one of the other mode', async () => {
	const [live] = simulator.clients.seed({ mode: 'live' });
	const create = () => call('POST', '/addresses', { ...address, clientId: live.id });
	await expect(create()).resolves.toMatchObject({
		status: 404,
		body: { message: `Invalid client id '${live.id}'` },
	});
	simulator.settings.unknownReferenceReply = 'invalidRequest';
	await expect(create()).resolves.toMatchObject({ status: 400, body: { param: 'clientId' } });
});

test('a setting decides whether a list needs a client', async () => {
	simulator.addresses.seed([{ clientId, count: 2 }, {}]);
	await expect(call('GET', '/addresses')).resolves.toMatchObject({
		status: 400,
		body: { param: 'clientId' },
	});
	simulator.settings.listWithoutClientId = 'all';
	await expect(call('GET', '/addresses')).resolves.toMatchObject({ body: { totalItems: 3 } });
	await expect(call('GET', `/addresses?clientId=${clientId}`)).resolves.toMatchObject({
		body: { totalItems: 2 },
	});
});

test('are visible in their own mode only', async () => {
	const [{ id }] = simulator.addresses.seed();
	for (const method of ['GET', 'POST', 'DELETE']) {
		const reply = await api(simulator, method, `/addresses/${id}`, { key: LIVE_KEY });
		expect(reply.status).toBe(404);
	}
});
