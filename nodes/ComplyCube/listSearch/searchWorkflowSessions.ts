import {
	type IDataObject,
	type ILoadOptionsFunctions,
	type INodeListSearchItems,
	type INodeListSearchResult,
} from 'n8n-workflow';
import { connect } from '../request/connection';
import { Failure } from '../request/failure';
import { nodeApiError } from '../request/nodeApiError';
import { itemsOf } from '../request/pages';

/** Sessions per page: a screenful or two to scroll through, or as many as there can be to search in. */
const PAGE_SIZE = { browse: 100, search: 1000 };

/** ComplyCube cannot search by name, so that a search reads on; it stops here and leaves the rest to "load more". */
const PAGES_PER_SEARCH = 5;

interface SessionSummary extends IDataObject {
	id: string;
	entityName?: string;
	workflowTemplateName?: string;
	status?: string;
	createdAt?: string;
}

/** "Ada Example · complete · 2026-01-31 09:00 · Onboarding": the editor cuts off the end, and a template's name is the longest. */
function listItem(session: SessionSummary): INodeListSearchItems {
	const { id, entityName, workflowTemplateName, status, createdAt } = session;
	const time = createdAt?.slice(0, 16).replace('T', ' ');
	const name = [entityName, status, time, workflowTemplateName].filter(Boolean).join(' · ');
	return { name: name || id, value: id };
}

const matches = (session: SessionSummary, words: string[]) => {
	const text = `${listItem(session).name} ${session.id}`.toLowerCase();
	return words.every((word) => text.includes(word));
};

/**
 * Fills the list from which a user picks a session, newest first (API page "List workflow sessions").
 *
 * @param filter what the user typed: words that client, template, status, date or ID must all contain
 * @param paginationToken the page to go on with, as returned before
 * @returns the sessions, and the next page if there is one
 * @throws NodeApiError with ComplyCube's reason
 */
export async function searchWorkflowSessions(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const connection = await connect(this);
	if (connection instanceof Failure) throw nodeApiError(this.getNode(), connection);
	const words = (filter ?? '').toLowerCase().split(/\s+/).filter(Boolean);
	const results: INodeListSearchItems[] = [];
	const pageSize = words.length > 0 ? PAGE_SIZE.search : PAGE_SIZE.browse;
	const first = Number(paginationToken ?? 1);
	for (let page = first; ; page++) {
		const list = await connection.send({
			method: 'GET',
			path: '/workflowSessions',
			qs: { page, pageSize },
		});
		if (list instanceof Failure) throw nodeApiError(this.getNode(), list);
		const sessions = (itemsOf(list) ?? []) as SessionSummary[];
		results.push(...sessions.filter((session) => matches(session, words)).map(listItem));
		if (page >= Number(list.pages ?? 1) || sessions.length === 0) return { results };
		if (results.length > 0 || page - first >= PAGES_PER_SEARCH - 1) {
			return { results, paginationToken: String(page + 1) };
		}
	}
}
