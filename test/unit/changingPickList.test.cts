import type { IDataObject, IHttpRequestOptions, ILoadOptionsFunctions } from 'n8n-workflow';
import { searchIn } from '../../nodes/ComplyCube/listSearch/search';

interface Listing {
	/** Names, in the order in which ComplyCube has them */
	names: string[];
	/** What happens after each page */
	afterPage?: (page: number, names: string[]) => void;
	/** What every reply says besides, or otherwise */
	more?: IDataObject;
	/** Largest page that is given out */
	largestPage?: number;
}

/** Searches a list that ComplyCube answers so. */
async function search(
	filter: string | undefined,
	{ names, afterPage, more, largestPage = Infinity }: Listing,
) {
	const pages: number[] = [];
	const context = {
		getTimezone: () => 'UTC',
		getNode: () => ({ name: 'ComplyCube' }),
		getCredentials: async () => ({ apiKey: `test_${Math.random()}`, requestsPerSecond: 10_000 }),
		helpers: {
			httpRequestWithAuthentication: async (_: string, { qs }: IHttpRequestOptions) => {
				const { page, pageSize: asked } = qs as { page: number; pageSize: number };
				pages.push(page);
				const pageSize = Math.min(asked, largestPage);
				const items = names
					.slice((page - 1) * pageSize, page * pageSize)
					.map((name) => ({ id: name, name }));
				const body = { page, pageSize, totalItems: names.length, items, ...more };
				afterPage?.(page, names);
				return { statusCode: 200, headers: {}, body };
			},
		},
	} as unknown as ILoadOptionsFunctions;
	const list = searchIn({ path: '/clients', describe: ({ name }) => [name] });
	const { results, paginationToken } = await list.call(context, filter);
	return { found: results.map(({ value }) => value), paginationToken, pages };
}

const namesUpTo = (count: number) => Array.from({ length: count }, (_, i) => `client ${i}`);

it('a search finds what a deletion has pulled to a page that was read', async () => {
	const names = namesUpTo(2_500);
	names[1_000] = 'Zoe';
	let isDeleted = false;
	const { found, pages } = await search('zoe', {
		names,
		afterPage: (page) => {
			if (page === 1 && !isDeleted) names.shift();
			isDeleted = true;
		},
	});
	expect(found).toEqual(['Zoe']);
	expect(pages).toEqual([1, 2, 1]);
});

it('a search ends though something is deleted at every page', async () => {
	const names = namesUpTo(9_000);
	const { found, paginationToken, pages } = await search('zoe', {
		names,
		afterPage: () => names.shift(),
	});
	expect(found).toEqual([]);
	expect(Number(paginationToken)).toBeGreaterThan(1);
	expect(pages.length).toBeLessThan(12);
});

it('a list to pick from does not end early because its page is said to be larger than it was asked to be', async () => {
	const { found, paginationToken } = await search(undefined, {
		names: namesUpTo(250),
		more: { pageSize: 1_000 },
	});
	expect(found).toHaveLength(100);
	expect(paginationToken).toBe('2');
});
