import type {
	DeclarativeRestApiSettings,
	IExecutePaginationFunctions,
	IHttpRequestOptions,
	INode,
	INodeProperties,
	INodePropertyOptions,
	INodeExecutionData,
} from 'n8n-workflow';
import { connect } from '../transport/connection';
import { Failure } from '../transport/failure';
import { nodeApiError } from '../transport/nodeApiError';
import type { Choice } from '../values/choice';

import { withHighlights } from './highlights';
import { adviceOnOthers } from './otherItems';
import { Parameters } from './parameters';
import { isChanging, prepare, type Plan } from './plan';
import { prepareRequest } from './request';
import { runOf, type Attempt, type Effect, type ItemResult, type Run } from './run';
import { pathFieldsOf, sentFieldsOf, type Form } from './sentFields';

/** What n8n calls for each item, in place of sending the request that it composed. */
type ItemFunction = (
	this: IExecutePaginationFunctions,
	data: DeclarativeRestApiSettings.ResultOptions,
) => Promise<INodeExecutionData[]>;

/**
 * Everything between the request that n8n composed and the items for the next node, in order: read and check what the user
 * entered, connect, send, and make items of the reply.
 */
async function runItem(
	node: IExecutePaginationFunctions,
	plan: Plan,
	{ fields, pathFields, outputFields }: Form,
	options: DeclarativeRestApiSettings.HttpRequestOptions,
	attempt: Attempt,
): Promise<ItemResult> {
	const parameters = new Parameters(node, pathFields, outputFields);
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
	const send = await prepare({ node, parameters, fields, attempt, ...item }, plan);
	if (send instanceof Failure) return send;
	const connection = await connect(node, { ...network, timeout: parameters.timeout() });
	if (connection instanceof Failure) return connection;
	const sent = { ...item.body, ...item.request.qs };
	return await send(withHighlights(node, parameters, String(options.url), sent, connection));
}

/** What a user has to know when something unforeseen comes up after a request was sent. */
const AFTER_SENDING: Record<Effect, string | undefined> = {
	unsent: undefined,
	refused: undefined,
	unknown:
		'The request may have been carried out at ComplyCube: look there before you run this item again.',
	done: 'ComplyCube had carried out the request before: do not run this item again.',
};

/** What n8n itself throws on the way, e.g. for a credential it cannot decrypt, must not cost an item its pairing. */
function failureFrom(thrown: unknown, effect: Effect): Failure {
	const { message, description } = (thrown ?? {}) as { message?: string; description?: string };
	return new Failure(
		message || 'n8n could not carry out this item',
		{ description: [description, AFTER_SENDING[effect]].filter(Boolean).join(' ') || undefined },
		effect === 'unknown',
	);
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

const joined = (...sentences: Array<string | undefined>) =>
	sentences.filter(Boolean).join(' ') || undefined;

/** Says of an item in doubt that n8n's Retry On Fail has not sent it again. */
const asHeldBack = (failure: Failure) =>
	failure.advising(
		joined(failure.details.description, "n8n's Retry On Fail did not send this item again."),
	);

/** Makes the error that stops the node. Of items that change something, it always tells what became of the others until now. */
function stoppingError(node: IExecutePaginationFunctions, failure: Failure, run?: Run) {
	const item = node.getItemIndex();
	const items = node.getExecuteData().data.main?.[0]?.length ?? 1;
	const error = nodeApiError(node.getNode(), failure, items === 1 ? undefined : item);
	run?.stopAt(item, (others) => {
		error.description = joined(failure.details.description, adviceOnOthers(others));
	});
	return error;
}

/**
 * Makes a function for n8n's declarative engine.
 *
 * @param act what to do for an item
 * @param changes whether that changes something at ComplyCube. n8n starts all items at once; with 'Stop Workflow' those that
 * change something go one after the other, and none goes any more once one has failed
 * @returns the function. Its items are paired to their input, and so is the item of a failure if the node continues; if
 * the node stops, the function throws a NodeApiError
 */
function itemFunction(
	act: (
		node: IExecutePaginationFunctions,
		options: DeclarativeRestApiSettings.HttpRequestOptions,
		attempt: Attempt,
	) => Promise<ItemResult>,
	changes: boolean,
): ItemFunction {
	return async function ({ options }) {
		const item = this.getItemIndex();
		const stops = !this.continueOnFail();
		const run = runOf(this);
		const attempt = run.begin(item, changes && stops);
		const ended =
			attempt.earlierOutput ??
			(await act(this, options, attempt).catch((thrown: unknown) =>
				failureFrom(thrown, attempt.effect),
			));
		await attempt.end(ended, stops);
		const result = ended instanceof Failure && attempt.isHeldBack ? asHeldBack(ended) : ended;
		if (!(result instanceof Failure)) {
			return result.map((output) => ({ ...output, pairedItem: { item } }));
		}
		if (stops) {
			// Between its batches n8n does not look at the items it has started: an error would count as one that nobody handles
			await attempt.allBegun;
			throw stoppingError(this, result, changes ? run : undefined);
		}
		return [{ json: failedItem(result, item, this.getNode().onError), pairedItem: { item } }];
	};
}

/**
 * Makes the function through which n8n's declarative engine runs an operation. It is declared as the operation's
 * pagination, so n8n hands it each item's composed request instead of sending that itself.
 *
 * @param plan what the operation wants beyond sending its request
 * @param properties the operation's fields
 * @param outputFields what 'Fields' offers, if there is an 'Output'
 */
export function pipeline(
	plan: Plan,
	properties: INodeProperties[] = [],
	outputFields: INodePropertyOptions[] = [],
): ItemFunction {
	const form = {
		fields: sentFieldsOf(properties),
		pathFields: pathFieldsOf(properties),
		outputFields: outputFields as Choice[],
	};
	return itemFunction(
		async (node, options, attempt) => await runItem(node, plan, form, options, attempt),
		isChanging(plan),
	);
}

/**
 * Makes a function, as `pipeline` does, that sends nothing.
 *
 * @param why says what is wrong
 */
export const refusal = (why: (node: INode) => Failure): ItemFunction =>
	itemFunction(async (node) => why(node.getNode()), false);
