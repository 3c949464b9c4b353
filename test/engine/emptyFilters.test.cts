import type { IDataObject } from 'n8n-workflow';
import { collectionOf } from '../operations/index.cts';
import { byId, ResourceCalls } from './resourceCalls.cts';

/** Every list, a filter of each kind that it has, and what it cannot do without. */
const LISTS: Array<{
	resource: string;
	filters: Record<string, string>;
	parameters?: IDataObject;
}> = [
	{
		resource: 'workflowSession',
		filters: {
			clientId: 'Client',
			outcome: 'Outcome',
			status: 'Status',
			workflowTemplateId: 'Workflow Template',
			createdAfter: 'Created After',
		},
	},
	{
		resource: 'check',
		filters: {
			clientId: 'Client',
			outcome: 'Outcome',
			type: 'Type',
			updatedBefore: 'Updated Before',
		},
	},
	{
		resource: 'client',
		filters: { email: 'Email', dob: 'Date of Birth', nationality: 'Nationality' },
	},
	{
		resource: 'address',
		filters: { city: 'City', country: 'Country' },
		parameters: { clientId: byId('c1') },
	},
	{
		resource: 'document',
		filters: { type: 'Type', createdBefore: 'Created Before' },
		parameters: { clientId: byId('c1') },
	},
	{
		resource: 'livePhoto',
		filters: { createdAfter: 'Created After' },
		parameters: { clientId: byId('c1') },
	},
	{
		resource: 'liveVideo',
		filters: { updatedAfter: 'Updated After' },
		parameters: { clientId: byId('c1') },
	},
];

const NOTHING = ['undefined', 'null', "''", "'  '"];

describe.each(LISTS)('Get Many of $resource', ({ resource, filters, parameters }) => {
	let calls: ResourceCalls;
	beforeAll(async () => {
		calls = await ResourceCalls.start(resource);
	});
	beforeEach(() => calls.simulator.reset());
	afterAll(async () => await calls.simulator.close());

	const collection = collectionOf({ resource, operation: 'getAll' }, 'Filters')!;
	const run = async (
		filter: IDataObject,
		more: Partial<Parameters<ResourceCalls['run']>[0]> = {},
	) =>
		await calls.run({
			...more,
			operation: 'getAll',
			parameters: { ...parameters, [collection.name]: filter, ...more.parameters },
		});

	it.each(Object.entries(filters))(
		'refuses an empty %s by name, and sends nothing',
		async (name, label) => {
			for (const nothing of NOTHING) {
				const { error } = await run({ [name]: `={{ ${nothing} }}` });
				expect([nothing, error?.message]).toEqual([
					nothing,
					expect.stringMatching(
						new RegExp(`^The '${label}' filter (is empty|is not a date( and time)?|is not one of)`),
					),
				]);
			}
			expect(calls.sent()).toEqual([]);
		},
	);

	it.each(Object.keys(filters))(
		"leaves an empty %s out with 'Skip Empty Filters'",
		async (name) => {
			const options = { skipEmptyFilters: true };
			const { error } = await run({ [name]: '={{ undefined }}' }, { parameters: { options } });
			expect(error).toBeUndefined();
			expect(calls.sent()).toHaveLength(1);
			expect(JSON.stringify(calls.sent()[0].query)).not.toContain(name);
		},
	);

	it('keeps the other items, each paired to its own', async () => {
		const [name] = Object.keys(filters);
		const { items } = await run(
			{ [name]: '={{ $json.value }}' },
			{ input: [{}, {}], onError: 'continueRegularOutput' },
		);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
		expect(items.map(({ json }) => json.error)).toEqual([
			expect.stringContaining('is empty'),
			expect.stringContaining('is empty'),
		]);
		expect(calls.sent()).toEqual([]);
	});
});

describe('The filters of clients', () => {
	let calls: ResourceCalls;
	beforeAll(async () => {
		calls = await ResourceCalls.start('client');
	});
	beforeEach(() => calls.simulator.reset());
	afterAll(async () => await calls.simulator.close());

	const find = async (filters: IDataObject, input: IDataObject[] = [{}]) =>
		await calls.run({ operation: 'getAll', parameters: { clientFilters: filters }, input });

	it("delete nobody's clients when a filter finds nothing", async () => {
		calls.simulator.clients.seed({ count: 5 });
		const { error, items } = await find({ email: '={{ $json.nothing }}' });
		expect(error?.message).toBe("The 'Email' filter is empty");
		expect(items).toEqual([]);
	});

	it.each<[what: string, value: string]>([
		['a date', '={{ "1990-01-31" }}'],
		['a time of UTC', '={{ "1990-01-31T00:00:00.000Z" }}'],
		['a DateTime', "={{ DateTime.fromISO('1990-01-31') }}"],
		['a Date', "={{ new Date('1990-01-31T00:00:00Z') }}"],
	])('find somebody by %s, as Create takes it', async (_what, value) => {
		await find({ dob: value, joinedDate: value });
		expect(calls.sent()[0].query).toMatchObject({
			'personDetails.dob': '1990-01-31',
			joinedDate: '1990-01-31',
		});
		expect(Object.keys(calls.sent()[0].query!)).toHaveLength(4);
	});

	it('refuse a date in words that ComplyCube would find nobody by', async () => {
		const { error } = await find({ dob: '={{ "31/01/1990" }}' });
		expect(error?.message).toBe("The 'Date of Birth' filter is not a date");
		expect(calls.sent()).toEqual([]);
	});

	it('find values of a list regardless of case and blanks', async () => {
		await find(
			{
				type: '={{ $json.type }}',
				nationality: '={{ $json.country }}',
				gender: '={{ $json.gender }}',
			},
			[{ type: 'Person', country: 'gb', gender: ' FEMALE ' }],
		);
		expect(calls.sent()[0].query).toMatchObject({
			type: 'person',
			'personDetails.nationality': 'GB',
			'personDetails.gender': 'female',
		});
	});

	it.each([
		['nationality', 'UK', "The 'Nationality' filter is not one of the values of the list"],
		['type', 'human', "The 'Type' filter is not one of the values of the list"],
		['email', ['a', 'b'], "The 'Email' filter is a list, not a text"],
		['mobile', { a: 1 }, "The 'Mobile' filter is an object, not a text"],
	])('refuse %s: %j', async (name, value, sentence) => {
		const { error } = await find({ [name]: '={{ $json.value }}' }, [{ value } as IDataObject]);
		expect(error?.message).toBe(sentence);
		expect(calls.sent()).toEqual([]);
	});

	it('find metadata by a key with blanks around it, and numbers by their text', async () => {
		await find({
			metadata: { pairs: [{ key: ' plan ', value: '={{ 5 }}' }] },
			mobile: '={{ 447700900123 }}',
		});
		expect(calls.sent()[0].query).toMatchObject({ 'metadata.plan': '5', mobile: '447700900123' });
	});

	it.each<[what: string, pairs: IDataObject[]]>([
		['no pair', []],
		['an empty value', [{ key: 'plan', value: '={{ $json.plan }}' }]],
		['an empty key', [{ key: '={{ $json.key }}', value: 'gold' }]],
		[
			'one empty pair among others',
			[
				{ key: 'plan', value: 'gold' },
				{ key: 'a', value: '={{ null }}' },
			],
		],
	])('refuse metadata with %s', async (_what, pairs) => {
		const { error } = await find({ metadata: { pairs } as unknown as IDataObject });
		expect(error?.message).toBe("The 'Metadata' filter has no key and value");
		expect(calls.sent()).toEqual([]);
	});

	it('refuse metadata that n8n emptied, because it was an object or an expression', async () => {
		for (const metadata of [{ plan: 'gold' }, '={{ { plan: "gold" } }}']) {
			const { error } = await find({ metadata } as IDataObject);
			expect(error?.message).toBe("The 'Metadata' filter has no key and value");
		}
		expect(calls.sent()).toEqual([]);
	});
});

describe('An open list', () => {
	it('passes on what ComplyCube may know, and finds what it knows', async () => {
		for (const [resource, query] of [
			['workflowSession', 'outcome'],
			['check', 'result.outcome'],
		] as const) {
			const calls = await ResourceCalls.start(resource);
			for (const outcome of ['escalated', 'Attention']) {
				await calls.run({
					operation: 'getAll',
					parameters: {
						[resource === 'check' ? 'checkFilters' : 'filters']: { outcome: `={{ "${outcome}" }}` },
					},
				});
			}
			expect(calls.sent().map((sent) => sent.query?.[query])).toEqual(['escalated', 'attention']);
			await calls.simulator.close();
		}
	});
});
