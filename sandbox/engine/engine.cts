/** The built package in n8n's own workflow engine, in this process. */
import 'reflect-metadata';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type {
	IBinaryKeyData,
	IConnections,
	ICredentialDataDecryptedObject,
	ICredentialType,
	IDataObject,
	IHttpRequestOptions,
	INode,
	INodeType,
	IWorkflowExecuteAdditionalData,
	IWorkflowSettings,
	Workflow as WorkflowType,
} from 'n8n-workflow';

import { PROJECT_FOLDER } from '../n8n/paths.cts';

// Before n8n-core is loaded, because it writes an encryption key into this folder and sets up its log at once
const userFolder = mkdtempSync(join(tmpdir(), 'complycube-engine-'));
process.once('exit', () => rmSync(userFolder, { recursive: true, force: true }));
process.env.N8N_USER_FOLDER = userFolder;
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

/** The ComplyCube node's full type. */
export const NODE_TYPE = 'n8n-nodes-complycube.complyCube';

/** A workflow for the engine. */
export interface EngineWorkflow {
	nodes: INode[];
	connections: IConnections;
	settings?: IWorkflowSettings;
	/** The node types it uses besides ours, by their names. */
	nodeTypes: Record<string, INodeType>;
}

/** A node type that starts a workflow with items; the files are those of every item, or of each. */
export const inputNode = (
	items: IDataObject[],
	binary?: IBinaryKeyData | IBinaryKeyData[],
): INodeType => ({
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

/** Loads the built package as n8n does; once per process. */
export async function loadPackage() {
	loading ??= (async () => {
		const loader = new PackageDirectoryLoader(PROJECT_FOLDER);
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

/** Makes a workflow whose ComplyCube nodes are the built ones. */
export async function createWorkflow({
	nodes,
	connections,
	settings,
	nodeTypes,
}: EngineWorkflow): Promise<WorkflowType> {
	const loader = await loadPackage();
	const types: Record<string, INodeType> = {
		...nodeTypes,
		[NODE_TYPE]: loader.getNode('complyCube').type as INodeType,
	};
	const getByNameAndVersion = (type: string) => types[type];
	return new Workflow({
		id: '1',
		active: false,
		nodes,
		connections,
		nodeTypes: {
			getByName: getByNameAndVersion,
			getByNameAndVersion,
			getKnownTypes: () => ({}),
		} as never,
		settings: { executionOrder: 'v1', ...settings },
	});
}

/**
 * Runs a workflow.
 *
 * @param startNode Name of its first node
 * @param additionalData From `additionalDataFor`
 * @returns The run, which can be cancelled
 */
export const runWorkflow = (
	workflow: WorkflowType,
	startNode: string,
	additionalData: IWorkflowExecuteAdditionalData,
) =>
	new WorkflowExecute(additionalData, 'trigger', createRunExecutionData({})).run({
		workflow,
		startNode: workflow.getNode(startNode)!,
	});
