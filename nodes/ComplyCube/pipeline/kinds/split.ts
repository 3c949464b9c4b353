import type { ApiRequest } from '../../transport/connection';
import { Failure } from '../../transport/failure';
import { entriesOf, wholeOf, type Entries } from '../entries';
import { itemOf } from '../output';
import type { Item, Send } from '../request';

/** Reads something that is no list of objects, and makes an item of each entry in it unless the user wants it as it is. */
export interface SplitPlan {
	kind: 'split';
	entries: Entries;
}

const UNEXPECTED = new Failure('The answer does not have the form that ComplyCube documents', {
	description: "Turn off 'Split Into Items' to get it as it is.",
});

/**
 * Prepares reading something that becomes several items.
 *
 * @param item the input item and its request
 * @param plan the operation's plan
 * @returns what sends the request, or why the item cannot be carried out
 */
export function prepareSplit(
	{ parameters, request }: Item,
	{ entries }: SplitPlan,
): Send | Failure {
	const splits = parameters.splits();
	if (splits instanceof Failure) return splits;
	const sent: ApiRequest = 'array' in entries ? { ...request, isArray: true } : request;
	return async (connection) => {
		const reply = await connection.send(sent);
		if (reply instanceof Failure) return reply;
		if (!splits) return itemOf(wholeOf(reply, entries));
		return entriesOf(reply, entries)?.map((json) => ({ json })) ?? UNEXPECTED;
	};
}
