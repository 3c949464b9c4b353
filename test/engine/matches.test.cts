import type { IDataObject } from 'n8n-workflow';
import { byId, ResourceCalls } from './resourceCalls.cts';

let calls: ResourceCalls;
beforeAll(async () => {
	calls = await ResourceCalls.start('check');
});
beforeEach(() => calls.simulator.reset());
afterAll(async () => await calls.simulator.close());

const MATCHES = [
	{ id: 'm1', entityName: 'John Doe', lists: ['A list'], score: 0.9 },
	{ id: 'm2', entityName: 'Jon Doe', nested: { anything: [1] } },
];
const seed = (fields: object = {}) =>
	calls.simulator.checks.seed({
		result: { outcome: 'attention', breakdown: { matches: MATCHES } },
		...fields,
	} as never)[0];

const run = async (id: unknown, parameters: IDataObject = {}, more = {}) =>
	await calls.run({
		operation: 'getMatches',
		parameters: { checkId: byId(id), ...parameters },
		...more,
	});

it('makes an item of each match, as it is', async () => {
	const { id, clientId, entityName } = seed();
	const { items } = await run(id);
	const common = { checkId: id, clientId, entityName, checkType: 'extensive_screening_check' };
	expect(items).toEqual(
		MATCHES.map((match) => ({
			json: { ...common, matchId: match.id, match },
			pairedItem: { item: 0 },
		})),
	);
	expect(calls.sent()).toEqual([{ method: 'GET', path: `/checks/${id}` }]);
});

it('makes no items of a check that found nobody', async () => {
	const nobody = [
		seed({ result: { outcome: 'clear', breakdown: { summary: {} } } }),
		seed({ result: { outcome: 'clear', breakdown: { matches: [] } } }),
	];
	for (const { id } of nobody) {
		const { items, status } = await run(id);
		expect([items, status]).toEqual([[], 'success']);
	}
});

it.each([
	[{ status: 'pending', pendingSince: Date.now() + 3_600_000 }, 'pending'],
	[{ status: 'failed' }, 'failed'],
	[{ result: { outcome: 'not_processed', breakdown: {} } }, 'not processed'],
	[{ type: 'document_check' }, 'document_check'],
])(
	'does not pass off a check that has not looked as one without matches: %j',
	async (fields, word) => {
		const { items, error } = await run(seed(fields).id);
		expect(error?.message).toContain(word);
		expect(items).toEqual([]);
	},
);

it('waits for the check if it is asked to', async () => {
	calls.simulator.settings.processingMs = 500;
	const { id } = seed({ status: 'pending' });
	const { items } = await run(id, { options: { waitForOutcome: true } });
	expect(items).toHaveLength(2);
});

it('pairs matches with their checks', async () => {
	const input = [seed(), { id: '5eb2b61e02df0a0008f1cf2a' }, seed()].map(({ id }) => ({ id }));
	const { items } = await run('={{ $json.id }}', {}, { input, onError: 'continueRegularOutput' });
	expect(items.map(({ json, pairedItem }) => [json.matchId, pairedItem])).toEqual([
		['m1', { item: 0 }],
		['m2', { item: 0 }],
		[undefined, { item: 1 }],
		['m1', { item: 2 }],
		['m2', { item: 2 }],
	]);
});
