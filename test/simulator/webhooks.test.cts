import { admin, api, LIVE_KEY, officialClient, TEST_KEY } from './client.cts';
import { startSimulator } from '../../simulator/server.cts';
import type { Simulator } from '../../simulator/server.cts';

let simulator: Simulator;

beforeAll(async () => {
	simulator = await startSimulator({ rateLimit: null });
});
beforeEach(() => simulator.reset());
afterAll(() => simulator.close());

const URL = 'https://example.com/my/webhook/endpoint';
const EXAMPLE = { url: URL, enabled: true, events: ['check.pending', 'check.completed'] };

const create = (body: unknown, key = TEST_KEY) =>
	api(simulator, 'POST', '/webhooks', { key, body: JSON.stringify(body) });
const update = (id: string, body: unknown) =>
	api(simulator, 'POST', `/webhooks/${id}`, { body: JSON.stringify(body) });
const get = (id: string, key = TEST_KEY) => api(simulator, 'GET', `/webhooks/${id}`, { key });
const seed = (fields = {}) => simulator.webhooks.seed(fields)[0];

describe('create', () => {
	test('answers with the webhook and, only here, its secret', async () => {
		const { status, body } = await create({ ...EXAMPLE, description: 'Mine' });
		expect(status).toBe(200);
		expect(body).toEqual({
			...EXAMPLE,
			description: 'Mine',
			id: expect.stringMatching(/^[0-9a-f]{24}$/),
			secret: expect.stringMatching(/^[A-Za-z0-9]{32}$/),
			createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
			updatedAt: body.createdAt,
		});
		const { secret, ...shown } = body;
		expect((await get(body.id)).body).toEqual(shown);
		expect((await update(body.id, {})).body).not.toHaveProperty('secret');
		const list = await api(simulator, 'GET', '/webhooks');
		expect(list.body).toMatchObject({ totalItems: 1, pages: 1 });
		expect(list.body.items[0]).not.toHaveProperty('secret');
		expect(simulator.webhooks.list()).toMatchObject([{ secret, mode: 'test' }]);
	});

	test('gives each webhook a secret of its own', async () => {
		const own = { secret: 'x', id: 'y', createdAt: 'z', mode: 'live' };
		const bodies = [await create({ ...EXAMPLE, ...own }), await create(EXAMPLE)].map(
			({ body }) => body,
		);
		expect(new Set(bodies.map(({ secret }) => secret)).size).toBe(2);
		expect(bodies[0].secret).toHaveLength(32);
		expect(bodies[0].id).toHaveLength(24);
		expect(simulator.webhooks.list()).toHaveLength(2);
	});

	test.each([
		[{ url: undefined }, 'url'],
		[{ enabled: undefined }, 'enabled'],
		[{ events: undefined }, 'events'],
		[{ url: null }, 'url'],
		[{ url: '' }, 'url'],
		[{ url: 5 }, 'url'],
		[{ url: 'example.com' }, 'url'],
		[{ url: 'ftp://example.com' }, 'url'],
		[{ url: 'http://example.com' }, 'url'],
		[{ url: 'http://127.0.0.1.example.com' }, 'url'],
		[{ enabled: 'true' }, 'enabled'],
		[{ events: [] }, 'events'],
		[{ events: 'check.pending' }, 'events'],
		[{ events: [1] }, 'events'],
		// Like the documented example.
		[{ events: ['check.pending', 'check.created'] }, 'type'],
		[{ description: 5 }, 'description'],
	])('refuses %j', async (change, param) => {
		const reply = await create({ ...EXAMPLE, ...change });
		expect(reply).toMatchObject({ status: 400, body: { type: 'invalid_request', param } });
		expect(simulator.webhooks.list()).toEqual([]);
	});

	test.each(['', '[]', '"text"', '5', 'null', '{'])('refuses the body %j', async (body) => {
		const reply = await api(simulator, 'POST', '/webhooks', { body });
		expect(reply).toMatchObject({ status: 400, body: { type: 'invalid_request' } });
	});

	test('accepts URLs without HTTPS as the setting says', async () => {
		const isAccepted = async (url: string) => (await create({ ...EXAMPLE, url })).status === 200;
		const loopback = ['http://localhost:5678/a', 'http://127.0.0.1/', 'http://[::1]:80/'];
		for (const url of loopback) await expect(isAccepted(url)).resolves.toBe(true);
		simulator.settings.webhookUrls = 'https';
		await expect(isAccepted(loopback[0])).resolves.toBe(false);
		simulator.settings.webhookUrls = 'any';
		await expect(isAccepted('http://example.com')).resolves.toBe(true);
	});

	test('accepts unknown events as the setting says', async () => {
		simulator.settings.unknownEvents = 'accept';
		await expect(create({ ...EXAMPLE, events: ['a.b'] })).resolves.toMatchObject({ status: 200 });
		simulator.settings.unknownEvents = 'reject';
		simulator.settings.eventTypes = ['a.b'];
		await expect(create({ ...EXAMPLE, events: ['a.b', '*'] })).resolves.toMatchObject({
			status: 200,
		});
		await expect(create(EXAMPLE)).resolves.toMatchObject({ status: 400 });
	});

	test('is refused beyond 20 in each mode', async () => {
		simulator.webhooks.seed({ count: 19 });
		await expect(create(EXAMPLE)).resolves.toMatchObject({ status: 200 });
		await expect(create(EXAMPLE)).resolves.toMatchObject({
			status: 400,
			body: { type: 'invalid_request', message: expect.stringContaining('20') },
		});
		simulator.settings.webhookLimitCode = 422;
		await expect(create(EXAMPLE)).resolves.toMatchObject({ status: 422 });
		await expect(create(EXAMPLE, LIVE_KEY)).resolves.toMatchObject({ status: 200 });
		const [{ id }] = simulator.webhooks.list();
		await api(simulator, 'DELETE', `/webhooks/${id}`);
		await expect(create(EXAMPLE)).resolves.toMatchObject({ status: 200 });
	});
});

describe('update', () => {
	test('changes only what is given', async () => {
		const before = seed({ description: 'Mine' });
		const changes = { enabled: false, events: ['check.failed'], url: `${URL}/2` };
		const { status, body } = await update(before.id, { ...changes, secret: 'x', id: 'y' });
		expect(status).toBe(200);
		expect(body).toMatchObject({ ...changes, id: before.id, description: 'Mine' });
		expect(simulator.webhooks.list()).toEqual([
			{ ...before, ...changes, updatedAt: body.updatedAt },
		]);
		const emptied = await update(before.id, { description: '', url: null });
		expect(emptied.body).toMatchObject({ url: changes.url });
		expect(emptied.body).not.toHaveProperty('description');
	});

	test.each([
		[{ url: '' }, 'url'],
		[{ enabled: 1 }, 'enabled'],
		[{ events: [] }, 'events'],
	])('refuses %j', async (change, param) => {
		const before = seed();
		const reply = await update(before.id, { enabled: false, ...change });
		expect(reply).toMatchObject({ status: 400, body: { type: 'invalid_request', param } });
		expect(simulator.webhooks.list()).toEqual([before]);
	});
});

test('delete answers with an empty 204', async () => {
	const { id } = seed();
	const remove = () => api(simulator, 'DELETE', `/webhooks/${id}`);
	await expect(remove()).resolves.toMatchObject({ status: 204, text: '' });
	await expect(remove()).resolves.toMatchObject({ status: 404 });
	await expect(get(id)).resolves.toMatchObject({ status: 404 });
	expect(simulator.webhooks.list()).toEqual([]);
});

test('list is paged and filtered', async () => {
	const createdAt = '2026-01-01T00:00:00.000Z';
	simulator.webhooks.seed([
		{ count: 3, createdAt },
		{ count: 2, enabled: false },
	]);
	const list = async (query: string) =>
		(await api(simulator, 'GET', `/webhooks?${query}`)).body.items.map(
			({ enabled }: { enabled: boolean }) => enabled,
		);
	await expect(list('')).resolves.toEqual([false, false, true, true, true]);
	await expect(list('page=2&pageSize=3')).resolves.toEqual([true, true]);
	await expect(list('enabled=false')).resolves.toEqual([false, false]);
	await expect(list('secret=x')).resolves.toEqual([]);
	simulator.settings.webhookFilters = ['secret'];
	await expect(list(`secret=${simulator.webhooks.list()[0].secret}`)).resolves.toEqual([]);
});

test('a webhook of the other mode is unknown', async () => {
	const { id } = seed();
	const notFound = {
		status: 404,
		text: `{"type":"resource_not_found","message":"Invalid webhook id '${id}'"}`,
	};
	await expect(get(id, LIVE_KEY)).resolves.toMatchObject(notFound);
	for (const method of ['POST', 'DELETE']) {
		const reply = await api(simulator, method, `/webhooks/${id}`, { key: LIVE_KEY });
		expect(reply).toMatchObject(notFound);
	}
	simulator.settings.malformedIdReply = 'invalidRequest';
	await expect(get('nonsense')).resolves.toMatchObject({ status: 400, body: { param: 'id' } });
});

test('faults apply to webhook calls too', async () => {
	simulator.faults.add({ kind: 'dropAfter', method: 'POST', path: '/webhooks', times: 1 });
	await expect(create(EXAMPLE)).rejects.toThrow('fetch failed');
	expect(simulator.webhooks.list()).toHaveLength(1);
	simulator.faults.add({ kind: 'reply', method: 'DELETE', path: '/webhooks/:id', status: 503 });
	const { id } = seed();
	await expect(api(simulator, 'DELETE', `/webhooks/${id}`)).resolves.toMatchObject({ status: 503 });
});

test('the admin side seeds, lists, changes and deletes', async () => {
	const put = await admin(simulator, 'POST', '/webhooks', { url: URL, secret: 's', mode: 'live' });
	expect(put.body.items).toMatchObject([{ url: URL, secret: 's', mode: 'live', events: ['*'] }]);
	const [{ id }] = put.body.items;
	const change = { ...put.body.items[0], enabled: false, mode: 'test', id: 'x' };
	await admin(simulator, 'POST', `/webhooks/${id}`, change);
	const { body } = await admin(simulator, 'GET', '/webhooks');
	expect(body.items).toEqual(simulator.webhooks.list());
	expect(body.items).toMatchObject([{ id, enabled: false, mode: 'live' }]);
	const remove = (name: string) => admin(simulator, 'DELETE', `/webhooks/${name}`);
	await expect(remove('none')).resolves.toMatchObject({ status: 404 });
	await expect(remove(id)).resolves.toMatchObject({ status: 204 });
	expect(simulator.webhooks.list()).toEqual([]);
	await expect(admin(simulator, 'DELETE', '/workflowSessions/1')).resolves.toMatchObject({
		status: 404,
	});
});

test('a view is a copy', () => {
	const view = seed();
	view.events.push('broken');
	expect(simulator.webhooks.inspect(view.id)?.events).toEqual(['*']);
	expect(simulator.webhooks.inspect('none')).toBeUndefined();
	expect(simulator.webhooks.change('none', {})).toBeUndefined();
});

test('the official client creates, reads, updates, lists and deletes', async () => {
	const { webhook } = officialClient(simulator);
	const { id, secret } = await webhook.create({ ...EXAMPLE, description: 'Mine' });
	expect(secret).toHaveLength(32);
	await expect(webhook.get(id)).resolves.toMatchObject({ id, ...EXAMPLE });
	await expect(webhook.update(id, { enabled: false })).resolves.toMatchObject({ enabled: false });
	await expect(webhook.list()).resolves.toMatchObject([{ id, enabled: false }]);
	await webhook.delete(id);
	await expect(webhook.get(id)).rejects.toMatchObject({
		statusCode: 404,
		type: 'resource_not_found',
	});
	await expect(webhook.create({ url: URL })).rejects.toMatchObject({ statusCode: 400 });
});
