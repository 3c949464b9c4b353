import type {
	IDataObject,
	IExecutePaginationFunctions,
	IHttpRequestOptions,
	INodeExecutionData,
} from 'n8n-workflow';
import type { ApiRequest, Connection } from '../transport/connection';
import { Failure } from '../transport/failure';
import { allOrFirstFailure } from './allOrFirstFailure';
import type { Parameters } from './parameters';
import type { Attempt } from './run';

/** An input item and the request it makes. */
export interface Item {
	node: IExecutePaginationFunctions;
	parameters: Parameters;
	request: ApiRequest & { qs: IDataObject };
	/** What the fields put into the body */
	body: IDataObject;
	/** Notes what the request does at ComplyCube */
	attempt: Attempt;
}

/** Sends the prepared request and makes output items of the reply. */
export type Send = (connection: Connection) => Promise<INodeExecutionData[] | Failure>;

/** A pasted ID may have spaces around it; in a path they are trimmed anyway. */
const withTrimmed = (fields: IDataObject, names: string[]): IDataObject =>
	Object.fromEntries(
		Object.entries(fields).map(([name, value]) => [
			name,
			names.includes(name) && typeof value === 'string' ? value.trim() : value,
		]),
	);

/**
 * Fills the IDs into the request that n8n composed.
 *
 * @param parameters what the user entered for the item
 * @param requiredIds parameters with an ID that goes into the query or the body, and without which nothing is sent
 * @param options the composed request
 * @returns the request, or why an ID does not fit; what the fields put into its body; and what n8n sets for every request
 * of the node, e.g. a proxy
 */
export function prepareRequest(
	parameters: Parameters,
	requiredIds: string[],
	options: IHttpRequestOptions,
) {
	const { method, url, qs = {}, body = {}, ...network } = options;
	const values = allOrFirstFailure({
		path: parameters.path(url),
		required: parameters.path(requiredIds.map((name) => `:${name}`).join('/')),
	});
	const request =
		values instanceof Failure
			? values
			: {
					method: method as ApiRequest['method'],
					path: values.path,
					qs: withTrimmed(qs, requiredIds),
				};
	return { request, body: withTrimmed(body as IDataObject, requiredIds), network };
}
