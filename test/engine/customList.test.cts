import type { IDataObject } from 'n8n-workflow';
import { endsInDoubt, refusesHostileIds } from './commonBehaviour.cts';
import { byId, ResourceCalls } from './resourceCalls.cts';

let calls: ResourceCalls;
beforeAll(async () => {
	calls = await ResourceCalls.start('customList');
});
beforeEach(() => calls.simulator.reset());
afterAll(async () => await calls.simulator.close());

const seed = () => calls.simulator.customLists.seed()[0].id;
const chosen = (id: unknown) => ({ customListId: byId(id) }) as IDataObject;

const NAME = { firstName: 'Ada', lastName: 'Example', type: 'primary' };
const namesOf = (...values: IDataObject[]) => ({ names: { values } }) as IDataObject;

/** What n8n cannot know to be empty before the run. */
const NOTHING = '={{ $json.nothing }}';

describe('addRecord', () => {
	const run = async (id: unknown, parameters: IDataObject = namesOf(NAME), more = {}) =>
		await calls.run({
			operation: 'addRecord',
			parameters: { ...chosen(id), ...parameters },
			...more,
		});

	it('adds a person by name', async () => {
		const id = seed();
		const { items } = await run(` ${id} `);
		expect(calls.sent()).toEqual([
			{
				method: 'POST',
				path: `/customLists/${id}/records`,
				body: { entityType: 'person', names: [NAME] },
			},
		]);
		expect(items).toEqual([{ json: { added: true }, pairedItem: { item: 0 } }]);
		expect(calls.simulator.customLists.list()[0].stats).toEqual({
			personCount: 1,
			companyCount: 0,
		});
	});

	it('adds a person with everything, dates as texts', async () => {
		const names = [
			{ ...NAME, middleName: 'M' },
			{ firstName: 'Ada', lastName: 'Former', type: 'maiden_name' },
		];
		await run(seed(), {
			...namesOf(...names),
			recordFields: {
				active: false,
				gender: 'other',
				countries: {
					values: [
						{ country: '={{ "gb" }}', type: 'Citizenship' },
						{ country: '={{ "France" }}', type: 'Resident of' },
					],
				},
				dates: { values: [{ date: '1987-01-31T00:00:00', type: 'Date of Birth' }] },
				images: { values: [{ url: 'https://www.example.com/photo.jpg' }] },
			},
		});
		expect(calls.sent()[0].body).toEqual({
			entityType: 'person',
			names,
			active: false,
			gender: 'other',
			countries: [
				{ country: 'GB', type: 'Citizenship' },
				{ country: 'FR', type: 'Resident of' },
			],
			dates: [{ type: 'Date of Birth', date: { day: '31', month: '01', year: '1987' } }],
			images: ['https://www.example.com/photo.jpg'],
		});
		expect(calls.effects()).toBe(1);
	});

	it('adds a company, without what only a person has', async () => {
		await run(seed(), {
			entityType: 'company',
			...namesOf({ companyName: 'Example Ltd', firstName: 'Ada', type: 'alias' }),
			recordFields: {
				gender: 'female',
				countries: { values: [{ country: 'GB', type: 'Country of Registration' }] },
				dates: { values: [{ date: '2001-12-03', type: 'Date of Registration' }] },
			},
		});
		expect(calls.sent()[0].body).toEqual({
			entityType: 'company',
			names: [{ companyName: 'Example Ltd', type: 'alias' }],
			countries: [{ country: 'GB', type: 'Country of Registration' }],
			dates: [{ type: 'Date of Registration', date: { day: '03', month: '12', year: '2001' } }],
		});
		expect(calls.effects()).toBe(1);
	});

	it('reads every value of an entry from the item', async () => {
		const { error } = await run(
			seed(),
			{
				...namesOf({ ...NAME, lastName: '={{ $json.name }}', type: '={{ "Maiden Name" }}' }),
				recordFields: {
					dates: { values: [{ date: '={{ $json.born }}', type: 'Date of Birth' }] },
				},
			},
			{ input: [{ name: 'Example', born: '1987-01-31' }] },
		);
		expect(error).toBeUndefined();
		expect(calls.sent()[0].body).toMatchObject({
			names: [{ ...NAME, type: 'maiden_name' }],
			dates: [{ date: { day: '31', month: '01', year: '1987' } }],
		});
	});

	it.each<[string, IDataObject, string[]]>([
		['a person', {}, ['First Name', 'Last Name']],
		['a company', { entityType: 'company' }, ['Company Name']],
	])('n8n says before the run what the name of %s lacks', async (_, parameters, labels) => {
		const missing = labels.map((label) => `- Parameter "${label}" is required.`);
		const message = ["The 'ComplyCube' node has issues:", ...missing].join('\n');
		const names = namesOf({ type: 'primary' });
		await expect(run(seed(), { ...parameters, ...names })).rejects.toMatchObject({ message });
		expect(calls.sent()).toEqual([]);
	});

	it.each<[string, IDataObject, string]>([
		['without names', { names: {} }, "The 'Names' parameter is empty"],
		[
			'with an empty name',
			namesOf({ firstName: NOTHING, lastName: NOTHING, type: 'primary' }),
			'One of the names is not complete',
		],
		[
			'with half a name',
			namesOf(NAME, { ...NAME, lastName: NOTHING }),
			'One of the names is not complete',
		],
		[
			'with a company that has the name of a person',
			{ entityType: 'company', ...namesOf({ ...NAME, companyName: NOTHING }) },
			'One of the names is not complete',
		],
	])('sends nothing %s', async (_, parameters, message) => {
		const { error } = await run(seed(), parameters);
		expect([error?.message, calls.sent()]).toEqual([message, []]);
		expect(error?.description).toContain('Nothing was sent for this item.');
	});

	it.each<[string, IDataObject, string]>([
		[
			'countries',
			{ country: '={{ "Atlantis" }}', type: 'Citizenship' },
			"whose 'Country' is not one",
		],
		['countries', { type: 'Citizenship' }, 'One of the countries is not complete'],
		['countries', { country: '={{ "GB" }}', type: '={{ "home" }}' }, "whose 'Type' is not one of"],
		['dates', { type: 'Date of Birth' }, 'One of the dates is not complete'],
		['dates', { date: '1987-02-30', type: 'Date of Birth' }, "whose 'Date' is not a date"],
		['images', {}, 'One of the images has no URL'],
	])('sends nothing over %s: %j', async (name, row, message) => {
		const { error } = await run(seed(), {
			...namesOf(NAME),
			recordFields: { [name]: { values: [row] } },
		});
		expect(error?.message).toContain(message);
		expect(calls.sent()).toEqual([]);
	});

	it.each(['record', 'list'] as const)('returns what ComplyCube replies: %s', async (reply) => {
		calls.simulator.settings.addRecordReply = reply;
		const { items } = await run(seed());
		expect(items[0].json).toMatchObject({ id: expect.any(String), added: true });
	});

	it('is sent once after a lost answer, and says what a second time would do', async () => {
		const parameters = { ...chosen(seed()), ...namesOf(NAME) };
		const advice = await endsInDoubt(calls, 'addRecord', parameters);
		expect(advice).toContain('would make two of it');
		expect(advice).toContain('Before you run this item again, look');
		expect(calls.effects()).toBe(1);
	});

	it('says so where the plan has no custom lists', async () => {
		calls.simulator.settings.notInPlan = ['customLists'];
		const { error } = await run(seed());
		expect(error?.httpCode).toBe('403');
		expect(error?.description).toContain('the plan includes this feature');
	});

	refusesHostileIds({ calls: () => calls, operation: 'addRecord', chosen }, namesOf(NAME));
});

describe('get', () => {
	it('returns the list with its counts', async () => {
		const id = seed();
		const { items } = await calls.run({ operation: 'get', parameters: chosen(` ${id} `) });
		expect(calls.sent()).toEqual([{ method: 'GET', path: `/customLists/${id}` }]);
		expect(items).toEqual([
			{
				json: {
					id,
					name: 'Former suppliers',
					description: expect.any(String),
					stats: { personCount: 0, companyCount: 0 },
					createdAt: expect.any(String),
					updatedAt: expect.any(String),
				},
				pairedItem: { item: 0 },
			},
		]);
	});

	refusesHostileIds({ calls: () => calls, operation: 'get', chosen });
});

describe('getAll', () => {
	const run = async (parameters: IDataObject = {}) =>
		await calls.run({ operation: 'getAll', parameters });

	it('lists, newest first, up to the limit or all', async () => {
		const ids = calls.simulator.customLists.seed({ count: 3 }).map(({ id }) => id);
		const { items } = await run();
		expect(items.map(({ json }) => json.id)).toEqual(ids.reverse());
		expect((await run({ limit: 2 })).items).toHaveLength(2);
		expect((await run({ returnAll: true })).items).toHaveLength(3);
	});

	it('sends times in UTC', async () => {
		await run({ customListFilters: { updatedAfter: '2026-01-31T09:00:00' } });
		expect(calls.sent()).toEqual([
			{
				method: 'GET',
				path: '/customLists',
				query: { updatedAfter: '2026-01-31T08:00:00.000Z', page: '1', pageSize: '50' },
			},
		]);
	});
});
