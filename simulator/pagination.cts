import { invalidRequest } from './errors.cts';
import { buildFilter } from './filters.cts';
import type { ReadAttribute } from './filters.cts';
import type { ApiReply, Query } from './resource.cts';
import type { Settings } from './settings.cts';

const PAGE = { name: 'page', defaultValue: 1, max: Number.MAX_SAFE_INTEGER };
const PAGE_SIZE = { name: 'pageSize', defaultValue: 100, max: 1000 };

function readNumber(query: Query, { name, defaultValue, max }: typeof PAGE) {
	const value = query[name] ?? String(defaultValue);
	const valid = typeof value === 'string' && /^\d{1,15}$/.test(value);
	const number = valid ? Number(value) : defaultValue;
	const inRange = number >= 1 && number <= max;
	return { name, isValid: valid && inRange, number: Math.min(Math.max(number, 1), max) };
}

/**
 * @param items Stored objects, newest first.
 * @param query `page` from 1, `pageSize` 1 to 1000 (100 unless given), and filters.
 * @param list The attributes to filter on, how to read them, and how to show an item.
 * @returns 200 with `{ page, pageSize, totalItems, pages, items }`. [Pagination], [Filtering]
 */
export function listReply<T>(
	items: T[],
	query: Query,
	list: { filters: string[]; read: ReadAttribute<T>; toItem: (item: T) => unknown },
	settings: Settings,
): ApiReply {
	const { page: _page, pageSize: _pageSize, ...filters } = query;
	const page = readNumber(query, PAGE);
	const pageSize = readNumber(query, PAGE_SIZE);
	const invalid = [page, pageSize].find(({ isValid }) => !isValid);
	if (invalid && settings.badPaging === 'reject') {
		return invalidRequest(`'${invalid.name}' is out of range`, invalid.name);
	}

	const filter = buildFilter(
		filters,
		list.filters,
		list.read,
		settings.unsupportedFilters === 'ignore',
	);
	const matchesNothing = !filter || (invalid && settings.badPaging === 'empty');
	const found = matchesNothing ? [] : items.filter(filter);
	const start = (page.number - 1) * pageSize.number;
	const shown = found.slice(start, start + pageSize.number).map(list.toItem);
	return {
		status: 200,
		body: {
			page: page.number,
			pageSize: pageSize.number,
			totalItems: found.length,
			pages: Math.ceil(found.length / pageSize.number) || settings.emptyListPages,
			...(shown.length > 0 || settings.emptyListItems === 'array' ? { items: shown } : {}),
		},
	};
}
