import { api, LIVE_KEY, officialClient, sendJson } from './client.cts';
import { startSimulator } from '../../simulator/server.cts';
import type { Simulator } from '../../simulator/server.cts';

let simulator: Simulator;

beforeAll(async () => {
	simulator = await startSimulator({ rateLimit: null, processingMs: 0 });
});
beforeEach(() => simulator.reset());
afterAll(() => simulator.close());

const call = (method: string, path: string, body?: unknown) =>
	sendJson(simulator, method, path, body);
const list = async (filters = '', key?: string) =>
	(await api(simulator, 'GET', `/auditLogs?${filters}`, { key })).body;

const PERSON = {
	type: 'person',
	email: 'ada@example.com',
	personDetails: { firstName: 'Joe', lastName: 'Example' },
};

test('tell at once what was created, changed and deleted, newest first', async () => {
	const { id } = (await call('POST', '/clients', PERSON)).body;
	await call('POST', `/clients/${id}`, {
		personDetails: { firstName: 'John', dob: '1969-09-23' },
	});
	await call('DELETE', `/clients/${id}`);
	const { items, totalItems } = await list();
	expect(totalItems).toBe(3);
	const base = {
		id: expect.any(String),
		resourceType: 'client',
		resourceId: id,
		clientId: id,
		createdAt: expect.any(String),
	};
	expect(items).toEqual([
		{ ...base, trigger: 'deleteClient', action: 'delete' },
		{ ...base, trigger: 'updateClient', action: 'update' },
		{ ...base, trigger: 'createClient', action: 'create' },
	]);
	await expect(call('GET', `/auditLogs/${items[1].id}`)).resolves.toMatchObject({
		status: 200,
		body: {
			...items[1],
			diff: [
				{ action: 'update', path: ['personDetails', 'firstName'], old: 'Joe', new: 'John' },
				{ action: 'new', path: ['personDetails', 'dob'], new: '1969-09-23' },
				{ action: 'update', path: ['entityName'], old: 'Joe Example', new: 'John Example' },
			],
		},
	});
});

test('tell of what belongs to a client, and of custom lists', async () => {
	const [{ id: clientId }] = simulator.clients.seed();
	const address = { clientId, line: '1 Example Street', city: 'London', country: 'GB' };
	await call('POST', '/addresses', address);
	const [{ id }] = simulator.customLists.seed();
	const record = { entityType: 'company', names: [{ companyName: 'Example Ltd' }] };
	await call('POST', `/customLists/${id}/records`, record);
	expect((await list()).items).toMatchObject([
		{ resourceType: 'customList', resourceId: id, action: 'add', trigger: 'addCustomList' },
		{ resourceType: 'address', clientId, action: 'create', trigger: 'createAddress' },
	]);
});

test('tell nothing of what ComplyCube does by itself, nor of what was there before', async () => {
	const [{ id: clientId }] = simulator.clients.seed();
	await call('POST', '/checks', { clientId, type: 'standard_screening_check' });
	expect((await list()).items).toMatchObject([{ resourceType: 'check', action: 'create' }]);
});

test.each(['memberId', 'resourceType', 'resourceId', 'clientId', 'trigger', 'action'])(
	'are filtered by %s',
	async (name) => {
		const [{ id }] = simulator.auditLogs.seed({ [name]: 'wanted' });
		simulator.auditLogs.seed();
		const { items } = await list(`${name}=wanted`);
		expect(items.map((log: { id: string }) => log.id)).toEqual([id]);
	},
);

test('are visible in their own mode only', async () => {
	const [{ id }] = simulator.auditLogs.seed();
	expect(await list('', LIVE_KEY)).toMatchObject({ totalItems: 0 });
	await expect(api(simulator, 'GET', `/auditLogs/${id}`, { key: LIVE_KEY })).resolves.toMatchObject(
		{
			status: 404,
			body: { message: `Invalid audit log id '${id}'` },
		},
	);
});

test('reach no webhook with what changed', async () => {
	const { deliveries, webhooks } = simulator;
	webhooks.seed({ url: 'http://127.0.0.1:9/' });
	const [{ id }] = simulator.clients.seed();
	await call('POST', `/clients/${id}`, { mobile: '+12345678910' });
	const told = JSON.stringify(deliveries.list());
	expect(told).toContain('client.updated');
	expect(told).not.toContain('+12345678910');
});

test('the official client reads and lists them', async () => {
	const [{ id }] = simulator.auditLogs.seed();
	const { auditLog } = officialClient(simulator);
	await expect(auditLog.get(id)).resolves.toMatchObject({ id, action: 'update' });
	await expect(auditLog.list()).resolves.toMatchObject([{ id }]);
});
