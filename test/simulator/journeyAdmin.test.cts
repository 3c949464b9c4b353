import { admin, api, LIVE_KEY } from './client.cts';
import { startSimulator } from '../../simulator/server.cts';
import type { Simulator } from '../../simulator/server.cts';

let simulator: Simulator;

beforeAll(async () => {
	simulator = await startSimulator({ rateLimit: null, listWithoutClientId: 'all' });
});
beforeEach(() => simulator.reset());
afterAll(() => simulator.close());

const API_RESOURCES = ['clients', 'addresses', 'documents', 'livePhotos', 'liveVideos', 'checks'];

describe.each([...API_RESOURCES, 'flowSessions'])('%s', (name) => {
	test('are seeded, listed, changed and cleared', async () => {
		const { body } = await admin(simulator, 'POST', `/${name}`, [{ count: 2 }, { mode: 'live' }]);
		expect(body.items).toMatchObject([{ mode: 'test' }, { mode: 'test' }, { mode: 'live' }]);
		const [{ id }] = body.items;
		const changes = { id: 'x', mode: 'live', extra: 1, updatedAt: null };
		await expect(admin(simulator, 'POST', `/${name}/${id}`, changes)).resolves.toMatchObject({
			status: 200,
			body: { id, mode: 'test', extra: 1 },
		});
		await expect(admin(simulator, 'POST', `/${name}/none`, {})).resolves.toMatchObject({
			status: 404,
		});
		const list = await admin(simulator, 'GET', `/${name}`);
		expect(list.body.items).toHaveLength(3);
		expect(list.body.items[0]).not.toHaveProperty('updatedAt');
		simulator.reset();
		await expect(admin(simulator, 'GET', `/${name}`)).resolves.toMatchObject({
			body: { items: [] },
		});
	});
});

test.each(API_RESOURCES.filter((name) => name !== 'checks'))(
	'%s are deleted, once',
	async (name) => {
		const { body } = await admin(simulator, 'POST', `/${name}`, [{}, { mode: 'live' }]);
		const [kept, { id }] = body.items;
		for (const status of [204, 404]) {
			await expect(admin(simulator, 'DELETE', `/${name}/${id}`)).resolves.toMatchObject({ status });
		}
		await expect(admin(simulator, 'GET', `/${name}`)).resolves.toMatchObject({
			body: { items: [{ id: kept.id }] },
		});
	},
);

test.each(['checks', 'flowSessions'])(
	'%s are not deleted, as the API cannot either',
	async (name) => {
		const { body } = await admin(simulator, 'POST', `/${name}`, {});
		const [{ id }] = body.items;
		const reply = await admin(simulator, 'DELETE', `/${name}/${id}`);
		expect(reply).toMatchObject({
			status: 404,
			body: { message: expect.stringContaining('Unknown route') },
		});
	},
);

test.each(API_RESOURCES)('%s of one mode are listed by the API, newest first', async (name) => {
	const { body } = await admin(simulator, 'POST', `/${name}`, [{ count: 2 }, { mode: 'live' }]);
	const ids = body.items.map(({ id }: { id: string }) => id);
	const listIds = async (key?: string) =>
		(await api(simulator, 'GET', `/${name}`, key ? { key } : {})).body.items.map(
			({ id }: { id: string }) => id,
		);
	await expect(listIds()).resolves.toEqual([ids[1], ids[0]]);
	await expect(listIds(LIVE_KEY)).resolves.toEqual([ids[2]]);
});

test('a seed is completed with sensible values', () => {
	const [client] = simulator.clients.seed({ personDetails: { lastName: 'attention' } });
	expect(client).toMatchObject({
		entityName: 'Ada attention',
		personDetails: { firstName: 'Ada', lastName: 'attention' },
	});
	const [check] = simulator.checks.seed({ type: 'ssn_check', lastName: 'failed' });
	expect(check).toMatchObject({ status: 'complete', result: { outcome: 'not_processed' } });
	const [flow] = simulator.flowSessions.seed({ clientId: client.id });
	expect(simulator.flowSessions.visitOf(flow.id)).toMatchObject({ entityName: 'Ada attention' });
});
