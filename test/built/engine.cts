import type {
	IBinaryKeyData,
	IDataObject,
	INode,
	INodeExecutionData,
	IRun,
	IWorkflowSettings,
} from 'n8n-workflow';
import {
	additionalDataFor,
	createWorkflow,
	inputNode,
	NODE_TYPE,
	runWorkflow,
} from '../../sandbox/engine/engine.cts';

export { additionalDataFor, loadPackage, NODE_TYPE } from '../../sandbox/engine/engine.cts';

export type OnError = 'stopWorkflow' | 'continueRegularOutput' | 'continueErrorOutput';

/** One run of the node in a workflow. */
export interface RunRequest {
	parameters: IDataObject;
	credential: IDataObject;
	/** The `json` of each input item */
	input?: IDataObject[];
	/** The files of every input item, or of each */
	binary?: IBinaryKeyData | IBinaryKeyData[];
	onError?: OnError;
	/** Other settings of the node, e.g. `executeOnce` */
	nodeSettings?: Partial<INode>;
	/** Settings of the workflow on top of the usual ones */
	workflowSettings?: IWorkflowSettings;
	/** Cancels the execution after this time, in ms */
	cancelAfter?: number;
}

export interface RunResult {
	/** Items of the regular output */
	items: INodeExecutionData[];
	/** Items of the error output, if the node has one */
	errorItems: INodeExecutionData[];
	/** The error that stopped the node */
	error?: Error & { description?: string; httpCode?: string; context?: IDataObject };
	status: IRun['status'];
	run: IRun;
}

const nodeOf = (name: string, type: string, more: Partial<INode> = {}): INode => ({
	id: name,
	name,
	type,
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
	...more,
});

/** Makes a workflow of an input node and ours for n8n's own engine. */
export async function workflowWith({
	parameters,
	input = [{}],
	binary,
	onError,
	nodeSettings,
	workflowSettings,
}: RunRequest) {
	return await createWorkflow({
		nodes: [
			nodeOf('Input', 'test.input'),
			nodeOf('ComplyCube', NODE_TYPE, {
				parameters: parameters as INode['parameters'],
				credentials: { complyCubeApi: { id: '1', name: 'Test' } },
				onError,
				...nodeSettings,
			}),
		],
		connections: { Input: { main: [[{ node: 'ComplyCube', type: 'main', index: 0 }]] } },
		nodeTypes: { 'test.input': inputNode(input, binary) },
		settings: { timezone: 'Europe/Berlin', ...workflowSettings },
	});
}

/**
 * Runs the built node in n8n's workflow engine.
 *
 * @returns the node's items by output, or the error that stopped it
 */
export async function runNode(request: RunRequest): Promise<RunResult> {
	const workflow = await workflowWith(request);
	const running = runWorkflow(workflow, 'Input', await additionalDataFor(request.credential));
	if (request.cancelAfter !== undefined) {
		setTimeout(() => running.cancel(), request.cancelAfter);
	}
	const run = await running;
	const task = run.data.resultData.runData.ComplyCube?.[0];
	const [items, errorItems] = task?.data?.main ?? [];
	return {
		items: items ?? [],
		errorItems: errorItems ?? [],
		error: run.data.resultData.error as RunResult['error'],
		status: run.status,
		run,
	};
}
