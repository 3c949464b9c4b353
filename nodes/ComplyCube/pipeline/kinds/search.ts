import { Failure } from '../../transport/failure';
import { envelopeOf, NO_LIST } from '../../transport/pages';
import { completedBody, type BodyStep } from '../body';
import type { Item, Send } from '../request';

/**
 * Searches by a POST that uses up paid quota. It changes nothing, but is sent like a change: once, and one item after the other,
 * so that nobody pays twice. Every result becomes an item; ComplyCube documents no pages here.
 */
export interface SearchPlan {
	kind: 'search';
	/** Turns what the fields put into the body into what ComplyCube wants, in order */
	body?: BodyStep[];
	/** What to tell the user when it is not known whether the search was carried out */
	inDoubt: string;
}

/**
 * Prepares a search.
 *
 * @param item the input item and its request
 * @param plan the operation's plan
 * @returns what sends the request, or why the item cannot be carried out
 */
export function prepareSearch(
	{ request, body, attempt }: Item,
	{ body: steps = [], inDoubt }: SearchPlan,
): Send | Failure {
	const completed = completedBody(body, steps, false);
	if (completed instanceof Failure) return completed;
	return async (connection) => {
		const reply = await attempt.send(connection, { ...request, body: completed });
		if (reply instanceof Failure) return reply.advisingIfDoubtful(inDoubt);
		attempt.noteCarriedOut();
		return envelopeOf(reply)?.items.map((json) => ({ json })) ?? NO_LIST.advising(inDoubt);
	};
}
