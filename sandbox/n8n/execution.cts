import { parse } from 'flatted';

/** n8n's execution states; everything from `success` on is final. */
export type ExecutionStatus =
	| 'new'
	| 'running'
	| 'waiting'
	| 'unknown'
	| 'success'
	| 'error'
	| 'canceled'
	| 'crashed';

/** One item as nodes pass it on. */
export interface Item {
	json: Record<string, unknown>;
	error?: unknown;
	pairedItem?: unknown;
	binary?: Record<string, unknown>;
}

/** What the editor shows of a failed node or execution. */
export interface ExecutionError {
	name?: string;
	message: string;
	description?: string | null;
	/** HTTP status of the service's reply, as text; only errors of requests have one. */
	httpCode?: string | null;
	/** `itemIndex` and more, as set by the node. */
	context: Record<string, unknown>;
	/** Name of the node that failed. */
	node?: string;
}

/** An execution with its data decoded. */
export interface Execution {
	id: string;
	status: ExecutionStatus;
	workflowId: string;
	mode: string;
	/** Each node's items, by output branch. If a node ran more than once, the items of all its runs are in one list. */
	data: Record<string, Item[][]>;
	/** How long each node ran in total, in milliseconds. */
	times: Record<string, number>;
	/** Set when the execution failed or was cancelled. */
	error?: ExecutionError;
}

interface StoredError {
	name?: string;
	message: string;
	description?: string | null;
	httpCode?: string | null;
	context?: Record<string, unknown>;
	node?: string | { name: string };
}

interface RunExecutionData {
	resultData?: {
		error?: StoredError;
		runData?: Record<
			string,
			Array<{ executionTime?: number; data?: { main?: Array<Item[] | null> } }>
		>;
	};
}

/** An execution as `GET /rest/executions/:id` returns it. */
export interface StoredExecution {
	id: string | number;
	status: ExecutionStatus;
	workflowId: string;
	mode: string;
	/** Run data in the format of the package `flatted`, with nothing in it until the execution saves its progress. */
	data: string;
}

/** Decodes an execution from the REST API. */
export function decodeExecution({
	id,
	status,
	workflowId,
	mode,
	data: flatted,
}: StoredExecution): Execution {
	const { error, runData = {} } =
		(parse(flatted) as RunExecutionData | undefined)?.resultData ?? {};
	const data = Object.fromEntries(
		Object.entries(runData).map(([node, runs]) => {
			const branches: Item[][] = [];
			for (const run of runs) {
				run.data?.main?.forEach((items, branch) => {
					branches[branch] = [...(branches[branch] ?? []), ...(items ?? [])];
				});
			}
			return [node, branches];
		}),
	);
	const times = Object.fromEntries(
		Object.entries(runData).map(([node, runs]) => [
			node,
			runs.reduce((sum, { executionTime = 0 }) => sum + executionTime, 0),
		]),
	);
	return {
		id: String(id),
		status,
		workflowId,
		mode,
		data,
		times,
		...(error === undefined ? {} : { error: decodeError(error) }),
	};
}

function decodeError({
	name,
	message,
	description,
	httpCode,
	context = {},
	node,
}: StoredError): ExecutionError {
	return {
		name,
		message,
		description,
		httpCode,
		context,
		node: typeof node === 'object' ? node.name : node,
	};
}
