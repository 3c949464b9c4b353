import type { IDataObject } from 'n8n-workflow';
import { isPlainObject } from '../values/plainObject';
import type { ApiRequest, Connection } from './connection';
import { Failure } from './failure';

/** Most objects ComplyCube puts on one page (API page "Pagination"). */
const LARGEST_PAGE = 1000;

/** No account has so many pages: a list that goes on for longer does not end at all. */
const MOST_PAGES = 10_000;

/** The envelope of every list (API page "Pagination"), as far as a reply keeps to it. */
interface Envelope {
	totalItems?: unknown;
	pages?: unknown;
	pageSize?: unknown;
	items?: unknown;
}

/** A count in an envelope; undefined for anything else, which says nothing about the list. */
export const countFrom = (value: unknown): number | undefined =>
	Number.isSafeInteger(value) && (value as number) >= 0 ? (value as number) : undefined;

/**
 * Takes the objects out of a list's envelope (API page "Pagination"). ComplyCube leaves empty properties out of its replies,
 * possibly the items of an empty list too.
 *
 * @param envelope the reply of a list
 * @returns the objects; undefined if the reply is no list of objects
 */
export function itemsOf({ items, totalItems }: Envelope): IDataObject[] | undefined {
	if (items === undefined && totalItems === 0) return [];
	return Array.isArray(items) && items.every(isPlainObject) ? items : undefined;
}

/** Pages of one size: as many as needed, none larger than needed. */
function pageSizeFor(limit: number): number {
	const pages = Math.ceil(limit / LARGEST_PAGE);
	return Math.ceil(limit / pages);
}

/** Why a reply cannot be taken for a list. */
export const NO_LIST = new Failure('The answer was not a list as ComplyCube sends it', {
	description: "Check that 'Base URL' in the credential is the address of the API.",
});

const ENDLESS = new Failure(`The list did not end within ${MOST_PAGES} pages`, {
	description:
		'A part of a list is not passed off as the whole. Narrow the list down with filters, or set a limit.',
});

/** What an envelope says about the place of its page. */
function placeOf(envelope: Envelope, page: number, pageSize: number, count: number) {
	// A server may allow smaller pages only
	const size = countFrom(envelope.pageSize) || pageSize;
	const total = countFrom(envelope.totalItems);
	const pages = countFrom(envelope.pages);
	const end = (page - 1) * size + count;
	const isLast =
		total !== undefined ? end >= total : pages !== undefined ? page >= pages : count < size;
	return { size, total, isLast: isLast || count === 0 };
}

/**
 * The page to read again after objects were deleted between two pages: each one moves those behind it forward, onto pages
 * that were read before.
 *
 * @param page the page during which the total was seen to have fallen
 * @param size objects per page
 * @param fallen by how many
 */
const pageAgain = (page: number, size: number, fallen: number): number =>
	Math.max(1, Math.floor(((page - 1) * size - fallen) / size) + 1);

/**
 * Reads a list page by page.
 *
 * The list may change meanwhile. An object that new ones push to the next page is taken once; where the total falls, pages are
 * read again, so that nothing is missing that was there all the time. A page with nothing new ends the list, so that a server
 * that repeats a page cannot hold us.
 *
 * @param connection where to
 * @param request the list's request, without `page` and `pageSize`
 * @param limit most objects to return; Infinity for all
 * @returns the objects, or the failure of a page: a part of a list is never passed off as the whole
 */
export async function readPages(
	connection: Connection,
	request: ApiRequest,
	limit: number,
): Promise<IDataObject[] | Failure> {
	const found = new Map<unknown, IDataObject>();
	const pageSize = limit === Infinity ? LARGEST_PAGE : pageSizeFor(limit);
	let furthest = 0;
	let totalBefore: number | undefined;
	for (let requests = 0, page = 1; requests < MOST_PAGES; requests++) {
		const qs = { ...request.qs, page, pageSize };
		const envelope = await connection.send({ ...request, qs });
		if (envelope instanceof Failure) return envelope;
		const items = itemsOf(envelope);
		if (!items) return NO_LIST;

		const before = found.size;
		for (const item of items) found.set(item.id ?? item, item);
		const isRepeated = found.size === before && page > furthest;
		const { size, total, isLast } = placeOf(envelope, page, pageSize, items.length);
		const fallen = page > 1 ? (totalBefore ?? 0) - (total ?? Infinity) : 0;
		furthest = Math.max(furthest, page);
		totalBefore = total;
		if (found.size >= limit) return [...found.values()].slice(0, limit);
		if (fallen > 0) page = pageAgain(page, size, fallen);
		else if (isLast || isRepeated) return [...found.values()];
		else page++;
	}
	return ENDLESS;
}
