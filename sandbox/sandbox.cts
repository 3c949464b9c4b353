import { randomBytes, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Execution, ExecutionStatus, Item } from './n8n/execution.cts';
import { LOGIN } from './n8n/login.cts';
import type { Workflow, WorkflowNode, StoredCredential } from './n8n/n8nClient.cts';
import { startN8n, type N8nInstance } from './n8n/n8nInstance.cts';
import { packedTarball } from './n8n/packedTarball.cts';
import { N8N_VERSION } from './paths.cts';
import type { Message } from '../simulator/post.cts';
import { startSimulator, type Simulator } from '../simulator/server.cts';
import { sign, SIGNATURE_HEADER } from '../simulator/signature.cts';
import { newId } from '../simulator/store.cts';

export { until } from './process/until.cts';

export const NODE_TYPE = 'n8n-nodes-complycube.complyCube';
export const TRIGGER_TYPE = 'n8n-nodes-complycube.complyCubeTrigger';

/** Keys nobody else uses, so that they can be searched for in everything n8n wrote. */
export const TEST_KEY = `test_${randomBytes(16).toString('hex')}`;
export const LIVE_KEY = `live_${randomBytes(16).toString('hex')}`;

/** Requests per second that nothing here reaches. */
const UNLIMITED = 1_000_000;

type Json = Record<string, unknown>;

/** An execution in n8n's database. */
export interface ExecutionRow {
	id: number;
	status: ExecutionStatus;
	mode: string;
	/** UTC, to the millisecond, as `2026-01-31 09:00:00.000`. */
	startedAt: string;
}

/** What is to be expected where n8n itself differs from one major version to the next. */
export const byGeneration = <Expected,>(expected: Record<'n8n 1' | 'n8n 2', Expected>): Expected =>
	expected[N8N_VERSION.startsWith('1.') ? 'n8n 1' : 'n8n 2'];

export const sessionId = (value: string) => ({ __rl: true, mode: 'id', value });

/** A real n8n with the packed package in it, a simulator, and a client that is logged in. */
export class Sandbox {
	private constructor(
		readonly n8n: N8nInstance,
		readonly simulator: Simulator,
		readonly credential: StoredCredential,
		private readonly close: () => Promise<void>,
	) {}

	/**
	 * @param env Environment variables of n8n on top of the usual ones
	 * @param given A running simulator to use, and to leave running; the credential has its first key
	 */
	static async start(env: NodeJS.ProcessEnv = {}, given?: Simulator): Promise<Sandbox> {
		const simulator =
			given ??
			(await startSimulator({ keys: [TEST_KEY, LIVE_KEY], rateLimit: null, processingMs: 0 }));
		const closeSimulator = async () => {
			if (!given) await simulator.close();
		};
		try {
			const n8n = await startN8n({
				version: N8N_VERSION,
				tarball: await packedTarball(),
				env: { N8N_LOG_LEVEL: 'debug', ...env },
			});
			await n8n.client.setUpOwner(LOGIN);
			const credential = await n8n.client.createCredential('ComplyCube', 'complyCubeApi', {
				apiKey: simulator.settings.keys[0],
				baseUrl: simulator.url,
				requestsPerSecond: UNLIMITED,
			});
			return new Sandbox(n8n, simulator, credential, async () => {
				await n8n.stop();
				await closeSimulator();
			});
		} catch (error) {
			await closeSimulator();
			throw error;
		}
	}

	async stop(): Promise<void> {
		await this.close();
	}

	/** The node under test. */
	complyCube(parameters: Json, settings: Json = {}, name?: string): WorkflowNode {
		return complyCubeNode(this.credential, parameters, settings, name);
	}

	/** The trigger under test, a new one with addresses of its own. */
	trigger(parameters: Json = {}, credential = this.credential): WorkflowNode {
		return triggerNode(credential, parameters);
	}

	/** Executions of a workflow, the oldest first. */
	async executions(workflowId: string): Promise<ExecutionRow[]> {
		const rows = await this.n8n.query(
			'SELECT id, status, mode, startedAt FROM execution_entity WHERE workflowId = ? ORDER BY id',
			workflowId,
		);
		return rows as unknown as ExecutionRow[];
	}

	/** Runs input items through nodes in a row, by hand as in the editor. */
	async run(input: Json[], nodes: WorkflowNode[], timeoutMs = 120_000): Promise<Execution> {
		const { id } = await this.n8n.client.createWorkflow(inARow(input, nodes));
		return await this.n8n.client.runWorkflow(id, { timeoutMs });
	}

	/** Runs input items through one ComplyCube node. */
	async call(parameters: Json, input: Json[] = [{}], settings: Json = {}): Promise<Execution> {
		return await this.run(input, [this.complyCube(parameters, settings)]);
	}

	/** Every file n8n keeps, and everything it printed, as one text. */
	everythingWritten(): string {
		return [...contentsOf(this.n8n.userFolder), this.n8n.logs()].join('\n');
	}
}

/** The node under test. */
export function complyCubeNode(
	{ id, name: credentialName }: StoredCredential,
	parameters: Json,
	settings: Json = {},
	name = 'ComplyCube',
): WorkflowNode {
	return {
		name,
		type: NODE_TYPE,
		typeVersion: 1,
		position: [600, 0],
		parameters: { resource: 'workflowSession', ...parameters },
		credentials: { complyCubeApi: { id, name: credentialName } },
		...settings,
	};
}

/** The trigger under test, a new one with addresses of its own. */
export function triggerNode({ id, name }: StoredCredential, parameters: Json = {}): WorkflowNode {
	return {
		id: randomUUID(),
		webhookId: randomUUID(),
		name: 'ComplyCube Trigger',
		type: TRIGGER_TYPE,
		typeVersion: 1.1,
		position: [0, 0],
		parameters,
		credentials: { complyCubeApi: { id, name } },
	};
}

/** Every file below a folder, but for installed packages. */
export function contentsOf(folder: string): string[] {
	return readdirSync(folder).flatMap((entry) => {
		const path = join(folder, entry);
		if (entry === 'node_modules') return [];
		return statSync(path).isDirectory() ? contentsOf(path) : [readFileSync(path, 'latin1')];
	});
}

/** A Code node that emits items, and what comes after it. */
export function inARow(input: Json[], nodes: WorkflowNode[]): Workflow {
	const all: WorkflowNode[] = [
		{
			name: 'Start',
			type: 'n8n-nodes-base.manualTrigger',
			typeVersion: 1,
			position: [0, 0],
			parameters: {},
		},
		{
			name: 'Input',
			type: 'n8n-nodes-base.code',
			typeVersion: 2,
			position: [300, 0],
			parameters: { jsCode: `return ${JSON.stringify(input.map((json) => ({ json })))};` },
		},
		...nodes,
	];
	return chained(all);
}

/** A workflow in which each node follows the one before it. */
export function chained(nodes: WorkflowNode[], name = 'Test'): Workflow {
	const connections = Object.fromEntries(
		nodes
			.slice(1)
			.map((node, i) => [nodes[i].name, { main: [[{ node: node.name, type: 'main', index: 0 }]] }]),
	);
	return { name, nodes, connections, settings: { executionOrder: 'v1' } };
}

/** The node "Next", which makes of each item what an expression says, and so shows what links the items. */
export const nextNode = (jsonOutput: string): WorkflowNode => ({
	name: 'Next',
	type: 'n8n-nodes-base.set',
	typeVersion: 3.4,
	position: [900, 0],
	parameters: { mode: 'raw', jsonOutput },
});

export const jsonOf = (items: Item[] | undefined) => (items ?? []).map(({ json }) => json);

/** A new event as ComplyCube sends it to a webhook, for sending past the simulator. */
export function signedEvent({ url, secret }: { url: string; secret: string }): Message {
	const event = {
		id: newId(),
		type: 'workflow.session.completed',
		resourceType: 'workflowSession',
		payload: { id: newId(), clientId: newId(), status: 'complete', outcome: 'clear' },
		createdAt: new Date().toISOString(),
	};
	const body = Buffer.from(JSON.stringify(event));
	const headers = { 'content-type': 'application/json', [SIGNATURE_HEADER]: sign(body, secret) };
	return { url, body, headers };
}
