import type { IDataObject } from 'n8n-workflow';
import type { ApiRequest } from '../../nodes/ComplyCube/transport/connection';
import { Failure } from '../../nodes/ComplyCube/transport/failure';
import { MOST_PAGES, readPages } from '../../nodes/ComplyCube/transport/pages';
import { fakeConnection } from './fakeConnection.cts';

const GET = { method: 'GET', path: '/clients' } as const;

/** Reads all of a list whose every page brings so many new objects. */
async function readAll(perPage: number, counts: object, limit = Infinity) {
	let requests = 0;
	const send = async (_request: ApiRequest): Promise<IDataObject> => {
		requests += 1;
		if (requests > MOST_PAGES) throw new Error('A loop without an end');
		const items = Array.from({ length: perPage }, (_, i) => ({ id: `${requests}-${i}` }));
		return { items, ...counts };
	};
	const list = await readPages({ ...fakeConnection([]), send }, GET, limit);
	return { list, requests };
}

/** What is no number of pages. */
const NO_PAGES = [1e9, 1e300, NaN, Infinity, -1, 1.5, 'many', '3', {}, [], null, true, undefined];

describe('a list of which every page brings new objects', () => {
	it.each(NO_PAGES)('ends with a short page if `pages` is %p', async (pages) => {
		const { list, requests } = await readAll(1, { pages });
		expect(list).toHaveLength(1);
		expect(requests).toBe(1);
	});

	it.each(NO_PAGES)('ends by its count, whatever `pages` says: %p', async (pages) => {
		const { list, requests } = await readAll(1_000, { pages, totalItems: 2_500 });
		expect(list).toHaveLength(3_000);
		expect(requests).toBe(3);
	});

	it.each(NO_PAGES)(
		'ends at a bound, with a sentence, if nothing else ends it: %p',
		async (pages) => {
			const { list, requests } = await readAll(1, { pages, pageSize: 1, totalItems: 10_001 });
			expect(list).toBeInstanceOf(Failure);
			expect(list).toMatchObject({
				message: 'The list goes on beyond 10,000 pages',
				details: { description: expect.stringContaining("'Limit'") },
			});
			expect(requests).toBeLessThanOrEqual(MOST_PAGES);
		},
	);

	it.each([Infinity, 2_000_000])(
		'ends before it fills the memory if its pages are full: limit %p',
		async (limit) => {
			let requests = 0;
			const send = async (): Promise<IDataObject> => {
				requests += 1;
				if (requests > 1_001) throw new Error('More than fits into memory');
				const items = Array.from({ length: 1_000 }, (_, i) => ({ id: requests * 1_000 + i }));
				return { items, pages: 1e9 };
			};
			const list = await readPages({ ...fakeConnection([]), send }, GET, limit);
			expect(list).toMatchObject({ message: 'The list goes on beyond 1,000,000 objects' });
		},
	);

	it('of a million objects is read', async () => {
		const { list, requests } = await readAll(1_000, { totalItems: 1_000_000 });
		expect(list).toHaveLength(1_000_000);
		expect(requests).toBe(1_000);
	});

	it('is not begun if its own count is beyond the bound', async () => {
		const { list, requests } = await readAll(1_000, { totalItems: 1_000_001 });
		expect(list).toBeInstanceOf(Failure);
		expect(requests).toBe(1);
	});

	it('is read to a limit all the same', async () => {
		const { list, requests } = await readAll(1_000, { totalItems: 1e12, pages: 1e9 }, 2_000);
		expect(list).toHaveLength(2_000);
		expect(requests).toBe(2);
	});

	it.each([NaN, Infinity, -1, 'many', {}, null, 1.5])(
		'does not believe a count of %p',
		async (totalItems) => {
			const { list } = await readAll(3, { totalItems, pages: 1 });
			expect(list).toHaveLength(3);
		},
	);
});
