import type { IDataObject } from 'n8n-workflow';
import { isPlainObject } from '../values/plainObject';
import type { ApiRequest, Connection } from './connection';
import { Failure } from './failure';

/** Most objects ComplyCube puts on one page (API page "Pagination"). */
const LARGEST_PAGE = 1000;

/** More objects than n8n carries from node to node. Some millions fill its memory, which ends n8n without a word. */
const MOST_OBJECTS = 1_000_000;

/** More pages than any account fills, however few objects a service puts on one. */
export const MOST_PAGES = 10_000;

/** How often the next page may slip away before it is read, and how often a list is read that comes out too short. */
const MOST_SLIPS = 50;
const MOST_PASSES = 3;

/** The envelope of every list (API page "Pagination"), as far as it can be relied on. */
interface Envelope {
	items: IDataObject[];
	/** How many objects there are on all pages */
	totalItems?: number;
	pages?: number;
	pageSize?: number;
}

const wholeNumber = (value: unknown, least: number): number | undefined =>
	typeof value === 'number' && Number.isSafeInteger(value) && value >= least ? value : undefined;

/**
 * Takes apart a list's envelope (API page "Pagination"). ComplyCube leaves empty properties out of its replies, possibly the
 * items of an empty list too.
 *
 * @param reply the reply of a list
 * @returns the envelope, without counts that are none; undefined if the reply is no list of objects
 */
export function envelopeOf(reply: IDataObject): Envelope | undefined {
	const totalItems = wholeNumber(reply.totalItems, 0);
	const { items = totalItems === 0 ? [] : undefined } = reply;
	if (!Array.isArray(items) || !items.every(isPlainObject)) return undefined;
	const pages = wholeNumber(reply.pages, 0);
	const pageSize = wholeNumber(reply.pageSize, 1);
	return { items, totalItems, pageSize, pages: pages && pages > MOST_PAGES ? undefined : pages };
}

/**
 * Tells whether a list goes on after a page. What was counted decides, then what ComplyCube says of pages, then whether the page
 * is full.
 *
 * @param envelope the page's envelope
 * @param page the page's number, at least 1
 * @param pageSize how many objects the page was asked to have
 */
export function hasMore(
	{ items, totalItems, pages }: Envelope,
	page: number,
	pageSize: number,
): boolean {
	if (items.length === 0) return false;
	if (totalItems !== undefined) return page * pageSize < totalItems;
	return pages === undefined ? items.length >= pageSize : page < pages;
}

/** For a reply that is no list. */
export const NO_LIST = new Failure('The answer was not a list as ComplyCube sends it', {
	description: "Check that 'Base URL' in the credential is the address of the API.",
});

const beyond = (bound: number, what: string) =>
	new Failure(`The list goes on beyond ${bound.toLocaleString('en')} ${what}`, {
		description:
			"Read a part of it, with filters or 'Limit', and check that 'Base URL' in the credential is the address of the API.",
	});

const TOO_MANY_OBJECTS = beyond(MOST_OBJECTS, 'objects');

const TOO_MANY_PAGES = beyond(MOST_PAGES, 'pages');

const UNSTEADY = new Failure(
	'The list changed while it was read, so that some of it may be missing',
	{
		description:
			"Its own count did not agree with what came, even when it was read again. Run this again later, or read a part of the list, with filters or 'Limit'.",
	},
);

/** An ID by which an object is recognised. */
const idOf = ({ id }: IDataObject) =>
	typeof id === 'string' || typeof id === 'number' ? id : undefined;

/** Pages of one size: as many as needed, none larger than needed. */
function pageSizeFor(limit: number): number {
	if (limit === Infinity) return LARGEST_PAGE;
	const pages = Math.ceil(limit / LARGEST_PAGE);
	return Math.ceil(limit / pages);
}

interface Page {
	page: number;
	pageSize: number;
}

/** The page that begins at a place in the list, or a little before it, and reaches furthest. */
function pageFrom(place: number, largest: number): Page {
	let best = { page: 1, pageSize: largest };
	let furthest = 0;
	for (let pageSize = largest; pageSize > largest / 2; pageSize--) {
		const page = Math.floor(place / pageSize) + 1;
		if (page * pageSize > furthest) {
			best = { page, pageSize };
			furthest = page * pageSize;
		}
		if (furthest === place + largest) break;
	}
	return best;
}

/**
 * A list that is read page by page, newest object first, while others may add to it and delete from it.
 *
 * New objects push others to the next page, where they come again. Deleted ones pull others to the page before, where they would
 * be missed; but whenever that happens, the list's own count falls. So everything up to a place is known to be read, the place
 * moves back by as much as the count falls, and the next page always begins there or before. In a filtered list others can come
 * in further back meanwhile, so that the count stays: so each page has to begin with an object that was already read.
 */
class ListReader {
	private readonly found = new Map<unknown, IDataObject>();

	/** Everything before this place in the list was read */
	private readTo = 0;

	/** How far before it the next page begins, so that a fall meanwhile does no harm */
	private overlap: number;

	/** Whether every page has to begin with an object that was already read */
	private readonly isJoined: boolean;

	private largest: number;

	private count?: number;

	/** The lowest count of this pass */
	private lowest = Infinity;

	private passes = 1;

	private slips = 0;

	/**
	 * @param limit most objects to return; Infinity for all
	 * @param isFiltered whether objects can come into the list further back, so that its count stays while others leave it
	 */
	constructor(
		private readonly limit: number,
		isFiltered: boolean,
	) {
		this.largest = pageSizeFor(limit);
		this.isJoined = isFiltered && limit === Infinity;
		this.overlap = this.isJoined ? 1 : 0;
	}

	/** The next page to ask for; it reaches further than what was read, with as much of an overlap as that allows. */
	get next(): Page {
		let overlap = Math.min(this.overlap, this.readTo);
		let next = pageFrom(this.readTo - overlap, this.largest);
		while (next.page * next.pageSize <= this.readTo) {
			overlap = Math.floor(overlap / 2);
			next = pageFrom(this.readTo - overlap, this.largest);
		}
		return next;
	}

	/**
	 * Takes a page.
	 *
	 * @returns the objects if the list is complete, or why it cannot be; undefined to go on
	 */
	take(envelope: Envelope, { page, pageSize }: Page): IDataObject[] | Failure | undefined {
		const { items, totalItems = 0 } = envelope;
		if (this.limit === Infinity) {
			if (totalItems > MOST_OBJECTS) return TOO_MANY_OBJECTS;
			if (totalItems > MOST_PAGES * this.largest) return TOO_MANY_PAGES;
		}
		const size = Math.min(pageSize, envelope.pageSize ?? pageSize);
		if (this.count === undefined) this.largest = size;
		const begin = (page - 1) * size;
		const isOverlapping = begin < this.readTo;
		const fall = this.noteCount(envelope.totalItems);
		const isBeyond = begin > this.readTo;
		if (isBeyond) this.overlap = Math.max(this.overlap, 2 * fall);
		if (isBeyond || (isOverlapping && this.isTorn(items, begin))) {
			return ++this.slips > MOST_SLIPS ? UNSTEADY : undefined;
		}
		this.readTo = Math.max(this.readTo, page * size);
		const before = this.found.size;
		for (const item of items) this.found.set(idOf(item) ?? item, item);
		if (this.found.size >= this.limit) return this.objects();
		if (this.found.size > MOST_OBJECTS) return TOO_MANY_OBJECTS;
		// Without a count, a server that repeats its page could hold us
		const isRepeated = envelope.totalItems === undefined && this.found.size === before;
		return hasMore(envelope, page, size) && !isRepeated ? undefined : this.end();
	}

	/** Tells whether a page begins too late, with an object that was not read before, and then moves the place back, further each time. */
	private isTorn([first]: IDataObject[], begin: number): boolean {
		const id = first && idOf(first);
		if (!this.isJoined || begin === 0 || id === undefined || this.found.has(id)) return false;
		this.readTo = Math.max(0, begin - this.overlap);
		this.overlap *= 2;
		return true;
	}

	/** Moves the place back as far as objects may have moved. */
	private noteCount(totalItems: number | undefined): number {
		const fall = Math.max(0, (this.count ?? 0) - (totalItems ?? Infinity));
		this.count = totalItems ?? this.count ?? 0;
		this.lowest = Math.min(this.lowest, totalItems ?? Infinity);
		this.readTo = Math.max(0, this.readTo - fall);
		return fall;
	}

	private end(): IDataObject[] | Failure | undefined {
		if (this.lowest === Infinity || this.found.size >= this.lowest) return this.objects();
		this.readTo = 0;
		this.lowest = Infinity;
		return ++this.passes > MOST_PASSES ? UNSTEADY : undefined;
	}

	private objects(): IDataObject[] {
		return [...this.found.values()].slice(0, this.limit);
	}
}

/**
 * Reads a list page by page. Whatever was in the list all the time is in the result once, though others may add to the list and
 * delete from it meanwhile.
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
	const list = new ListReader(limit, Object.keys(request.qs ?? {}).length > 0);
	for (let pages = 0; pages < MOST_PAGES; pages++) {
		const { next } = list;
		const reply = await connection.send({ ...request, qs: { ...request.qs, ...next } });
		if (reply instanceof Failure) return reply;
		const envelope = envelopeOf(reply);
		if (!envelope) return NO_LIST;
		const result = list.take(envelope, next);
		if (result) return result;
	}
	return TOO_MANY_PAGES;
}
