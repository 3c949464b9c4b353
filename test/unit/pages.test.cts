import fc from 'fast-check';
import { tryToParseDateTime, type IDataObject } from 'n8n-workflow';
import { Failure } from '../../nodes/ComplyCube/transport/failure';
import { readPages, withUtcTimes } from '../../nodes/ComplyCube/transport/pages';
import { fakeConnection, type FakeConnection } from './fakeConnection.cts';

/** A DateTime of luxon, as n8n's expressions give it. */
const dateTime = (value: unknown, zone: string) => tryToParseDateTime(value, zone);

const REQUEST = { method: 'GET', path: '/workflowSessions', qs: { status: 'complete' } } as const;

const objects = (total: number) => Array.from({ length: total }, (_, i) => ({ id: `s${i}` }));

/** A server with a list of so many objects, in ComplyCube's envelope. */
function server(total: number, withPages = true) {
	const all = objects(total);
	return fakeConnection(({ qs }) => {
		const { page, pageSize } = qs as { page: number; pageSize: number };
		const items = all.slice((page - 1) * pageSize, page * pageSize);
		const pages = Math.ceil(total / pageSize);
		return { page, pageSize, totalItems: total, items, ...(withPages && { pages }) };
	});
}

const asked = ({ requests }: FakeConnection) =>
	requests.map(({ qs }) => [qs?.page, qs?.pageSize] as [number, number]);

const ids = (list: IDataObject[] | Failure) => {
	expect(Array.isArray(list)).toBe(true);
	return (list as IDataObject[]).map(({ id }) => id);
};

describe('readPages', () => {
	it.each<[name: string, total: number, limit: number, requests: Array<[number, number]>]>([
		['a limit inside the first page', 500, 50, [[1, 50]]],
		['a limit of one', 500, 1, [[1, 1]]],
		['a limit at the end of the list', 50, 50, [[1, 50]]],
		['a limit beyond the list', 20, 50, [[1, 50]]],
		['a limit of the largest page', 5_000, 1_000, [[1, 1_000]]],
		[
			'one more than the largest page',
			5_000,
			1_001,
			[
				[1, 501],
				[2, 501],
			],
		],
		[
			'one and a half pages',
			5_000,
			1_501,
			[
				[1, 751],
				[2, 751],
			],
		],
		[
			'two pages',
			5_000,
			2_000,
			[
				[1, 1_000],
				[2, 1_000],
			],
		],
		[
			'all of three pages, the last of them short',
			2_500,
			Infinity,
			[
				[1, 1_000],
				[2, 1_000],
				[3, 1_000],
			],
		],
		[
			'all of two full pages',
			2_000,
			Infinity,
			[
				[1, 1_000],
				[2, 1_000],
			],
		],
		['all of an empty list', 0, Infinity, [[1, 1_000]]],
		['a limit of an empty list', 0, 5, [[1, 5]]],
	])('reads %s', async (_, total, limit, requests) => {
		const connection = server(total);
		const list = await readPages(connection, REQUEST, limit);
		expect(ids(list)).toEqual(ids(objects(total).slice(0, limit)));
		expect(asked(connection)).toEqual(requests);
	});

	it('keeps the query, and its request untouched', async () => {
		const connection = server(1_500);
		const request = Object.freeze({ ...REQUEST, qs: Object.freeze({ ...REQUEST.qs }) });
		await readPages(connection, request as never, Infinity);
		expect(connection.requests).toEqual([
			{ ...REQUEST, qs: { status: 'complete', page: 1, pageSize: 1_000 } },
			{ ...REQUEST, qs: { status: 'complete', page: 2, pageSize: 1_000 } },
		]);
	});

	it('needs no query', async () => {
		const connection = server(1);
		await readPages(connection, { method: 'GET', path: '/clients' }, 5);
		expect(connection.requests[0].qs).toEqual({ page: 1, pageSize: 5 });
	});

	it.each([
		[0, 1],
		[999, 1],
		[1_000, 2],
		[2_500, 3],
	])('finds the end of a list of %p without `pages` after %p requests', async (total, count) => {
		const connection = server(total, false);
		expect(ids(await readPages(connection, REQUEST, Infinity))).toHaveLength(total);
		expect(connection.requests).toHaveLength(count);
	});

	it.each([undefined, 99, Infinity])(
		'is not kept by a server that repeats its page for ever and says `pages`: %p',
		async (pages) => {
			const connection = fakeConnection(() => ({ items: objects(1_000), pages }));
			expect(ids(await readPages(connection, REQUEST, Infinity))).toHaveLength(1_000);
			expect(connection.requests).toHaveLength(2);
		},
	);

	it('is not kept by a server that repeats a page of objects without IDs', async () => {
		const items = Array.from({ length: 1_000 }, (_, i) => ({ name: `n${i}` }));
		const connection = fakeConnection((_, count) => ({ items, pages: count + 1 }));
		await readPages(connection, REQUEST, Infinity).catch(() => undefined);
		expect(connection.requests.length).toBeLessThan(10);
	});

	it('does not ask for a page beyond an empty one', async () => {
		const connection = fakeConnection([
			{ items: objects(1_000), pages: 5 },
			{ items: [], pages: 5 },
		]);
		expect(ids(await readPages(connection, REQUEST, Infinity))).toHaveLength(1_000);
		expect(connection.requests).toHaveLength(2);
	});

	it('takes an object once that new ones pushed to the next page', async () => {
		const [a, b, c, d] = objects(4);
		const connection = fakeConnection([
			{ items: [a, b], pages: 2 },
			{ items: [{ ...b, status: 'complete' }, c, d], pages: 2 },
		]);
		const list = await readPages(connection, REQUEST, Infinity);
		expect(ids(list)).toEqual(['s0', 's1', 's2', 's3']);
	});

	it('reads on to the limit when pushed objects take up places', async () => {
		const all = objects(3_000);
		// Ten new objects between any two pages
		const connection = fakeConnection(({ qs }, count) => {
			const { page, pageSize } = qs as { page: number; pageSize: number };
			const start = (page - 1) * pageSize - (count - 1) * 10;
			return { items: all.slice(Math.max(0, start), start + pageSize), pages: 4 };
		});
		const list = ids(await readPages(connection, REQUEST, 1_501));
		expect(list).toEqual(ids(all.slice(0, 1_501)));
		expect(connection.requests).toHaveLength(3);
	});

	it('keeps every object without an ID', async () => {
		const items = [{ name: 'a' }, { id: 's1' }, { name: 'a' }, { id: null }];
		const connection = fakeConnection([{ items, pages: 1 }]);
		expect(await readPages(connection, REQUEST, Infinity)).toEqual(items);
	});

	it('fails as a whole when a page fails', async () => {
		const failure = new Failure('No');
		const connection = fakeConnection([{ items: objects(1_000), pages: 3 }, failure]);
		expect(await readPages(connection, REQUEST, Infinity)).toBe(failure);
		expect(connection.requests).toHaveLength(2);
	});

	it.each([
		{},
		{ items: null },
		{ items: 'none' },
		{ items: {} },
		{ items: { length: 0 } },
		{ data: [] },
	])('does not take %j for a list', async (reply) => {
		const list = await readPages(fakeConnection([reply as IDataObject]), REQUEST, 5);
		expect(list).toBeInstanceOf(Failure);
		expect((list as Failure).message).toContain('not a list');
		expect((list as Failure).details.description).toContain('Base URL');
		expect((list as Failure).doubtful).toBe(false);
	});

	it.each([[null], ['s1'], [5], [['s1']]])('does not take %j for objects', async (item) => {
		const connection = fakeConnection([{ items: [{ id: 's0' }, item] as never, pages: 1 }]);
		expect(await readPages(connection, REQUEST, 5)).toBeInstanceOf(Failure);
	});

	it('reads any list to any limit: exactly the first objects, no page too large or in vain', async () => {
		const size = fc.integer({ min: 0, max: 4_200 });
		const limit = fc.oneof(fc.integer({ min: 1, max: 4_200 }), fc.constant(Infinity));
		await fc.assert(
			fc.asyncProperty(size, limit, fc.boolean(), async (total, most, withPages) => {
				const connection = server(total, withPages);
				const list = ids(await readPages(connection, REQUEST, most));
				expect(list).toEqual(ids(objects(Math.min(total, most))));

				const sizes = asked(connection).map(([, pageSize]) => pageSize);
				expect(new Set(sizes).size).toBe(1);
				expect(sizes[0]).toBeLessThanOrEqual(Math.min(1_000, most));
				expect(asked(connection).map(([page]) => page)).toEqual(sizes.map((_, i) => i + 1));
				const fewest = Math.max(1, Math.ceil(Math.min(total, most) / sizes[0]));
				if (most < Infinity) expect(sizes.length).toBeLessThanOrEqual(Math.ceil(most / 1_000));
				// Without `pages`, only one more page can tell that the last one was full
				expect(sizes.length).toBeLessThanOrEqual(fewest + (withPages ? 0 : 1));
			}),
			{ numRuns: 150 },
		);
	});
});

describe('withUtcTimes', () => {
	const utc = (value: unknown, zone = 'UTC') => {
		const qs = withUtcTimes({ createdAfter: value as string }, zone);
		return qs instanceof Failure ? qs : qs.createdAfter;
	};

	it.each([
		['2026-01-31T09:00:00Z', 'America/New_York', '2026-01-31T09:00:00.000Z'],
		['2026-01-31T09:00:00.123+05:30', 'America/New_York', '2026-01-31T03:30:00.123Z'],
		['2026-01-31T09:00:00', 'UTC', '2026-01-31T09:00:00.000Z'],
		['2026-01-31T09:00:00', 'America/New_York', '2026-01-31T14:00:00.000Z'],
		['2026-07-31T09:00:00', 'America/New_York', '2026-07-31T13:00:00.000Z'],
		['2026-01-31T09:00:00', 'Asia/Kolkata', '2026-01-31T03:30:00.000Z'],
		['2026-01-31', 'Europe/Berlin', '2026-01-30T23:00:00.000Z'],
		['2026-01-31 09:00:00', 'Europe/Berlin', '2026-01-31T08:00:00.000Z'],
		['  2026-01-31T09:00:00Z  ', 'UTC', '2026-01-31T09:00:00.000Z'],
		['Sat, 31 Jan 2026 09:00:00 GMT', 'Europe/Berlin', '2026-01-31T09:00:00.000Z'],
		['Sat, 31 Jan 2026 09:00:00 +0200', 'Europe/Berlin', '2026-01-31T07:00:00.000Z'],
	])('reads %p in %s as %s', (value, zone, time) => {
		expect(utc(value, zone)).toBe(time);
	});

	it.each(['January 31, 2026 09:00', '01/31/2026 09:00', '2026/01/31 09:00'])(
		"reads %p in the workflow's time zone or not at all, but never in that of n8n's machine",
		(value) => {
			const times = ['America/New_York', 'Asia/Tokyo'].map((zone) => utc(value, zone));
			if (times[0] instanceof Failure) return;
			expect(times).toEqual(['2026-01-31T14:00:00.000Z', '2026-01-31T00:00:00.000Z']);
		},
	);

	it("takes the objects that n8n's expressions give", () => {
		const berlin = dateTime('2026-01-31T09:00:00', 'Europe/Berlin');
		expect(utc(berlin, 'America/New_York')).toBe('2026-01-31T08:00:00.000Z');
		expect(utc(new Date(Date.UTC(2026, 0, 31, 9)), 'Asia/Tokyo')).toBe('2026-01-31T09:00:00.000Z');
	});

	it('turns all four filters, and only them', () => {
		const time = '2026-01-31T10:00:00+01:00';
		const filters = {
			createdAfter: time,
			createdBefore: time,
			updatedAfter: time,
			updatedBefore: time,
		};
		const others = { completedAfter: time, status: 'complete', page: 2 };
		const turned = withUtcTimes({ ...filters, ...others }, 'UTC') as IDataObject;
		for (const name of Object.keys(filters)) expect(turned[name]).toBe('2026-01-31T09:00:00.000Z');
		expect(turned).toMatchObject(others);
	});

	it.each([undefined, null, ''])('leaves the empty filter %p alone', (value) => {
		expect(withUtcTimes({ createdAfter: value }, 'UTC')).toEqual({ createdAfter: value });
		expect(withUtcTimes({}, 'UTC')).toEqual({});
	});

	it('never changes the query it is given', () => {
		const qs = Object.freeze({ createdAfter: '2026-01-31' });
		expect(withUtcTimes(qs, 'UTC')).not.toBe(qs);
		expect(qs).toEqual({ createdAfter: '2026-01-31' });
	});

	it.each([
		'yesterday',
		'31.01.2026',
		'2026-13-01',
		'2026-02-30T09:00:00Z',
		'25:00',
		'   ',
		{},
		[],
		true,
		new Date(NaN),
		dateTime('2026-01-31', 'UTC').setZone('Atlantis'), // an invalid DateTime
	])('refuses %p and names the filter', (value) => {
		const labels = {
			createdAfter: 'Created After',
			createdBefore: 'Created Before',
			updatedAfter: 'Updated After',
			updatedBefore: 'Updated Before',
		};
		for (const [name, label] of Object.entries(labels)) {
			const failure = withUtcTimes({ [name]: value as string }, 'Europe/Berlin');
			expect(failure).toBeInstanceOf(Failure);
			expect((failure as Failure).message).toContain(`'${label}'`);
			expect((failure as Failure).details).toMatchObject({
				param: name,
				description: expect.stringContaining('ISO 8601'),
			});
		}
	});

	it('gives any moment back exactly, whatever the zone', () => {
		const date = fc.date({
			min: new Date('1970-01-01T00:00:00Z'),
			max: new Date('2999-12-31T23:59:59Z'),
			noInvalidDate: true,
		});
		const zone = fc.constantFrom('UTC', 'Asia/Kathmandu', 'America/St_Johns', 'Pacific/Apia');
		fc.assert(
			fc.property(date, zone, zone, (moment, own, workflow) => {
				const text = dateTime(moment, own).toISO() as string;
				expect(utc(text, workflow)).toBe(moment.toISOString());
				expect(utc(moment, workflow)).toBe(moment.toISOString());
			}),
		);
	});
});

describe('what a server of lists may do', () => {
	it('is leave out the items of an empty list', async () => {
		const connection = fakeConnection([{ page: 1, pageSize: 5, totalItems: 0 }]);
		expect(await readPages(connection, REQUEST, 5)).toEqual([]);
	});

	it('is count wrongly: the items count', async () => {
		const items = objects(2);
		const connection = fakeConnection([{ items, totalItems: 0, pages: 1 }]);
		expect(await readPages(connection, REQUEST, 5)).toEqual(items);
		const without = fakeConnection([{ totalItems: 3, pages: 1 }]);
		expect(await readPages(without, REQUEST, 5)).toBeInstanceOf(Failure);
	});

	it('is repeat a page without IDs: the list ends with the first repetition', async () => {
		// New objects each time, as from the network
		const page = () => Array.from({ length: 1_000 }, (_, i) => ({ name: `n${i}` }));
		const connection = fakeConnection((_, count) => {
			if (count > 9) throw new Error('Read on and on');
			return { items: page(), pages: 99 };
		});
		await readPages(connection, REQUEST, Infinity);
		expect(connection.requests).toHaveLength(2);
	});
});

it.each(['on 2026-01-31', 'after 2026-01-31T09:00:00Z', '12026-01-31'])(
	'a time filter is no sentence: %p',
	(createdAfter) => {
		expect(withUtcTimes({ createdAfter }, 'UTC')).toBeInstanceOf(Failure);
	},
);
