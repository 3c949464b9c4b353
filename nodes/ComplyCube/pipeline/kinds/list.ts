import type { IDataObject } from 'n8n-workflow';
import { Failure } from '../../transport/failure';
import { allOrFirstFailure } from '../allOrFirstFailure';
import { checkedFilters } from '../filters';
import { shaped } from '../output';
import type { Item, Send } from '../request';
import { readWanted } from '../wantedObjects';

/** Follows the pages of a list, by 'Return All' and 'Limit'. */
export interface ListPlan {
	kind: 'list';
	/** Parameters with an ID that goes into the query under the same name, and without which nothing is sent */
	requiredIds?: string[];
	/** The fields that 'Output' keeps when it is Simplified; without them there is no 'Output' */
	simplified?: string[];
	/** Attributes by which ComplyCube may not filter, though it is asked to: what has another value is left out here */
	unconfirmedFilters?: string[];
}

/** What the query asks for by these attributes. An object that does not show one may have the value that is asked for. */
const wantedBy =
	(qs: IDataObject, attributes: string[]) =>
	(object: IDataObject): boolean =>
		attributes.every((name) => !qs[name] || (object[name] ?? qs[name]) === qs[name]);

/**
 * Prepares reading a list.
 *
 * @param item the input item and its request
 * @param plan the operation's plan
 * @returns what sends the request, or why the item cannot be carried out
 */
export function prepareList(
	{ node, parameters, request, fields: sentFields }: Item,
	{ simplified, unconfirmedFilters = [] }: ListPlan,
): Send | Failure {
	const values = allOrFirstFailure({
		qs: checkedFilters(node, sentFields, request.qs),
		limit: parameters.limit(),
		fields: parameters.fields(simplified),
	});
	if (values instanceof Failure) return values;
	const { qs, limit, fields } = values;
	const isWanted = wantedBy(qs, unconfirmedFilters);
	return async (connection) => {
		const objects = await readWanted(connection, { ...request, qs }, limit, isWanted);
		return objects instanceof Failure
			? objects
			: objects.map((object) => ({ json: shaped(object, fields) }));
	};
}
