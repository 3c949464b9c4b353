import { tryToParseDateTime, type IDataObject } from 'n8n-workflow';
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

/** ComplyCube leaves empty properties out of its answers, and so perhaps the items of an empty list. */
const itemsOf = ({ items, totalItems }: Envelope): IDataObject[] | undefined =>
	items === undefined && totalItems === 0 ? [] : items;

const TIME_FILTERS = {
	createdAfter: 'Created After',
	createdBefore: 'Created Before',
	updatedAfter: 'Updated After',
	updatedBefore: 'Updated Before',
};

/**
 * Turns the four time filters of a list into what ComplyCube compares with: UTC with milliseconds.
 *
 * @param qs the query, with times as the user or an expression gave them
 * @param timezone the workflow's time zone, which a time without one is in
 * @returns the query with ISO 8601 times, or the failure of a value that is no time; ComplyCube would answer such a
 * filter with an empty list (API page "Filtering")
 */
export function withUtcTimes(qs: IDataObject, timezone: string): IDataObject | Failure {
	const result = { ...qs };
	for (const [name, label] of Object.entries(TIME_FILTERS)) {
		const value = qs[name];
		if (value === undefined || value === null || value === '') continue;
		try {
			result[name] = tryToParseDateTime(value, timezone).toUTC().toISO();
		} catch {
			return new Failure(`The '${label}' filter is not a date and time`, {
				param: name,
				description: 'Pick a date, or use ISO 8601 such as 2026-01-31T09:00:00Z.',
			});
		}
	}
	return result;
}

/** Pages of one size: as many as needed, none larger than needed. */
function pageSizeFor(limit: number): number {
	const pages = Math.ceil(limit / LARGEST_PAGE);
	return Math.ceil(limit / pages);
}

/**
 * Reads a list page by page.
 *
 * An object that shows up again, because new ones pushed it to the next page while we read, is taken once; a page with
 * nothing new ends the list, so that a server that repeats a page cannot keep us.
 *
 * @param connection where to
 * @param request the list's request, without `page` and `pageSize`
 * @param limit most objects to return; Infinity for all
 * @returns the objects, or the failure of a page: part of a list is never passed off as the whole
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
		if (!Array.isArray(items)) {
			return new Failure('The answer was not a list as ComplyCube sends it', {
				description: "Check that 'Base URL' in the credential is the address of the API.",
			});
		}
		const before = found.size;
		for (const item of items) found.set(item.id ?? found.size, item);

		const lastPage = pages === undefined ? items.length < pageSize : page >= pages;
		if (lastPage || found.size === before || found.size >= limit) {
			return [...found.values()].slice(0, limit);
		}
	}
}
