import { Failure } from '../../transport/failure';
import { readPages } from '../../transport/pages';
import { allOrFirstFailure } from '../allOrFirstFailure';
import { checkedFilters } from '../filters';
import { shaped } from '../output';
import type { Item, Send } from '../request';

/** Follows the pages of a list, by 'Return All' and 'Limit'. */
export interface ListPlan {
	kind: 'list';
	/** Parameters with an ID that goes into the query under the same name, and without which nothing is sent */
	requiredIds?: string[];
	/** The fields that 'Output' keeps when it is Simplified; without them there is no 'Output' */
	simplified?: string[];
}

/**
 * Prepares reading a list.
 *
 * @param item the input item and its request
 * @param plan the operation's plan
 * @returns what sends the request, or why the item cannot be carried out
 */
export function prepareList(
	{ node, parameters, request, fields: sentFields }: Item,
	{ simplified }: ListPlan,
): Send | Failure {
	const values = allOrFirstFailure({
		qs: checkedFilters(node, sentFields, request.qs),
		limit: parameters.limit(),
		fields: parameters.fields(simplified),
	});
	if (values instanceof Failure) return values;
	const { qs, limit, fields } = values;
	return async (connection) => {
		const objects = await readPages(connection, { ...request, qs }, limit);
		return objects instanceof Failure
			? objects
			: objects.map((object) => ({ json: shaped(object, fields) }));
	};
}
