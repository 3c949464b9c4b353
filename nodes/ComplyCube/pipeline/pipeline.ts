import type {
	DeclarativeRestApiSettings,
	IExecutePaginationFunctions,
	IHttpRequestOptions,
	INode,
	INodeProperties,
	INodeExecutionData,
} from 'n8n-workflow';
import { connect } from '../transport/connection';
import { Failure } from '../transport/failure';
import { nodeApiError } from '../transport/nodeApiError';

import { Parameters } from './parameters';
import { prepare, type Plan } from './plan';
import { prepareRequest } from './request';
import { runOf, type Attempt, type Effect, type EffectCounts } from './run';
import { pathChoicesOf, sentFieldsOf, type Form } from './sentFields';

/** The output items of an input item, or why there are none. */
type ItemResult = INodeExecutionData[] | Failure;

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
	{ fields, pathChoices }: Form,
	options: DeclarativeRestApiSettings.HttpRequestOptions,
	attempt: Attempt,
): Promise<ItemResult> {
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
	const send = await prepare({ node, parameters, fields, attempt, ...item }, plan);
	if (send instanceof Failure) return send;
	const connection = await connect(node, { ...network, timeout: parameters.timeout() });
	if (connection instanceof Failure) return connection;
	if (item.request.method === 'GET') return await send(connection);
	attempt.noteSending();
	const result = await send(connection);
	if (!(result instanceof Failure)) attempt.noteCarriedOut();
	return result;
}

/** What a user has to know when something unforeseen comes up after a request was sent. */
const AFTER_SENDING: Record<Effect, string | undefined> = {
	none: undefined,
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

/** n8n starts all items at once, and discards the results of all of them if one stops the node. */
function adviceOnOthers({ done, unknown }: EffectCounts): string | undefined {
	const itemsOf = (count: number) => `${count} other item${count === 1 ? '' : 's'} of this run`;
	const certain = done > 0 && `${itemsOf(done)} ${done === 1 ? 'was' : 'were'} carried out`;
	const doubtful =
		unknown > 0 &&
		`${done > 0 ? unknown : itemsOf(unknown)} may have been${done > 0 ? '' : ' carried out'}`;
	const what = [certain, doubtful].filter(Boolean).join(', and ');
	return what
		? `${what}, and n8n discards what came of it: look at ComplyCube before you run the workflow again. With On Error set to 'Continue' nothing is lost.`
		: undefined;
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

/** Makes the error that stops the node, which always tells what became of the other items until now. */
function stoppingError(node: IExecutePaginationFunctions, failure: Failure) {
	const item = node.getItemIndex();
	const items = node.getExecuteData().data.main?.[0]?.length ?? 1;
	const error = nodeApiError(node.getNode(), failure, items === 1 ? undefined : item);
	runOf(node).stopAt(item, (others) => {
		error.description =
			[failure.details.description, adviceOnOthers(others)].filter(Boolean).join(' ') || undefined;
	});
	return error;
}

/**
 * Makes a function for n8n's declarative engine.
 *
 * @param act what to do for an item
 * @returns the function. Its items are paired to their input, and so is the item of a failure if the node continues; if
 * the node stops, the function throws a NodeApiError
 */
function itemFunction(
	act: (
		node: IExecutePaginationFunctions,
		options: DeclarativeRestApiSettings.HttpRequestOptions,
		attempt: Attempt,
	) => Promise<ItemResult>,
): ItemFunction {
	return async function ({ options }) {
		const item = this.getItemIndex();
		const run = runOf(this);
		const attempt = run.begin(item);
		const result = await act(this, options, attempt).catch((thrown: unknown) =>
			failureFrom(thrown, attempt.effect),
		);
		if (result instanceof Failure) attempt.noteFailure(result);
		run.end(item, attempt);
		if (!(result instanceof Failure)) {
			return result.map((output) => ({ ...output, pairedItem: { item } }));
		}
		if (!this.continueOnFail()) throw stoppingError(this, result);
		return [{ json: failedItem(result, item, this.getNode().onError), pairedItem: { item } }];
	};
}

/**
 * Makes the function through which n8n's declarative engine runs an operation. It is declared as the operation's
 * pagination, so n8n hands it each item's composed request instead of sending that itself.
 *
 * @param plan what the operation wants beyond sending its request
 * @param properties the operation's fields
 */
export function pipeline(plan: Plan, properties: INodeProperties[] = []): ItemFunction {
	const form = { fields: sentFieldsOf(properties), pathChoices: pathChoicesOf(properties) };
	return itemFunction(
		async (node, options, attempt) => await runItem(node, plan, form, options, attempt),
	);
}

/**
 * Makes a function, as `pipeline` does, that sends nothing.
 *
 * @param why says what is wrong
 */
export const refusal = (why: (node: INode) => Failure): ItemFunction =>
	itemFunction(async (node) => why(node.getNode()));
