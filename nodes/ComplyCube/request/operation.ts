import type {
	DeclarativeRestApiSettings,
	IDataObject,
	IExecutePaginationFunctions,
	IHttpRequestOptions,
	INodeExecutionData,
} from 'n8n-workflow';
import { connect, type ApiRequest, type Connection } from './connection';
import type { RequestContext } from './exchange';
import { Failure } from './failure';
import { nodeApiError } from './nodeApiError';
import { fieldsToKeep, shaped, type OutputShape } from './outputShape';
import { readPages, withUtcTimes } from './pages';
import { filledPath } from './pathSegment';
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

type Options = DeclarativeRestApiSettings.HttpRequestOptions;

/** n8n waits 300 s for an answer unless the user says otherwise; ComplyCube's own client waits 60 s. */
const TIMEOUT = 60_000;

/** The reply to Cancel is not documented; one that says nothing is looked into like one that never came. */
const NO_STATUS = new Failure('ComplyCube did not say what became of it', {}, true);

/** One item on its way through the pipeline. */
class Call {
	/** Each ID is evaluated once: an expression is the dearest part of an item. */
	private readonly ids = new Map<string, unknown>();

	constructor(
		private readonly node: IExecutePaginationFunctions,
		private readonly plan: OperationPlan,
		private readonly connection: Connection,
	) {}

	path(template: string): string | Failure {
		return filledPath(template, (parameter) => this.id(parameter));
	}

	async pages(request: ApiRequest): Promise<IDataObject[] | Failure> {
		const qs = withUtcTimes(request.qs ?? {}, this.node.getTimezone());
		if (qs instanceof Failure) return qs;
		const all = this.node.getNodeParameter('returnAll', false) as boolean;
		const limit = all ? Infinity : Math.floor(Number(this.node.getNodeParameter('limit', 50)));
		if (!(limit >= 1)) {
			return new Failure("The 'Limit' parameter is not a number of at least 1", {
				param: 'limit',
			});
		}
		return await readPages(this.connection, { ...request, qs }, limit);
	}

	async one(request: ApiRequest): Promise<IDataObject | Failure> {
		const maxWait = this.maxWait();
		if (maxWait instanceof Failure) return maxWait;
		const reply = await this.settled(await this.connection.send(request));
		return reply instanceof Failure ? reply : await this.finished(this.identified(reply), maxWait);
	}

	/** The shape that 'Output' asks for, where the operation offers it. */
	shape(objects: IDataObject[]): IDataObject[] {
		if (!this.plan.simplified) return objects;
		const fields = fieldsToKeep(
			this.node.getNodeParameter('output', 'raw') as OutputShape,
			this.plan.simplified,
			this.node.getNodeParameter('fields', []) as string[] | string,
		);
		return objects.map((object) => shaped(object, fields));
	}

	private id(parameter: string): unknown {
		if (!this.ids.has(parameter)) {
			const id = this.node.getNodeParameter(parameter, undefined, { extractValue: true });
			this.ids.set(parameter, id);
		}
		return this.ids.get(parameter);
	}

	private async settled(reply: IDataObject | Failure): Promise<IDataObject | Failure> {
		const { settlement } = this.plan;
		const doubt = reply instanceof Failure ? reply : reply.status ? undefined : NO_STATUS;
		if (!settlement || !doubt?.doubtful) return reply;
		const path = this.path(settlement.look);
		if (path instanceof Failure) return path;
		const seen = await settle(this.connection, settlement, path, doubt);
		return seen instanceof Failure ? seen : { status: seen.status };
	}

	private identified(reply: IDataObject): IDataObject {
		const { idFrom } = this.plan;
		return idFrom ? { id: String(this.id(idFrom)).trim(), ...reply } : reply;
	}

	/** Minutes to wait for the outcome; 0 not to wait. */
	private maxWait(): number | Failure {
		if (!this.plan.polling) return 0;
		const { waitForOutcome, maxWait = 10 } = this.node.getNodeParameter(
			'options',
			{},
		) as IDataObject;
		if (!waitForOutcome) return 0;
		return Number(maxWait) > 0
			? Number(maxWait)
			: new Failure("The 'Max Wait' option is not a number of minutes above 0", {
					param: 'maxWait',
					description: 'Nothing was sent to ComplyCube.',
				});
	}

	private async finished(reply: IDataObject, maxWait: number): Promise<IDataObject | Failure> {
		const { polling, idFrom } = this.plan;
		if (!polling || maxWait === 0) return reply;
		const path = this.path(polling.look);
		if (path instanceof Failure) return path;
		return await poll(this.connection, polling, path, maxWait, reply, idFrom === undefined);
	}
}

/** Everything between the request that n8n composed and the objects for the next node, in order. */
async function carriedOut(
	node: IExecutePaginationFunctions,
	plan: OperationPlan,
	options: Options,
): Promise<IDataObject[] | Failure> {
	const timeout = node.getNodeParameter('requestOptions.timeout', TIMEOUT) as number;
	const { method, url, qs, body, ...network } = options as IHttpRequestOptions;
	const connection = await connect(node as unknown as RequestContext, { ...network, timeout });
	if (connection instanceof Failure) return connection;

	const call = new Call(node, plan, connection);
	const path = call.path(url);
	if (path instanceof Failure) return path;

	const request = { method, path, qs, body } as ApiRequest;
	const reply = plan.list ? await call.pages(request) : await call.one(request);
	return reply instanceof Failure ? reply : call.shape([reply].flat());
}

/** What n8n itself throws on the way, such as a credential that cannot be decrypted, must not cost an item its pairing. */
const unforeseen = (thrown: Error & { description?: string }) =>
	new Failure(thrown.message, { description: thrown.description });

/**
 * Makes the function through which n8n's declarative engine runs an operation: it is declared as the operation's
 * pagination, and so gets each item's composed request instead of n8n sending it.
 *
 * @param plan what the operation wants beyond sending its declared request
 * @returns the function; its items are paired to their input, and so is the item of a failure if the node continues
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
