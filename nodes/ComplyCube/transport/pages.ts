import type { IDataObject } from 'n8n-workflow';
import { isPlainObject } from '../values/plainObject';
import type { ApiRequest, Connection } from './connection';
import { Failure } from './failure';

/** Most objects ComplyCube puts on one page (API page "Pagination"). */
const LARGEST_PAGE = 1000;

/** The envelope of every list (API page "Pagination"). */
interface Envelope {
	totalItems?: number;
	pages?: number;
	items?: IDataObject[];
}

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

/**
 * Reads a list page by page.
 *
 * An object that new ones pushed to the next page while we read is taken once. A page with nothing new ends the list, so that a
 * server that repeats a page cannot hold us.
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
	for (let page = 1; ; page++) {
		const qs = { ...request.qs, page, pageSize };
		const envelope = await connection.send({ ...request, qs });
		if (envelope instanceof Failure) return envelope;

		const { pages } = envelope as Envelope;
		const items = itemsOf(envelope);
		if (!items) {
			return new Failure('The answer was not a list as ComplyCube sends it', {
				description: "Check that 'Base URL' in the credential is the address of the API.",
			});
		}
		const before = found.size;
		for (const item of items) found.set(item.id ?? item, item);
		const nothingNew = found.size === before;

		const lastPage = pages === undefined ? items.length < pageSize : page >= pages;
		if (lastPage || nothingNew || found.size >= limit) {
			return [...found.values()].slice(0, limit);
		}
	}
}
