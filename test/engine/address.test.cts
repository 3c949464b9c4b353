import type { IDataObject } from 'n8n-workflow';
import { deletes, listsOfClient, refusesHostileIds, updates } from './commonBehaviour.cts';
import { byId, ResourceCalls } from './resourceCalls.cts';

let calls: ResourceCalls;
beforeAll(async () => {
	calls = await ResourceCalls.start('address');
});
beforeEach(() => calls.simulator.reset());
afterAll(async () => await calls.simulator.close());

/** Belongs to a new client unless the fields say otherwise. */
const seed = (fields = {}) => {
	const [{ id: clientId }] = calls.simulator.clients.seed();
	return calls.simulator.addresses.seed({ clientId, ...fields })[0];
};
const target = (operation: string) => ({
	calls: () => calls,
	operation,
	chosen: (addressId: unknown) => ({ addressId }) as IDataObject,
	seed: () => seed().id,
	path: (id: string) => `/addresses/${id}`,
	object: 'address',
});

const NEEDED = { line: 'Common Street', city: 'London', country: 'GB' };
const ALL = {
	buildingName: 'The Tower',
	fromDate: '2007-09-01T00:00:00',
	postalCode: 'W10 1LL',
	propertyNumber: 'Flat 323',
	state: 'London',
	toDate: '2020-02-29T23:30:00.000',
	type: 'alternative',
};
const ALL_SENT = { ...ALL, fromDate: '2007-09-01', toDate: '2020-02-29' };

describe('create', () => {
	const run = async (clientId: unknown, more: IDataObject = {}) =>
		await calls.run({
			operation: 'create',
			parameters: { clientId: byId(clientId), ...NEEDED, ...more },
		});

	it('sends the required fields only, and returns the address', async () => {
		const [{ id: clientId }] = calls.simulator.clients.seed();
		const { items } = await run(` ${clientId} `);
		expect(calls.sent()).toEqual([
			{ method: 'POST', path: '/addresses', body: { clientId, ...NEEDED } },
		]);
		const [{ id }] = calls.simulator.addresses.list();
		expect(items).toEqual([
			{ json: expect.objectContaining({ id, clientId, ...NEEDED }), pairedItem: { item: 0 } },
		]);
	});

	it('sends every field', async () => {
		const [{ id: clientId }] = calls.simulator.clients.seed();
		await run(clientId, { addressFields: ALL });
		expect(calls.sent()[0].body).toEqual({ clientId, ...NEEDED, ...ALL_SENT });
	});

	it('does not send empty fields', async () => {
		const [{ id: clientId }] = calls.simulator.clients.seed();
		await run(clientId, { addressFields: { fromDate: '', state: '' } });
		expect(calls.sent()[0].body).toEqual({ clientId, ...NEEDED });
	});

	it.each([
		['fromDate', "'From Date' is not a date"],
		['toDate', "'To Date' is not a date"],
	])('sends nothing if %s is not a date', async (name, sentence) => {
		const { error } = await run('a', { addressFields: { [name]: '2020-02-30' } });
		expect(error?.message).toBe(sentence);
		expect(calls.sent()).toEqual([]);
	});

	refusesHostileIds({ ...target('create'), chosen: (id) => ({ clientId: byId(id) }) }, NEEDED);

	it('pairs every item, refused ones too', async () => {
		const [{ id }] = calls.simulator.clients.seed();
		const { items } = await calls.run({
			operation: 'create',
			parameters: { clientId: byId(id), ...NEEDED, country: '={{ $json.country }}' },
			input: [{ country: 'GB' }, { country: 'Atlantis' }, { country: 'FR' }],
			onError: 'continueRegularOutput',
		});
		expect(items.map(({ json, pairedItem }) => [json.country, pairedItem])).toEqual([
			['GB', { item: 0 }],
			[undefined, { item: 1 }],
			['FR', { item: 2 }],
		]);
	});
});

describe('get', () => {
	const run = async (addressId: string, more: IDataObject = {}) =>
		await calls.run({ operation: 'get', parameters: { addressId, ...more } });

	it('returns the address', async () => {
		const { id } = seed(ALL_SENT);
		const { items } = await run(` ${id} `);
		const { mode: _, ...address } = calls.simulator.addresses.list()[0];
		expect(items).toEqual([{ json: address, pairedItem: { item: 0 } }]);
		expect(calls.sent()).toEqual([{ method: 'GET', path: `/addresses/${id}` }]);
	});

	it('returns it simplified or reduced to chosen fields', async () => {
		const { id } = seed(ALL_SENT);
		const simplified = (await run(id, { output: 'simplified' })).items[0].json;
		expect(Object.keys(simplified)).toHaveLength(10);
		const { items } = await run(id, { output: 'selected', fields: ['city'] });
		expect(items[0].json).toEqual({ id, city: 'London' });
	});

	refusesHostileIds(target('get'));
});

describe('getAll', () => {
	const chosen = (id: unknown) => ({ clientId: byId(id) });
	listsOfClient(
		() => calls,
		'addressFilters',
		'/addresses',
		(clientId) => seed({ clientId }).id,
		chosen,
	);

	it('sends every filter', async () => {
		const filters = {
			buildingName: 'The Tower',
			city: 'London',
			country: 'GB',
			line: 'Common Street',
			propertyNumber: 'Flat 323',
			state: 'London',
			type: 'other',
		};
		const { id } = seed({ clientId: 'a', ...filters });
		seed({ clientId: 'a' });
		const { items } = await calls.run({
			operation: 'getAll',
			parameters: { ...chosen('a'), addressFilters: filters },
		});
		expect(items.map(({ json }) => json.id)).toEqual([id]);
		expect(calls.sent()[0].query).toEqual({ clientId: 'a', ...filters, page: '1', pageSize: '50' });
	});
});

describe('update', () => {
	updates(target('update'), 'addressUpdates', { city: 'Paris' }, 'state');

	it('can change every field', async () => {
		const { items } = await calls.run({
			operation: 'update',
			parameters: { addressId: seed().id, addressUpdates: { ...NEEDED, ...ALL } },
		});
		expect(calls.sent()[0].body).toEqual({ ...NEEDED, ...ALL_SENT });
		expect(items[0].json).toMatchObject({ ...NEEDED, ...ALL_SENT });
	});
});

describe('delete', () => deletes(target('delete')));
