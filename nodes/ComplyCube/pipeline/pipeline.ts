import type {
	DeclarativeRestApiSettings,
	IDataObject,
	IExecutePaginationFunctions,
	IHttpRequestOptions,
	INode,
	INodeExecutionData,
} from 'n8n-workflow';
import { downloaded, uploaded, type Upload } from './attachment';
import { completedBody, type BodyStep } from './body';
import { connect, type ApiRequest, type Connection } from '../transport/connection';
import { settleDeletion, type Deletion } from './deletion';
import type { RequestContext } from '../transport/exchange';
import { Failure } from '../transport/failure';
import { nodeApiError } from '../transport/nodeApiError';
import { shaped } from './outputShape';
import { readPages, withUtcTimes } from '../transport/pages';
import { Parameters } from './parameters';
import { poll, type Polling } from './polling';
import { settle, type Settlement } from './settlement';

/** What an operation wants of the pipeline beyond sending its declared request. */
export interface OperationPlan {
	/** The reply is a list: follow its pages by 'Return All' and 'Limit' */
	list?: true;
	/** The reply leaves out the ID: take it from this parameter */
	idFrom?: string;
	/** The reply does not say what was done: say it, e.g. `{ redacted: true }`; a `deletion` says `{ deleted: true }` by itself */
	adds?: IDataObject;
	/** Parameters with an ID that goes into the query or the body by the same name, and without which nothing is sent */
	requires?: string[];
	/** What is done with the body that the fields make, in order */
	body?: BodyStep[];
	/** A field that was emptied is sent empty, so that an update can tell it from one left alone; one without fields is refused */
	sendsEmptied?: true;
	/** The item's binary data goes into the body */
	upload?: Upload;
	/** The reply's `data` becomes binary data, called after this path with `:name` places, e.g. `report/client/:clientId` */
	file?: string;
	/** The request deletes an object: the reply is empty, and tells nothing if it never comes */
	deletion?: Deletion;
	/** What to do before running an item again of which it is not known whether it was carried out */
	inDoubt?: string;
	/** The object can be shaped by 'Output': these are its simplified fields */
	simplified?: string[];
	/** How to find out what became of a POST that ended in doubt */
	settlement?: Settlement;
	/** How to wait for the end, if the user asks for it */
	polling?: Polling;
}

/** The reply to Cancel is not documented; one that says nothing is looked into like one that never came. */
const NO_STATUS = new Failure('ComplyCube did not say what became of it', {}, true);

/** The values of an object of which none is a failure. */
type Sure<T> = { [Name in keyof T]: Exclude<T[Name], Failure> };

function sure<T extends object>(values: T): Sure<T> | Failure {
	const failure = Object.values(values).find((value) => value instanceof Failure);
	return (failure as Failure | undefined) ?? (values as Sure<T>);
}

/** What was pasted may have spaces around it; a path loses them by itself. */
const withTrimmed = (fields: IDataObject, names: string[]): IDataObject =>
	Object.fromEntries(
		Object.entries(fields).map(([name, value]) => [
			name,
			names.includes(name) && typeof value === 'string' ? value.trim() : value,
		]),
	);

/** Everything the user entered for the item, checked: nothing is sent for an item that cannot be carried out. */
async function prepared(
	node: IExecutePaginationFunctions,
	plan: OperationPlan,
	options: DeclarativeRestApiSettings.HttpRequestOptions,
) {
	const { method, url, qs = {}, body = {}, ...network } = options as IHttpRequestOptions;
	const { list, simplified, polling, settlement, deletion, upload, file, requires = [] } = plan;
	const parameters = new Parameters(node);
	const query = withTrimmed(qs, requires);
	const given = withTrimmed(body as IDataObject, requires);
	const values = sure({
		path: parameters.path(url),
		look: parameters.path((settlement ?? deletion ?? polling)?.look ?? ''),
		fileName: parameters.path(file ?? upload?.fileName ?? ''),
		required: parameters.path(requires.map((name) => `:${name}`).join('/')),
		qs: list ? withUtcTimes(query, node.getTimezone()) : query,
		body: completedBody(given, plan.body ?? [], plan.sendsEmptied ?? false),
		limit: list ? parameters.limit() : 1,
		maxWait: polling ? parameters.maxWait() : 0,
		fields: simplified && parameters.fields(simplified),
		id: plan.idFrom && String(parameters.id(plan.idFrom)).trim(),
		timeout: parameters.timeout(),
	});
	if (values instanceof Failure) return values;
	const attachment = upload && (await uploaded(node, upload.types, values.fileName));
	if (attachment instanceof Failure) return attachment;
	return {
		...values,
		method,
		network,
		body: attachment ? { ...values.body, ...attachment } : values.body,
	};
}

type Prepared = Exclude<Awaited<ReturnType<typeof prepared>>, Failure>;

/** The request, and what became of it if its answer did not say. */
async function answered(
	connection: Connection,
	{ settlement, deletion, inDoubt }: OperationPlan,
	{ method, path, qs, body, look }: Prepared,
): Promise<IDataObject | Failure> {
	const reply = await connection.send({ method, path, qs, body } as ApiRequest);
	if (settlement) {
		const doubt = reply instanceof Failure ? reply : reply.status ? undefined : NO_STATUS;
		if (!doubt?.doubtful) return reply;
		const seen = await settle(connection, settlement, look, doubt, doubt === NO_STATUS);
		return seen instanceof Failure ? seen : { status: seen.status };
	}
	if (!(reply instanceof Failure) || !reply.doubtful) return reply;
	if (deletion) return await settleDeletion(connection, deletion, look, reply);
	return reply.advising(inDoubt ?? reply.details.description);
}

/** Everything between the request that n8n composed and the items for the next node, in order. */
async function carriedOut(
	node: IExecutePaginationFunctions,
	plan: OperationPlan,
	options: DeclarativeRestApiSettings.HttpRequestOptions,
): Promise<INodeExecutionData[] | Failure> {
	const request = await prepared(node, plan, options);
	if (request instanceof Failure) return request;
	const { network, timeout, fields, limit, maxWait, id, look, fileName } = request;

	const connection = await connect(node as unknown as RequestContext, { ...network, timeout });
	if (connection instanceof Failure) return connection;
	if (plan.list) {
		const objects = await readPages(connection, request as ApiRequest, limit);
		return objects instanceof Failure
			? objects
			: objects.map((object) => ({ json: shaped(object, fields) }));
	}
	let reply = await answered(connection, plan, request);
	if (reply instanceof Failure) return reply;

	// What the reply leaves out
	if (id !== undefined) reply = { id, ...reply };
	reply = { ...reply, ...(plan.deletion ? { deleted: true } : plan.adds) };
	if (plan.polling && maxWait > 0) {
		reply = await poll(connection, plan.polling, look, maxWait, reply, id === undefined);
	}
	if (reply instanceof Failure) return reply;
	if (plan.file) {
		const item = await downloaded(node, reply, fileName.replaceAll('/', '-'));
		return item instanceof Failure ? item : [item];
	}
	return [{ json: shaped(reply, fields) }];
}

/** What n8n itself throws on the way, such as a credential that cannot be decrypted, must not cost an item its pairing. */
const unforeseen = (thrown: Error & { description?: string }) =>
	new Failure(thrown.message, { description: thrown.description });

/** n8n starts all items at once, and gives none of them out if one stops the node. */
function withOthers(failure: Failure, method: IHttpRequestOptions['method']): Failure {
	if (!method || method === 'GET') return failure;
	const others =
		"The other items were sent all the same: look at them before you run them again. With On Error set to 'Continue' none is lost.";
	return failure.advising([failure.details.description, others].filter(Boolean).join(' '));
}

/**
 * What stands in the item of a failure. Into its error output n8n 1, and n8n 2 for long, puts only what has no other fields
 * than these two, and leaves the rest among the items that went well.
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
			return result.map((output) => ({ ...output, pairedItem: { item } }));
		}
		if (!this.continueOnFail()) {
			const items = this.getExecuteData().data.main?.[0]?.length ?? 1;
			if (items === 1) throw nodeApiError(this.getNode(), result);
			throw nodeApiError(this.getNode(), withOthers(result, options.method), item);
		}
		return [{ json: failedItem(result, item, this.getNode().onError), pairedItem: { item } }];
	};
}
