/** What an expression gives where a form wants something else: never another value in its place, nor a field wiped. */
import type { IDataObject } from 'n8n-workflow';
import { byId, ResourceCalls } from './resourceCalls.cts';

let calls: ResourceCalls;
beforeAll(async () => {
	calls = await ResourceCalls.start('client');
});
beforeEach(() => calls.simulator.reset());
afterAll(async () => await calls.simulator.close());

const body = () => calls.sent().at(-1)?.body as IDataObject;

describe('null in an Update leaves a field alone', () => {
	const update = async (clientUpdates: IDataObject) => {
		const [{ id }] = calls.simulator.clients.seed({ metadata: { plan: 'gold' } });
		return await calls.run({
			operation: 'update',
			parameters: { clientId: byId(id), clientUpdates },
		});
	};

	it.each(['mobile', 'dob', 'gender', 'nationality', 'externalId'])('as %s', async (name) => {
		await update({ [name]: '={{ null }}', telephone: '+441234567890' });
		expect(body()).toEqual({ telephone: '+441234567890' });
	});

	it('as all there is, which is nothing to change', async () => {
		const { error } = await update({ mobile: '={{ null }}' });
		expect(error?.message).toBe('There is nothing to change');
		expect(calls.sent()).toEqual([]);
	});

	it('while an empty text clears it', async () => {
		await update({ mobile: "={{ '' }}" });
		expect(body()).toEqual({ mobile: '' });
	});

	it.each(['null', 'undefined'])('as a metadata entry to set: %s', async (nothing) => {
		await update({
			metadataToSet: {
				pairs: [
					{ key: 'plan', value: `={{ ${nothing} }}` },
					{ key: 'tier', value: '' },
				],
			},
		});
		expect(body()).toEqual({ metadata: { plan: 'gold', tier: '' } });
	});
});

describe('Metadata pairs', () => {
	const create = async (pairs: IDataObject[]) =>
		await calls.run({
			operation: 'create',
			parameters: {
				type: 'person',
				email: 'ada@example.com',
				firstName: 'Ada',
				lastName: 'Example',
				clientFields: { metadata: { pairs } },
			},
		});

	it.each(['[1]', '({ a: 1 })'])('with %s as a value are refused', async (value) => {
		const { error } = await create([{ key: 'plan', value: `={{ ${value} }}` }]);
		expect(error?.message).toBe('Metadata entry 1 has a list or an object as its value');
		expect(calls.sent()).toEqual([]);
	});

	it('with an object as a key are refused', async () => {
		const { error } = await create([{ key: '={{ ({}) }}', value: 'gold' }]);
		expect(error?.message).toBe('Metadata entry 1 has no key');
		expect(calls.sent()).toEqual([]);
	});

	it.each(["new Date('2026-01-31T09:00:00Z')", "DateTime.fromISO('2026-01-31T09:00:00Z').toUTC()"])(
		'have dates in ISO 8601: %s',
		async (value) => {
			await create([{ key: 'since', value: `={{ ${value} }}` }]);
			expect(body()).toMatchObject({ metadata: { since: '2026-01-31T09:00:00.000Z' } });
		},
	);
});

describe("'Skip Empty Filters' leaves out a metadata pair without a value", () => {
	const find = async (pairs: IDataObject[]) =>
		await calls.run({
			operation: 'getAll',
			parameters: {
				clientFilters: { metadata: { pairs } },
				options: { skipEmptyFilters: true },
			},
		});

	it.each(['undefined', 'null', "''"])('that gives %s', async (nothing) => {
		await find([
			{ key: 'plan', value: `={{ ${nothing} }}` },
			{ key: 'region', value: 'north' },
		]);
		expect(calls.sent()[0]?.query).toEqual({
			'metadata.region': 'north',
			page: '1',
			pageSize: '50',
		});
		await find([{ key: 'plan', value: `={{ ${nothing} }}` }]);
		expect(calls.sent()[1]?.query).toEqual({ page: '1', pageSize: '50' });
	});

	it('but not what n8n does not let us see', async () => {
		const { error } = await calls.run({
			operation: 'getAll',
			parameters: {
				clientFilters: { metadata: { plan: 'gold' } },
				options: { skipEmptyFilters: true },
			},
		});
		expect(error?.message).toBe("The 'Metadata' filter has no key and value");
		expect(calls.sent()).toEqual([]);
	});
});

describe("'Fields' takes the lists that forms take", () => {
	const CLIENT = { id: 'c1', email: 'ada@example.com', type: 'person', mobile: '1' };

	const pick = async (fields: string) => {
		calls.answerWith({ items: [CLIENT], page: 1, pageSize: 50, totalItems: 1, pages: 1 });
		return await calls.run({ operation: 'getAll', parameters: { output: 'selected', fields } });
	};

	it('switches, as a model writes them', async () => {
		const { items } = await pick('={{ ({ email: true, type: true, mobile: false }) }}');
		expect(items[0].json).toEqual({ id: 'c1', email: 'ada@example.com', type: 'person' });
	});

	it.each(['undefined', 'null', '5', 'true', '({ a: 1 })'])(
		'%s is refused: the ID alone would come back',
		async (value) => {
			const { error } = await pick(`={{ ${value} }}`);
			expect(error?.message).toBe("'Fields' is not a list");
			expect(calls.sent()).toEqual([]);
		},
	);
});

describe('A number is a number', () => {
	it.each(['true', '[3]'])('and %s is no Limit', async (value) => {
		const { error } = await calls.run({
			operation: 'getAll',
			parameters: { limit: `={{ ${value} }}` },
		});
		expect(error?.message).toBe("The 'Limit' parameter is not a number of at least 1");
		expect(calls.sent()).toEqual([]);
	});

	it('and NaN is no ID', async () => {
		const got = await calls.run({
			operation: 'get',
			parameters: { clientId: byId('={{ NaN }}') },
		});
		expect(got.error?.message).toBe("The 'Client' parameter is NaN, not an ID");
		const listed = await calls.run({
			operation: 'getAll',
			parameters: { resource: 'check', checkFilters: { clientId: byId('={{ NaN }}') } },
		});
		expect(listed.error?.message).toBe("The 'Client' filter is NaN, not an ID");
		expect(calls.sent()).toEqual([]);
	});
});

describe('A record of a custom list, which cannot be corrected, has all that was entered', () => {
	it.each<[what: string, dates: unknown]>([
		['an expression', '={{ $json.dates }}'],
		['a list', [{ date: '1990-01-31', type: 'Date of Birth' }]],
		['a single entry', { date: '1990-01-31', type: 'Date of Birth' }],
	])('or is refused, as n8n takes %s out of a field with rows', async (_what, dates) => {
		const { error } = await calls.run({
			operation: 'addRecord',
			parameters: {
				resource: 'customList',
				customListId: byId('l1'),
				entityType: 'person',
				names: { values: [{ firstName: 'Ada', lastName: 'Example', type: 'primary' }] },
				recordFields: { dates },
			} as IDataObject,
			input: [{ dates: [{ date: '1990-01-31', type: 'Date of Birth' }] }],
		});
		expect(error?.message).toBe("'Dates' has no entries");
		expect(calls.sent()).toEqual([]);
	});
});
