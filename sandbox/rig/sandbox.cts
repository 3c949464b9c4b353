import { startSimulator, type Simulator } from '../../simulator/server.cts';
import type { Execution, ExecutionStatus } from '../n8n/execution.cts';
import { LOGIN } from '../n8n/login.cts';
import { startN8n, type N8nInstance } from '../n8n/n8nInstance.cts';
import { buildTarball } from '../n8n/tarball.cts';
import { N8N_VERSION } from '../n8n/versions.cts';
import type { StoredCredential, WorkflowNode } from '../n8n/workflow.cts';
import { waitFor } from '../process/waitFor.cts';
import { readAllFiles } from './allFiles.cts';
import { LIVE_KEY, TEST_KEY } from './keys.cts';
import { complyCubeNode, manualWorkflow, triggerNode } from './workflows.cts';

/** More requests per second than anything here can send. */
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

/** The statuses of an execution that has not ended. */
const OPEN: ExecutionStatus[] = ['new', 'running', 'waiting'];

/** A real n8n with the packed package, next to a simulator of ComplyCube. Its client is logged in to n8n. */
export class Sandbox {
	private constructor(
		readonly n8n: N8nInstance,
		readonly simulator: Simulator,
		readonly credential: StoredCredential,
		private readonly close: () => Promise<void>,
	) {}

	/**
	 * Starts n8n, and the simulator unless one is given.
	 *
	 * @param env Environment variables of n8n in addition to the usual ones
	 * @param given A running simulator, which is left running. The credential gets its first key
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
				tarball: await buildTarball(),
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

	/** Stops n8n, removes its data, and stops the simulator unless it was given. */
	async stop(): Promise<void> {
		await this.close();
	}

	/** The ComplyCube node with the sandbox's credential. */
	complyCube(parameters: Json, settings: Json = {}, name?: string): WorkflowNode {
		return complyCubeNode(this.credential, parameters, settings, name);
	}

	/** A new ComplyCube Trigger, with a webhook address that no other node has. */
	trigger(parameters: Json = {}, credential = this.credential): WorkflowNode {
		return triggerNode(credential, parameters);
	}

	/** Lists the executions of a workflow, oldest first. */
	async listExecutions(workflowId: string): Promise<ExecutionRow[]> {
		const rows = await this.n8n.query(
			'SELECT id, status, mode, startedAt FROM execution_entity WHERE workflowId = ? ORDER BY id',
			workflowId,
		);
		return rows as unknown as ExecutionRow[];
	}

	/**
	 * Waits until a workflow has a number of executions, and all of them have ended.
	 *
	 * @param timeoutMs How long to wait at most, in milliseconds
	 * @returns All executions the workflow has then, oldest first
	 */
	async waitForExecutions(
		workflowId: string,
		count: number,
		timeoutMs = 30_000,
	): Promise<ExecutionRow[]> {
		await waitFor(async () => {
			const rows = await this.listExecutions(workflowId);
			return rows.length >= count && !rows.some(({ status }) => OPEN.includes(status));
		}, timeoutMs);
		return await this.listExecutions(workflowId);
	}

	/** Unpublishes every workflow. */
	async unpublishAll(): Promise<void> {
		for (const { id, active } of await this.n8n.client.listWorkflows()) {
			if (active) await this.n8n.client.deactivate(id);
		}
	}

	/** Runs input items through a sequence of nodes, manually as in the editor. */
	async run(input: Json[], nodes: WorkflowNode[], timeoutMs = 120_000): Promise<Execution> {
		const { id } = await this.n8n.client.createWorkflow(manualWorkflow(input, nodes));
		return await this.n8n.client.runWorkflow(id, { timeoutMs });
	}

	/** Runs input items through one ComplyCube node. */
	async call(parameters: Json, input: Json[] = [{}], settings: Json = {}): Promise<Execution> {
		return await this.run(input, [this.complyCube(parameters, settings)]);
	}

	/** Reads every file of n8n's and everything it printed, as one text. */
	readEverythingWritten(): string {
		return [...readAllFiles(this.n8n.userFolder), this.n8n.logs()].join('\n');
	}
}
