import type { IDataObject } from 'n8n-workflow';
import { endsInDoubt } from './commonBehaviour.cts';
import { ResourceCalls } from './resourceCalls.cts';

let calls: ResourceCalls;
beforeAll(async () => {
	calls = await ResourceCalls.start('client');
});
beforeEach(() => calls.simulator.reset());
afterAll(async () => await calls.simulator.close());

const PERSON = { email: 'zoe@example.com', firstName: 'Zoe', lastName: 'Example' };
const BODY = { email: PERSON.email, personDetails: { firstName: 'Zoe', lastName: 'Example' } };
const BY_METADATA = { matchBy: 'metadata', matchKey: 'customerId', matchValue: '4711' };

const run = async (parameters: IDataObject = {}, more = {}) =>
	await calls.run({ operation: 'upsert', parameters: { ...PERSON, ...parameters }, ...more });
const seed = (fields: object = {}) =>
	calls.simulator.clients.seed({ email: PERSON.email, ...fields })[0].id;
const look = (query: IDataObject) => ({
	method: 'GET',
	path: '/clients',
	query: { ...query, page: '1', pageSize: '10' },
});
const byEmail = look({ email: PERSON.email });

describe('by email', () => {
	it('creates a client where there is none', async () => {
		seed({ email: 'other@example.com' });
		const { items, error } = await run();
		expect(error).toBeUndefined();
		expect(calls.sent()).toEqual([
			byEmail,
			{ method: 'POST', path: '/clients', body: { type: 'person', ...BODY } },
		]);
		expect(items).toEqual([
			{
				json: expect.objectContaining({ entityName: 'Zoe Example', created: true }),
				pairedItem: { item: 0 },
			},
		]);
	});

	it('changes the one that there is, and leaves alone what is not given', async () => {
		const id = seed({ mobile: '+1', metadata: { plan: 'gold' } });
		const { items } = await run({ clientFields: { dob: '1990-01-31', mobile: '' } });
		expect(calls.sent()).toEqual([
			byEmail,
			{
				method: 'POST',
				path: `/clients/${id}`,
				body: { ...BODY, personDetails: { ...BODY.personDetails, dob: '1990-01-31' } },
			},
		]);
		expect(items[0].json).toMatchObject({
			id,
			mobile: '+1',
			metadata: { plan: 'gold' },
			created: false,
		});
	});

	it('adds to the metadata', async () => {
		seed({ metadata: { plan: 'gold', region: 'EU' } });
		const { items } = await run({ clientFields: { metadataJson: '{ "plan": "silver" }' } });
		expect(items[0].json.metadata).toEqual({ plan: 'silver', region: 'EU' });
	});

	it('changes none of several, and lists them', async () => {
		const ids = [seed(), seed()];
		const { error } = await run();
		for (const id of ids) expect(error?.message).toContain(id);
		expect(error?.message).not.toContain(PERSON.email);
		expect(error?.description).toContain('Nothing was changed');
		expect(calls.effects()).toBe(0);
	});

	it('does not trust a list that was not filtered', async () => {
		calls.simulator.settings.unsupportedFilters = 'ignore';
		seed({ email: 'other@example.com' });
		calls.simulator.faults.add({
			kind: 'reply',
			method: 'GET',
			status: 200,
			body: { json: { totalItems: 1, items: [{ id: 'x', email: 'other@example.com' }] } },
		});
		const { items } = await run();
		expect(items[0].json.created).toBe(true);
	});

	it('does not change a company for a person', async () => {
		const id = seed({ type: 'company' });
		const { error } = await run();
		expect(error?.message).toContain(id);
		expect(error?.message).toContain('company');
		expect(calls.effects()).toBe(0);
	});
});

describe('by metadata', () => {
	const byId = look({ 'metadata.customerId': '4711' });

	it('creates a client who is found next time', async () => {
		const { items } = await run(BY_METADATA);
		expect(calls.sent()).toEqual([
			byId,
			{
				method: 'POST',
				path: '/clients',
				body: { type: 'person', ...BODY, metadata: { customerId: '4711' } },
			},
		]);
		const again = await run({ ...BY_METADATA, email: 'new@example.com' });
		expect(again.items[0].json).toMatchObject({
			id: items[0].json.id,
			email: 'new@example.com',
			created: false,
		});
		expect(calls.simulator.clients.list()).toHaveLength(1);
	});

	it('keeps the other entries', async () => {
		const id = seed({ metadata: { customerId: '4711', plan: 'gold' } });
		seed({ metadata: { customerId: '4712' } });
		const { items } = await run({ ...BY_METADATA, matchValue: ' 4711 ' });
		expect(items[0].json).toMatchObject({ id, metadata: { customerId: '4711', plan: 'gold' } });
	});
});

describe('nothing is sent', () => {
	it.each([
		[{ email: '={{ $json.nothing }}' }, "'Email'"],
		[{ email: '={{ " " }}' }, "'Email'"],
		[{ ...BY_METADATA, matchKey: '={{ $json.nothing }}' }, "'Metadata Key'"],
		[{ ...BY_METADATA, matchValue: '={{ "" }}' }, "'Metadata Value'"],
	])('with %j', async (parameters, words) => {
		const { error } = await run(parameters);
		expect(error?.message).toContain(words);
		expect(calls.sent()).toEqual([]);
	});
});

it.each(['stopWorkflow', 'continueRegularOutput'] as const)(
	'two items with one email make one client: %s',
	async (onError) => {
		const input = [{ n: 1 }, { n: 2 }, { n: 3 }];
		const { items } = await run({}, { input, onError });
		expect(items.map(({ json }) => json.created)).toEqual([true, false, false]);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(input.map((_, item) => ({ item })));
		expect(calls.simulator.clients.list()).toHaveLength(1);
	},
);

it('items behind the first that fails are not even looked for', async () => {
	seed();
	seed();
	const input = [{ email: PERSON.email }, { email: 'other@example.com' }];
	const { error } = await run({ email: '={{ $json.email }}' }, { input });
	expect(error?.message).toContain('[item 0]');
	expect(calls.sent()).toHaveLength(1);
});

it('a lookup that fails changes nothing', async () => {
	calls.simulator.faults.add({ kind: 'reply', method: 'GET', status: 500 });
	const { error } = await run();
	expect(error?.description).toContain('Nothing was changed');
	expect(calls.effects()).toBe(0);
});

it('a lost answer is in doubt, and running it again is safe', async () => {
	expect(await endsInDoubt(calls, 'upsert', PERSON)).toContain('safe to run this item again');
	calls.simulator.faults.clear();
	const { items } = await run();
	expect(items[0].json.created).toBe(false);
	expect(calls.simulator.clients.list()).toHaveLength(1);
});
