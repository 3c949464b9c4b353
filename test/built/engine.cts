import 'reflect-metadata';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type {
	IBinaryKeyData,
	ICredentialDataDecryptedObject,
	ICredentialType,
	IDataObject,
	IHttpRequestOptions,
	INode,
	INodeExecutionData,
	INodeType,
	IRun,
	IWorkflowSettings,
	IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';
import { PACKAGE_ROOT } from './packed.cts';

// Before n8n-core is loaded, because it writes an encryption key into this folder and sets up its log at once
process.env.N8N_USER_FOLDER = mkdtempSync(join(tmpdir(), 'complycube-engine-'));
process.env.N8N_LOG_LEVEL ??= 'silent';

import n8nCore = require('n8n-core');
import n8nWorkflow = require('n8n-workflow');

const {
	DirectoryLoader,
	ExecutionLifecycleHooks,
	PackageDirectoryLoader,
	RoutingNode,
	WorkflowExecute,
} = n8nCore;
const { createRunExecutionData, NodeConnectionTypes, setSafeRegexEngine, Workflow } = n8nWorkflow;

// n8n stops a regular expression after 250 ms, which a busy machine can exceed with a harmless one
setSafeRegexEngine({
	exec: (pattern, input, flags) => new RegExp(pattern, flags).exec(input),
	test: (pattern, input, flags) => new RegExp(pattern, flags).test(input),
	replace: (pattern, input, flags, by) => input.replace(new RegExp(pattern, flags), by),
	matchAll: (pattern, input, flags = '') => [
		...input.matchAll(new RegExp(pattern, flags.replace('g', '') + 'g')),
	],
	split: (pattern, input, flags) => input.split(new RegExp(pattern, flags)),
});

export const NODE_TYPE = 'n8n-nodes-complycube.complyCube';

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

/** A node that starts a workflow with these items. */
const inputNode = (items: IDataObject[], binary?: RunRequest['binary']): INodeType => ({
	description: {
		displayName: 'Input',
		name: 'input',
		group: [],
		version: 1,
		description: '',
		defaults: {},
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		properties: [],
	},
	execute: async () => [
		items.map((json, item) => ({
			json,
			...(binary && { binary: Array.isArray(binary) ? binary[item] : binary }),
		})),
	],
});

let loading: Promise<InstanceType<typeof PackageDirectoryLoader>> | undefined;

/** Loads the built package as n8n does; once per test file. */
export async function loadPackage() {
	loading ??= (async () => {
		const loader = new PackageDirectoryLoader(PACKAGE_ROOT);
		await loader.loadAll();
		for (const { type } of Object.values(loader.nodeTypes)) {
			const nodeType = type as INodeType;
			if (nodeType.execute || nodeType.webhook) continue;
			DirectoryLoader.applyDeclarativeNodeOptionParameters(nodeType);
			// As n8n does when it loads a declarative node
			nodeType.execute = async function () {
				return (await new RoutingNode(this as never, nodeType).runNode()) ?? [];
			};
		}
		return loader;
	})();
	return await loading;
}

function credentialsHelper(credentialType: ICredentialType, data: IDataObject) {
	return {
		getParentTypes: () => [],
		isCredentialUsableByNode: () => true,
		getCredentialsProperties: () => credentialType.properties,
		getDecrypted: async () => ({ ...data }),
		preAuthentication: async () => undefined,
		authenticate: async (
			credentials: ICredentialDataDecryptedObject,
			_type: string,
			request: IHttpRequestOptions,
		) =>
			typeof credentialType.authenticate === 'function'
				? await credentialType.authenticate(credentials, request)
				: request,
	};
}

/** The part of what n8n passes to every execution that this package uses. */
export async function additionalDataFor(credential: IDataObject) {
	const loader = await loadPackage();
	const credentialType = loader.getCredential('complyCubeApi').type;
	const base = 'http://localhost:5678';
	return {
		credentialsHelper: credentialsHelper(credentialType, credential),
		hooks: new ExecutionLifecycleHooks('trigger', '1', {
			id: '1',
			name: 'Test',
			active: false,
			nodes: [],
			connections: {},
			createdAt: new Date(),
			updatedAt: new Date(),
			activeVersionId: null,
			isArchived: false,
		} as never),
		executionId: '1',
		restApiUrl: `${base}/rest`,
		instanceBaseUrl: base,
		webhookBaseUrl: `${base}/webhook`,
		webhookTestBaseUrl: `${base}/webhook-test`,
		webhookWaitingBaseUrl: `${base}/webhook-waiting`,
		formWaitingBaseUrl: `${base}/form-waiting`,
		currentNodeExecutionIndex: 0,
		variables: {},
		setExecutionStatus: () => undefined,
	} as unknown as IWorkflowExecuteAdditionalData;
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
	const loader = await loadPackage();
	const types: Record<string, INodeType> = {
		'test.input': inputNode(input, binary),
		[NODE_TYPE]: loader.getNode('complyCube').type as INodeType,
	};
	const getByNameAndVersion = (type: string) => types[type];
	return new Workflow({
		id: '1',
		active: false,
		nodes: [
			nodeOf('Input', 'test.input'),
			nodeOf('ComplyCube', NODE_TYPE, {
				parameters: parameters as INode['parameters'],
				credentials: { complyCubeApi: { id: '1', name: 'Test' } },
				onError,
				...nodeSettings,
			}),
		],
		connections: {
			Input: { main: [[{ node: 'ComplyCube', type: NodeConnectionTypes.Main, index: 0 }]] },
		},
		nodeTypes: {
			getByName: getByNameAndVersion,
			getByNameAndVersion,
			getKnownTypes: () => ({}),
		} as never,
		settings: { executionOrder: 'v1', timezone: 'Europe/Berlin', ...workflowSettings },
	});
}

/**
 * Runs the built node in n8n's workflow engine.
 *
 * @returns the node's items by output, or the error that stopped it
 */
export async function runNode(request: RunRequest): Promise<RunResult> {
	const workflow = await workflowWith(request);
	const additionalData = await additionalDataFor(request.credential);
	const execution = new WorkflowExecute(additionalData, 'trigger', createRunExecutionData({}));
	const running = execution.run({ workflow, startNode: workflow.getNode('Input')! });
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
