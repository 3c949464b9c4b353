import type {
	IDataObject,
	IExecutePaginationFunctions,
	IHttpRequestOptions,
	INodeExecutionData,
} from 'n8n-workflow';
import type { ApiRequest, FileConnection } from '../transport/connection';
import { Failure } from '../transport/failure';
import { allOrFirstFailure } from './allOrFirstFailure';
import type { Parameters } from './parameters';
import type { Attempt } from './run';
import { readSentFields, type SentField } from './sentFields';

/** An input item and the request it makes. */
export interface Item {
	node: IExecutePaginationFunctions;
	parameters: Parameters;
	request: ApiRequest & { qs: IDataObject };
	/** What the fields put into the body */
	body: IDataObject;
	/** The operation's fields that go into the request */
	fields: SentField[];
	/** Through which a request goes that changes something */
	attempt: Attempt;
}

/** Sends the prepared request and makes output items of the reply. */
export type Send = (connection: FileConnection) => Promise<INodeExecutionData[] | Failure>;

/** A pasted ID may have spaces around it; in a path they are trimmed anyway. */
const withTrimmed = (fields: IDataObject, names: string[]): IDataObject =>
	Object.fromEntries(
		Object.entries(fields).map(([name, value]) => [
			name,
			names.includes(name) && typeof value === 'string' ? value.trim() : value,
		]),
	);

/**
 * Fills the IDs into the request that n8n composed, and reads the values in it.
 *
 * @param parameters what the user entered for the item
 * @param requiredIds parameters with an ID that goes into the query or the body, and without which nothing is sent: a GET gets
 * them into its query here, and for a POST the fields say where they go
 * @param fields the operation's fields that go into the request
 * @param options the composed request
 * @param timezone the workflow's time zone
 * @returns the request, what the fields put into its body, and what n8n sets for every request of the node, e.g. a proxy; or why
 * an ID or a value cannot be sent
 */
export function prepareRequest(
	parameters: Parameters,
	requiredIds: string[],
	fields: SentField[],
	options: IHttpRequestOptions,
	timezone: string,
) {
	const { method, url, qs = {}, body = {}, ...network } = options;
	const values = allOrFirstFailure({
		path: parameters.path(url),
		required: parameters.path(requiredIds.map((name) => `:${name}`).join('/')),
		qs: readSentFields(fields, 'query', withTrimmed(qs, requiredIds), timezone),
		body: readSentFields(fields, 'body', withTrimmed(body as IDataObject, requiredIds), timezone),
	});
	if (values instanceof Failure) return values;
	const { path, qs: query, body: sent } = values;
	// Put in here, since a field with a routing of its own would be declared, and evaluated, once more
	const ids = requiredIds.map((name) => [name, parameters.trimmedId(name)]);
	const inQuery: IDataObject = method === 'GET' ? Object.fromEntries(ids) : {};
	const request = {
		method: method as ApiRequest['method'],
		path,
		qs: { ...inQuery, ...query },
	};
	return { request, body: sent, network };
}
