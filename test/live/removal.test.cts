import { MARK } from '../../live/calls/clients.cts';
import { Inventory, removeAll } from '../../live/removal.cts';
import { startSimulator, type Simulator } from '../../simulator/server.cts';
import { exchange } from './exchanges.cts';

const RUN = 'verify0123456789ab';

let simulator: Simulator;
let account: Parameters<typeof removeAll>[0];
beforeAll(async () => {
	simulator = await startSimulator({ rateLimit: null });
	account = { url: simulator.url, apiKey: simulator.settings.keys[0], requestsPerSecond: 1_000 };
});
beforeEach(() => simulator.reset());
afterAll(async () => await simulator.close());

const made = (path: string, id: string) => exchange({ id }, { method: 'POST', path });

describe('the inventory', () => {
	it('lists what was made and not deleted, what belongs to a client before the client', () => {
		const inventory = new Inventory();
		inventory.note(made('/clients', 'c1'));
		inventory.note(made('/documents', 'd1'));
		inventory.note(made('/documents', 'd2'));
		inventory.note(made('/webhooks', 'w1'));
		inventory.note(exchange(undefined, { method: 'DELETE', path: '/documents/d1', status: 204 }));
		expect(inventory.left).toEqual(['/webhooks/w1', '/documents/d2', '/clients/c1']);
	});

	it.each([
		['a refusal', { ...made('/clients', 'c1'), status: 400 }],
		['a change', made('/clients/c1', 'c1')],
		['something that cannot be deleted', made('/checks', 'k1')],
		['an object that was read', exchange({ id: 'c1' }, { path: '/clients' })],
	])('does not list %s', (_, noted) => {
		const inventory = new Inventory();
		inventory.note(noted);
		expect(inventory.left).toEqual([]);
	});

	it('keeps what was not deleted after all, or only in part', () => {
		const inventory = new Inventory();
		inventory.note(made('/documents', 'd1'));
		inventory.note(exchange({}, { method: 'DELETE', path: '/documents/d1', status: 400 }));
		inventory.note(
			exchange(undefined, { method: 'DELETE', path: '/documents/d1/front', status: 204 }),
		);
		expect(inventory.left).toEqual(['/documents/d1']);
	});
});

it('finds what it made without being told, and leaves everything else alone', async () => {
	const { clients, webhooks } = simulator;
	clients.seed([{ metadata: { [MARK]: RUN } }, { metadata: { [MARK]: 'another' } }, {}]);
	webhooks.seed([{ url: `https://example.com/verify-live/${RUN}` }, {}]);
	const removal = await removeAll(account, new Inventory(), { run: RUN });
	expect(removal).toEqual({ removed: 2, left: [] });
	expect(clients.list()).toHaveLength(2);
	expect(webhooks.list()).toHaveLength(1);
});

it('leaves clients alone that a list shows against its filter', async () => {
	simulator.settings.unsupportedFilters = 'ignore';
	const body = { json: { items: [{ id: simulator.clients.seed()[0].id }] } };
	simulator.faults.add({ kind: 'reply', method: 'GET', path: '/clients', status: 200, body });
	expect(await removeAll(account, new Inventory(), { run: RUN })).toEqual({ removed: 0, left: [] });
	expect(simulator.clients.list()).toHaveLength(1);
});

it('takes for removed what is gone already', async () => {
	const inventory = new Inventory();
	inventory.note(made('/clients', '5eb04fcd0f3e360008035eb1'));
	expect(await removeAll(account, inventory, { run: RUN })).toEqual({ removed: 0, left: [] });
});

it('tries again after a reply that does not last', async () => {
	const inventory = new Inventory();
	inventory.note(made('/clients', simulator.clients.seed()[0].id));
	simulator.faults.add({ kind: 'reply', method: 'DELETE', status: 429, times: 1 });
	expect(await removeAll(account, inventory, { run: RUN })).toEqual({ removed: 1, left: [] });
});

it('says what it could not remove, and what it could not look up', async () => {
	const inventory = new Inventory();
	const [{ id }] = simulator.clients.seed();
	inventory.note(made('/clients', id));
	simulator.faults.add({ kind: 'reply', method: 'DELETE', status: 403 });
	const body = { text: '<html>', contentType: 'text/html' };
	simulator.faults.add({ kind: 'reply', method: 'GET', path: '/webhooks', status: 200, body });
	expect(await removeAll(account, inventory, { run: RUN })).toEqual({
		removed: 0,
		left: [`/clients/${id}`, '/webhooks?pageSize=1000 could not be read'],
	});
});
