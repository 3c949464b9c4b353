import type {
	IDataObject,
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';
import { connect } from '../transport/connection';
import { Failure } from '../transport/failure';
import { nodeApiError } from '../transport/nodeApiError';
import { envelopeOf, hasMore, NO_LIST } from '../transport/pages';
import { searchText } from '../values/searchText';
import { plainLine, plainText } from '../values/text';
import { localTime } from '../values/time';

/** Objects per page: a screenful or two to scroll through, or as many as there can be to search in. */
const PAGE_SIZE = { browse: 100, search: 1000 };

/** ComplyCube cannot search by a part of a name, so a search reads this many pages, and the editor loads more on demand. */
const PAGES_PER_SEARCH = 5;

/** Shows a time of ComplyCube in the zone of the workflow. */
type LocalTime = (time: unknown) => string | undefined;

/** A list of ComplyCube from which a user picks. */
export interface Source {
	path: string;
	/** What describes an object, the most telling first, because the editor cuts off the end */
	describe: (object: IDataObject, localTime: LocalTime) => unknown[];
	/** The attribute that is picked, if it is not the object's own ID; each value is listed once */
	pick?: string;
	/** Lists what belongs to the client in the field 'Client': ComplyCube requires one (API page "List documents") */
	ofClient?: true;
}

const isText = (value: unknown) => typeof value === 'string' || typeof value === 'number';

/** The item of an object; undefined if what is picked is no ID. */
function itemOf(object: IDataObject, { describe, pick = 'id' }: Source, inZone: LocalTime) {
	const id = object[pick];
	const shownId = isText(id) ? plainLine(String(id)) : '';
	if (shownId === '') return undefined;
	const name = plainLine(describe(object, inZone).filter(isText).filter(Boolean).join(' · '));
	return { name: name || shownId, value: String(id) };
}

const NO_CLIENT = new Failure("Choose the client in the field 'Client' first", {
	description:
		'ComplyCube lists these of one client at a time. If the client is not known yet, enter the ID instead.',
});

/** The client in the field 'Client'. n8n hands over an expression that it cannot evaluate as it is. */
function chosenClient(context: ILoadOptionsFunctions): string | Failure {
	const field = context.getCurrentNodeParameter('clientId') as { value?: unknown } | undefined;
	const id = plainText(field?.value);
	return id === undefined || id.startsWith('=') ? NO_CLIENT : id;
}

const matches = ({ name, value }: INodeListSearchItems, words: string[]) => {
	const text = searchText(`${name} ${String(value)}`);
	return words.every((word) => text.includes(word));
};

/**
 * Makes the function that fills a list to pick from, newest objects first (API page "Pagination").
 *
 * @param source what is listed
 * @returns n8n's list search. It takes what the user typed, words that an item's text or ID must all contain, and the
 * page to go on with; it throws a NodeApiError with ComplyCube's reason
 */
export function searchIn(source: Source) {
	return async function (
		this: ILoadOptionsFunctions,
		filter?: string,
		paginationToken?: string,
	): Promise<INodeListSearchResult> {
		const connection = await connect(this);
		if (connection instanceof Failure) throw nodeApiError(this.getNode(), connection);
		const clientId = source.ofClient && chosenClient(this);
		if (clientId instanceof Failure) throw nodeApiError(this.getNode(), clientId);
		const timezone = this.getTimezone();
		const inZone: LocalTime = (time) => localTime(time, timezone);
		const words = searchText(filter ?? '')
			.split(/\s+/)
			.filter(Boolean);
		const all = words.length > 0 || source.pick !== undefined;
		const pageSize = all ? PAGE_SIZE.search : PAGE_SIZE.browse;
		const found = new Map<unknown, INodeListSearchItems>();
		const first = Number(paginationToken) || 1;
		let count = 0;
		for (let page = first, reads = 1; ; page++, reads++) {
			const qs = { clientId, page, pageSize };
			const list = await connection.send({ method: 'GET', path: source.path, qs });
			if (list instanceof Failure) throw nodeApiError(this.getNode(), list);
			const envelope = envelopeOf(list);
			if (!envelope) throw nodeApiError(this.getNode(), NO_LIST);
			// What was deleted meanwhile has pulled others to the page before
			const isShorter = (envelope.totalItems ?? Infinity) < count;
			count = envelope.totalItems ?? 0;
			if (isShorter && page > first && reads <= PAGES_PER_SEARCH) {
				page -= 2;
				continue;
			}
			for (const object of envelope.items) {
				const item = itemOf(object, source, inZone);
				const isNew = item && !found.has(item.value);
				if (isNew && matches(item, words)) found.set(item.value, item);
			}
			const results = [...found.values()];
			if (!hasMore(envelope, page, Math.min(pageSize, envelope.pageSize ?? pageSize)))
				return { results };
			const enough = source.pick === undefined && results.length > 0;
			if (enough || page - first >= PAGES_PER_SEARCH - 1) {
				return { results, paginationToken: String(page + 1) };
			}
		}
	};
}
