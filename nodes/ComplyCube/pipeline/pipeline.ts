import type {
	DeclarativeRestApiSettings,
	IExecutePaginationFunctions,
	IHttpRequestMethods,
	IHttpRequestOptions,
	INode,
	INodeProperties,
	INodeExecutionData,
} from 'n8n-workflow';
import { connect } from '../transport/connection';
import { Failure } from '../transport/failure';
import { nodeApiError } from '../transport/nodeApiError';

import { withHighlights } from './highlights';
import { Parameters } from './parameters';
import { prepare, type Plan } from './plan';
import { prepareRequest } from './request';
import { pathChoicesOf, sentFieldsOf, type Form } from './sentFields';

/**
 * Everything between the request that n8n composed and the items for the next node, in order: read and check what the user
 * entered, connect, send, and make items of the reply.
 */
async function runItem(
	node: IExecutePaginationFunctions,
	plan: Plan,
	{ fields, pathChoices }: Form,
	options: DeclarativeRestApiSettings.HttpRequestOptions,
): Promise<INodeExecutionData[] | Failure> {
	const parameters = new Parameters(node, pathChoices);
	const requiredIds = ('requiredIds' in plan && plan.requiredIds) || [];
	const prepared = prepareRequest(
		parameters,
		requiredIds,
		fields,
		options as IHttpRequestOptions,
		node.getTimezone(),
	);
	if (prepared instanceof Failure) return prepared;
	const { network, ...item } = prepared;
	const send = await prepare({ node, parameters, fields, ...item }, plan);
	if (send instanceof Failure) return send;
	const connection = await connect(node, { ...network, timeout: parameters.timeout() });
	if (connection instanceof Failure) return connection;
	const sent = { ...item.body, ...item.request.qs };
	return await send(withHighlights(node, parameters, String(options.url), sent, connection));
}

/** What n8n itself throws on the way, e.g. for a credential it cannot decrypt, must not cost an item its pairing. */
const failureFrom = (thrown: Error & { description?: string }) =>
	new Failure(thrown.message, { description: thrown.description });

/** n8n starts all items at once, and discards the results of all of them if one stops the node. */
function withAdviceOnOtherItems(failure: Failure, method?: IHttpRequestMethods): Failure {
	if (!method || method === 'GET') return failure;
	const others =
		"The other items were sent all the same: look at them before you run them again. With On Error set to 'Continue' none is lost.";
	return failure.advising([failure.details.description, others].filter(Boolean).join(' '));
}

/**
 * The JSON of a failed item. n8n 1, and n8n 2 for a long time, only send an item to the error output if it has no fields
 * besides `error` and `message`; with any other field it stays among the successful items.
 */
function failedItem(
	{ message: error, details }: Failure,
	itemIndex: number,
	onError: INode['onError'],
) {
	if (onError !== 'continueErrorOutput') return { error, details: { ...details, itemIndex } };
	const message = [details.httpCode, details.description].filter(Boolean).join(': ');
	return { error, ...(message && { message }) };
}

/**
 * Makes the function through which n8n's declarative engine runs an operation. It is declared as the operation's
 * pagination, so n8n hands it each item's composed request instead of sending that itself.
 *
 * @param plan what the operation wants beyond sending its request
 * @param properties the operation's fields
 * @returns the function. Its items are paired to their input, and so is the item of a failure if the node continues; if
 * the node stops, the function throws a NodeApiError
 */
export function pipeline(plan: Plan, properties: INodeProperties[] = []) {
	const form = { fields: sentFieldsOf(properties), pathChoices: pathChoicesOf(properties) };
	return async function (
		this: IExecutePaginationFunctions,
		{ options }: DeclarativeRestApiSettings.ResultOptions,
	): Promise<INodeExecutionData[]> {
		const item = this.getItemIndex();
		const result = await runItem(this, plan, form, options).catch(failureFrom);
		if (!(result instanceof Failure)) {
			return result.map((output) => ({ ...output, pairedItem: { item } }));
		}
		if (!this.continueOnFail()) {
			const items = this.getExecuteData().data.main?.[0]?.length ?? 1;
			if (items === 1) throw nodeApiError(this.getNode(), result);
			throw nodeApiError(this.getNode(), withAdviceOnOtherItems(result, options.method), item);
		}
		return [{ json: failedItem(result, item, this.getNode().onError), pairedItem: { item } }];
	};
}
