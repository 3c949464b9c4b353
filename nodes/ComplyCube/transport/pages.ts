import { tryToParseDateTime, type IDataObject } from 'n8n-workflow';
import type { ApiRequest, Connection } from './connection';
import { Failure } from './failure';
import { label } from './pathSegment';

/** Most objects ComplyCube puts on one page (API page "Pagination"). */
const LARGEST_PAGE = 1000;

/** The envelope of every list (API page "Pagination"). */
interface Envelope {
	totalItems?: number;
	pages?: number;
	items?: IDataObject[];
}

/**
 * Takes the objects out of a list's envelope (API page "Pagination"). ComplyCube leaves empty properties out of its answers,
 * and so perhaps the items of an empty list.
 *
 * @param envelope the reply of a list
 * @returns the objects; undefined if the reply is no list of objects
 */
export function itemsOf({ items, totalItems }: Envelope): IDataObject[] | undefined {
	if (items === undefined && totalItems === 0) return [];
	const isObject = (item: unknown) =>
		item !== null && typeof item === 'object' && !Array.isArray(item);
	return Array.isArray(items) && items.every(isObject) ? items : undefined;
}

const TIME_FILTERS = ['createdAfter', 'createdBefore', 'updatedAfter', 'updatedBefore'];

/** A text that says its time zone, or one that starts like ISO 8601; others would be read in the time zone of n8n's machine. */
const CLEAR_TIME = /^\d{4}-\d\d-\d\d|(GMT|UTC|[+-]\d{4})$/;

/** @throws UserError of n8n, or RangeError, if the value is no time */
function utc(value: unknown, timezone: string): string {
	const text = typeof value === 'string' ? value.trim() : undefined;
	if (text !== undefined && !CLEAR_TIME.test(text)) throw new RangeError();
	const time = tryToParseDateTime(value, timezone);
	// A day that does not exist, such as 30 February, would become another
	if (text && /^\d/.test(text) && time.toISODate() !== text.slice(0, 10)) throw new RangeError();
	return time.toUTC().toISO() as string;
}

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
	for (const name of TIME_FILTERS) {
		const value = qs[name];
		if (value === undefined || value === null || value === '') continue;
		try {
			result[name] = utc(value, timezone);
		} catch {
			return new Failure(`The '${label(name)}' filter is not a date and time`, {
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
	let previous: string | undefined;
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
		// An object without an ID is its own: only a whole page can show that it came before
		for (const item of items) found.set(item.id ?? item, item);
		const text = JSON.stringify(items);
		const nothingNew = found.size === before || text === previous;
		previous = text;

		const lastPage = pages === undefined ? items.length < pageSize : page >= pages;
		if (lastPage || nothingNew || found.size >= limit) {
			return [...found.values()].slice(0, limit);
		}
	}
}
