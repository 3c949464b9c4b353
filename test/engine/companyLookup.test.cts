import type { IDataObject } from 'n8n-workflow';
import { refusesHostileIds } from './commonBehaviour.cts';
import { paidSearches } from './paidSearch.cts';
import { ResourceCalls } from './resourceCalls.cts';

let calls: ResourceCalls;
beforeAll(async () => {
	calls = await ResourceCalls.start('companyLookup');
});
beforeEach(() => calls.simulator.reset());
afterAll(async () => await calls.simulator.close());

const WANTED = { name: 'CLEDARA', country: 'GB' };
const ID = '67625f5f3131343535333733';

describe('search', () => {
	const run = async (parameters: IDataObject = {}) =>
		await calls.run({ operation: 'search', parameters: { ...WANTED, ...parameters } });

	it.each(['envelope', 'total', 'itemsOnly'] as const)(
		'makes an item of each company, whatever is around them: %s',
		async (reply) => {
			calls.simulator.settings.companySearchReply = reply;
			const { items } = await run();
			expect(calls.sent()).toEqual([
				{
					method: 'POST',
					path: '/lookup/companies',
					body: { companyName: 'CLEDARA', incorporationCountry: 'GB' },
				},
			]);
			expect(items.map(({ json, pairedItem }) => [json.id, pairedItem])).toEqual([
				[ID, { item: 0 }],
				['67625f5f3132333435363738', { item: 0 }],
			]);
		},
	);

	it.each([
		['name', "The 'Company Name' parameter is empty"],
		['country', "The 'Country' parameter is empty"],
	])('sends nothing without %s', async (name, message) => {
		const { error } = await run({ [name]: '={{ $json.nothing }}' });
		expect([error?.message, calls.sent()]).toEqual([message, []]);
	});

	paidSearches(() => calls, 'companyLookup', '/lookup/companies', WANTED);
});

describe('get', () => {
	const run = async (companyId: string, more: IDataObject = {}) =>
		await calls.run({ operation: 'get', parameters: { companyId, ...more } });

	it('returns everything about the company', async () => {
		const { items } = await run(` ${ID} `);
		expect(calls.sent()).toEqual([{ method: 'GET', path: `/lookup/companies/${ID}` }]);
		const [company] = calls.simulator.settings.registeredCompanies;
		expect(items).toEqual([{ json: company, pairedItem: { item: 0 } }]);
	});

	it('returns it simplified or reduced to chosen fields', async () => {
		const simplified = (await run(ID, { output: 'simplified' })).items[0].json;
		expect(Object.keys(simplified)).toHaveLength(10);
		expect(simplified).toHaveProperty('owners');
		const { items } = await run(ID, { output: 'selected', fields: ['filings'] });
		expect(items[0].json).toEqual({ id: ID, filings: [expect.any(Object)] });
	});

	it('is read again after a lost answer: it counts in no quota', async () => {
		calls.simulator.faults.add({ kind: 'dropAfter', times: 1 });
		expect((await run(ID)).error).toBeUndefined();
		expect(calls.sent()).toHaveLength(2);
	});

	it('reports an unknown company', async () => {
		const { error } = await run('5eb2b61e02df0a0008f1cf2a');
		expect(error?.message).toBe("Invalid company id '5eb2b61e02df0a0008f1cf2a'");
	});

	refusesHostileIds({
		calls: () => calls,
		operation: 'get',
		chosen: (companyId) => ({ companyId }) as IDataObject,
	});
});
