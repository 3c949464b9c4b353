import type { IDataObject } from 'n8n-workflow';
import { byId, ResourceCalls } from './resourceCalls.cts';

let calls: ResourceCalls;
beforeAll(async () => {
	calls = await ResourceCalls.start('client');
});
beforeEach(() => calls.simulator.reset());
afterAll(async () => await calls.simulator.close());

const PAIRS = (pairs: Record<string, string>) => ({
	pairs: Object.entries(pairs).map(([key, value]) => ({ key, value })),
});
const seed = (metadata: IDataObject = { plan: 'gold', region: 'EU' }) =>
	calls.simulator.clients.seed({ metadata })[0].id;
const run = async (id: unknown, updateFields: IDataObject, more = {}) =>
	await calls.run({
		operation: 'update',
		parameters: { clientId: byId(id), clientUpdates: updateFields },
		...more,
	});

it('sets and removes single entries, and sends the other fields too', async () => {
	const id = seed();
	const { items } = await run(id, {
		metadataToSet: PAIRS({ plan: 'silver', tier: '1' }),
		metadataToRemove: ' region, nothing ',
		mobile: '+1',
		telephone: '',
	});
	expect(calls.sent()).toEqual([
		{ method: 'GET', path: `/clients/${id}` },
		{
			method: 'POST',
			path: `/clients/${id}`,
			body: { mobile: '+1', telephone: '', metadata: { plan: 'silver', tier: '1' } },
		},
	]);
	expect(items[0].json).toMatchObject({ id, metadata: { plan: 'silver', tier: '1' } });
});

it('removes the last entry', async () => {
	const id = seed({ plan: 'gold' });
	const { items } = await run(id, { metadataToRemove: 'plan' });
	expect(calls.sent()[1].body).toEqual({ metadata: {} });
	expect(items[0].json).not.toHaveProperty('metadata.plan');
});

it('reads nothing for an update of other fields', async () => {
	const id = seed();
	await run(id, { mobile: '+1', metadataJson: '{ "plan": "silver" }' });
	expect(calls.sent()).toEqual([
		{
			method: 'POST',
			path: `/clients/${id}`,
			body: { mobile: '+1', metadata: { plan: 'silver' } },
		},
	]);
});

it.each([
	[{ metadataToRemove: '={{ $json.nothing }}' }, 'There is nothing to change'],
	[{ metadataToRemove: '={{ "" }}' }, "'Metadata to Remove' is empty"],
	[{ metadataToRemove: ' , ' }, "'Metadata to Remove' is empty"],
	[{ metadataToSet: {} }, "'Metadata to Set' has no pairs"],
	[{ metadataToSet: PAIRS({ ['k'.repeat(41)]: '' }) }, 'Metadata entry 1 '],
	[{ metadataToSet: PAIRS({ a: '1' }), metadataJson: '{}' }, "'Metadata' replaces all entries"],
])('sends nothing for %j', async (updateFields, words) => {
	const { error } = await run(seed(), updateFields as IDataObject);
	expect(error?.message).toContain(words);
	expect(calls.sent()).toEqual([]);
});

it('changes nothing if there would be too many entries', async () => {
	const many = Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`k${i}`, 'v']));
	const { error } = await run(seed(many), { metadataToSet: PAIRS({ one: 'more' }) });
	expect(error?.message).toContain('more than 50');
	expect(calls.effects()).toBe(0);
});

it('says so if ComplyCube keeps an entry', async () => {
	calls.simulator.settings.metadataUpdate = 'merge';
	const { error } = await run(seed(), { metadataToRemove: 'region' });
	expect(error?.message).toContain('kept metadata entries');
	expect(calls.sent()).toHaveLength(2);
});

it.each(['stopWorkflow', 'continueRegularOutput'] as const)(
	'items about one client do not undo each other: %s',
	async (onError) => {
		const id = seed({});
		const input = [{ key: 'a' }, { key: 'b' }, { key: 'c' }];
		const { items } = await calls.run({
			operation: 'update',
			parameters: {
				clientId: byId(id),
				clientUpdates: {
					metadataToSet: { pairs: [{ key: '={{ $json.key }}', value: '1' }] },
				},
			},
			input,
			onError,
		});
		expect(items).toHaveLength(3);
		expect(calls.simulator.clients.list()[0].metadata).toEqual({ a: '1', b: '1', c: '1' });
	},
);

it('a lost answer is in doubt, and is not sent again', async () => {
	calls.simulator.faults.add({ kind: 'dropAfter', method: 'POST' });
	const { error } = await run(seed(), { metadataToRemove: 'region' });
	expect(error?.description).toContain('safe to run this item again');
	expect(calls.sent().map(({ method }) => method)).toEqual(['GET', 'POST']);
});
