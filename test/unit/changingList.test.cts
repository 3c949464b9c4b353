import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { readPages } from '../../nodes/ComplyCube/transport/pages';
import { Failure } from '../../nodes/ComplyCube/transport/failure';
import { fakeConnection } from './fakeConnection.cts';

const REQUEST = { method: 'GET', path: '/clients' } as const;

/** What happens to a list between two requests. */
interface Change {
	created: number;
	/** Places of deleted objects, as shares of the list */
	deleted: number[];
}

/** A list, newest first, that changes before each request but the first, on a server with pages of ten. */
function changingServer(count: number, changes: Change[]) {
	let next = count;
	let list: IDataObject[] = Array.from({ length: count }, (_, i) => ({ id: `c${count - i - 1}` }));
	const survivors = new Set(list.map(({ id }) => id));
	const connection = fakeConnection(({ qs }, request) => {
		const { created, deleted } = changes[request - 2] ?? { created: 0, deleted: [] };
		for (const share of deleted) {
			const [gone] = list.splice(Math.floor(share * list.length), 1);
			if (gone) survivors.delete(gone.id);
		}
		for (let i = 0; i < created; i++) list = [{ id: `c${next++}` }, ...list];
		const page = qs?.page as number;
		return {
			page,
			pageSize: 10,
			totalItems: list.length,
			pages: Math.ceil(list.length / 10),
			items: list.slice((page - 1) * 10, page * 10),
		};
	});
	return { connection, survivors };
}

const idsOf = (result: IDataObject[] | Failure) => {
	expect(result).not.toBeInstanceOf(Failure);
	return (result as IDataObject[]).map(({ id }) => id);
};

it('misses nothing when three of 2,500 are deleted between two pages', async () => {
	let list = Array.from({ length: 2_500 }, (_, i) => ({ id: `c${i}` }));
	const connection = fakeConnection(({ qs }, request) => {
		const page = qs?.page as number;
		if (request === 2) list = list.slice(3);
		const items = list.slice((page - 1) * 1_000, page * 1_000);
		return { page, pageSize: 1_000, totalItems: list.length, pages: 3, items };
	});
	const ids = idsOf(await readPages(connection, REQUEST, Infinity));
	expect(list.filter(({ id }) => !ids.includes(id))).toEqual([]);
	expect(new Set(ids).size).toBe(ids.length);
	expect(connection.requests.map(({ qs }) => qs?.page)).toEqual([1, 2, 1, 2, 3]);
});

it('returns each object that was there all the time exactly once, whatever changes meanwhile', async () => {
	const change = fc.record({
		created: fc.nat({ max: 3 }),
		deleted: fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { maxLength: 15 }),
	});
	await fc.assert(
		fc.asyncProperty(
			fc.nat({ max: 120 }),
			fc.array(change, { maxLength: 30 }),
			async (count, changes) => {
				const { connection, survivors } = changingServer(count, changes);
				const ids = idsOf(await readPages(connection, REQUEST, Infinity));
				expect(new Set(ids).size).toBe(ids.length);
				expect([...survivors].filter((id) => !ids.includes(id as never))).toEqual([]);
			},
		),
		{ numRuns: 300 },
	);
});

describe('a list that does not end', () => {
	const endless = (envelope: IDataObject) =>
		fakeConnection((_, request) => ({
			...envelope,
			items: Array.from({ length: 10 }, (_item, i) => ({ id: `${request}-${i}` })),
		}));

	it('ends by what was counted, whatever it says of pages', async () => {
		for (const pages of [1e9, 'many', Infinity, -1, {}, null]) {
			const connection = endless({ pages, pageSize: 10, totalItems: 35 } as never);
			expect(idsOf(await readPages(connection, REQUEST, Infinity))).toHaveLength(40);
			expect(connection.requests).toHaveLength(4);
		}
	});

	it('fails rather than pass off a part as the whole', async () => {
		let requests = 0;
		const connection = {
			...endless({}),
			send: async () => ({ pages: 1e9, items: [{ id: `${requests++}` }] }),
		};
		const result = await readPages(connection, REQUEST, Infinity);
		expect(result).toBeInstanceOf(Failure);
		expect((result as Failure).message).toBe('The list did not end within 10000 pages');
		expect(requests).toBe(10_000);
	});
});

it('reads no list out of anything else, and never throws', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.dictionary(fc.constantFrom('items', 'pages', 'totalItems', 'pageSize'), fc.jsonValue()),
			async (envelope) => {
				const connection = fakeConnection(() => structuredClone(envelope) as IDataObject);
				const result = await readPages(connection, REQUEST, 5);
				expect(Array.isArray(result) || result instanceof Failure).toBe(true);
			},
		),
	);
});
