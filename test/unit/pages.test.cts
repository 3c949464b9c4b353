import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { Failure } from '../../nodes/ComplyCube/transport/failure';
import { readPages } from '../../nodes/ComplyCube/transport/pages';
import { fakeConnection, type FakeConnection } from './fakeConnection.cts';

const REQUEST = { method: 'GET', path: '/workflowSessions' } as const;
const FILTERED = { ...REQUEST, qs: { status: 'complete' } } as const;

const objects = (total: number) => Array.from({ length: total }, (_, i) => ({ id: `s${i}` }));

/** A server with a list of so many objects, in ComplyCube's envelope. */
function server(total: number, withCounts = true) {
	const all = objects(total);
	return fakeConnection(({ qs }) => {
		const { page, pageSize } = qs as { page: number; pageSize: number };
		const items = all.slice((page - 1) * pageSize, page * pageSize);
		const pages = Math.ceil(total / pageSize);
		return { page, pageSize, items, ...(withCounts && { totalItems: total, pages }) };
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
		const request = Object.freeze({ ...FILTERED, qs: Object.freeze({ ...FILTERED.qs }) });
		await readPages(connection, request as never, Infinity);
		expect(connection.requests).toEqual([
			{ ...REQUEST, qs: { status: 'complete', page: 1, pageSize: 1_000 } },
			// Begins with the last one of the page before
			{ ...REQUEST, qs: { status: 'complete', page: 2, pageSize: 999 } },
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
	])(
		'finds the end of a list of %p without `pages` and `totalItems` after %p requests',
		async (total, count) => {
			const connection = server(total, false);
			expect(ids(await readPages(connection, REQUEST, Infinity))).toHaveLength(total);
			expect(connection.requests).toHaveLength(count);
		},
	);

	it.each([undefined, 99, Infinity])(
		'is not kept by a server that repeats its page for ever and says `pages`: %p',
		async (pages) => {
			const connection = fakeConnection(() => ({ items: objects(1_000), pages }));
			expect(ids(await readPages(connection, REQUEST, Infinity))).toHaveLength(1_000);
			expect(connection.requests).toHaveLength(2);
		},
	);

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
});
