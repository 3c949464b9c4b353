import type {
	DeclarativeRestApiSettings,
	IDataObject,
	IExecutePaginationFunctions,
	IHttpRequestOptions,
	INodeExecutionData,
} from 'n8n-workflow';
import { connect, type ApiRequest } from './connection';
import type { RequestContext } from './exchange';
import { Failure } from './failure';
import { nodeApiError } from './nodeApiError';
import { shaped } from './outputShape';
import { readPages, withUtcTimes } from './pages';
import { Parameters } from './parameters';
import { poll, type Polling } from './polling';
import { settle, type Settlement } from './settlement';

/** What an operation wants of the pipeline beyond sending its declared request. */
export interface OperationPlan {
	/** The reply is a list: follow its pages by 'Return All' and 'Limit' */
	list?: true;
	/** The reply leaves out the ID: take it from this parameter */
	idFrom?: string;
	/** The object can be shaped by 'Output': these are its simplified fields */
	simplified?: string[];
	/** How to find out what became of a POST that ended in doubt */
	settlement?: Settlement;
	/** How to wait for the end, if the user asks for it */
	polling?: Polling;
}

/** The reply to Cancel is not documented; one that says nothing is looked into like one that never came. */
const NO_STATUS = new Failure('ComplyCube did not say what became of it', {}, true);

/** Everything between the request that n8n composed and the objects for the next node, in order. */
async function carriedOut(
	node: IExecutePaginationFunctions,
	{ list, idFrom, simplified, settlement, polling }: OperationPlan,
	options: DeclarativeRestApiSettings.HttpRequestOptions,
): Promise<IDataObject[] | Failure> {
	// Validation
	const { method, url, qs = {}, body, ...network } = options as IHttpRequestOptions;
	const parameters = new Parameters(node);
	const path = parameters.path(url);
	const look = parameters.path(settlement?.look ?? polling?.look ?? '');
	const query = list ? withUtcTimes(qs, node.getTimezone()) : qs;
	const limit = list ? parameters.limit() : 1;
	const maxWait = polling ? parameters.maxWait() : 0;
	const fields = simplified && parameters.fields(simplified);
	if (path instanceof Failure) return path;
	if (look instanceof Failure) return look;
	if (query instanceof Failure) return query;
	if (limit instanceof Failure) return limit;
	if (maxWait instanceof Failure) return maxWait;
	if (fields instanceof Failure) return fields;

	// Sending: paced, sent again where that is safe
	const connection = await connect(node as unknown as RequestContext, {
		...network,
		timeout: parameters.timeout(),
	});
	if (connection instanceof Failure) return connection;
	const request = { method, path, qs: query, body } as ApiRequest;
	if (list) {
		const objects = await readPages(connection, request, limit);
		return objects instanceof Failure ? objects : objects.map((object) => shaped(object, fields));
	}
	let reply = await connection.send(request);

	// Settling a doubt
	const doubt = reply instanceof Failure ? reply : reply.status ? undefined : NO_STATUS;
	if (settlement && doubt?.doubtful) {
		const seen = await settle(connection, settlement, look, doubt, doubt === NO_STATUS);
		reply = seen instanceof Failure ? seen : { status: seen.status };
	}
	if (reply instanceof Failure) return reply;

	// Completing what the reply leaves out
	if (idFrom) reply = { id: String(parameters.id(idFrom)).trim(), ...reply };
	if (polling && maxWait > 0) {
		reply = await poll(connection, polling, look, maxWait, reply, idFrom === undefined);
	}
	return reply instanceof Failure ? reply : [shaped(reply, fields)];
}

/** What n8n itself throws on the way, such as a credential that cannot be decrypted, must not cost an item its pairing. */
const unforeseen = (thrown: Error & { description?: string }) =>
	new Failure(thrown.message, { description: thrown.description });

/**
 * Makes the function through which n8n's declarative engine runs an operation: it is declared as the operation's
 * pagination, and so gets each item's composed request instead of n8n sending it.
 *
 * @param plan what the operation wants beyond sending its declared request
 * @returns the function; its items are paired to their input, and so is the item of a failure if the node continues; if
 * the node stops, the function throws a NodeApiError
 */
export function operation(plan: OperationPlan = {}) {
	return async function (
		this: IExecutePaginationFunctions,
		{ options }: DeclarativeRestApiSettings.ResultOptions,
	): Promise<INodeExecutionData[]> {
		const item = this.getItemIndex();
		const result = await carriedOut(this, plan, options).catch(unforeseen);
		if (!(result instanceof Failure)) {
			return result.map((json) => ({ json, pairedItem: { item } }));
		}
		if (!this.continueOnFail()) {
			const items = this.getExecuteData().data.main?.[0]?.length ?? 1;
			throw nodeApiError(this.getNode(), result, items > 1 ? item : undefined);
		}
		const { message, details } = result;
		return [
			{ json: { error: message, details: { ...details, itemIndex: item } }, pairedItem: { item } },
		];
	};
}
