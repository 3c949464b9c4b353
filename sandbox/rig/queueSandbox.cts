import { startSimulator, type Simulator } from '../../simulator/server.cts';
import type { WebhookView } from '../../simulator/webhooks.cts';
import { startCluster, type Cluster } from '../n8n/cluster.cts';
import { decodeExecution, type Execution, type StoredExecution } from '../n8n/execution.cts';
import { LOGIN } from '../n8n/login.cts';
import type { N8nProcess } from '../n8n/n8nProcess.cts';
import { buildTarball } from '../n8n/tarball.cts';
import { N8N_VERSION } from '../n8n/versions.cts';
import type { StoredCredential, WorkflowNode } from '../n8n/workflow.cts';
import { waitFor } from '../process/waitFor.cts';
import { readAllFiles } from './allFiles.cts';
import { LIVE_KEY, TEST_KEY } from './keys.cts';
import { chained, triggerNode } from './workflows.cts';

/** How soon n8n notices that a worker is gone, in ms. With its default values it takes a minute and a half. */
const QUICK_TO_NOTICE = {
	QUEUE_WORKER_LOCK_DURATION: '10000',
	QUEUE_WORKER_LOCK_RENEW_TIME: '2000',
	QUEUE_WORKER_STALLED_INTERVAL: '3000',
};

/** An isolate for every delivery and execution would take most of the time, and makes no difference here. */
const WITHOUT_ISOLATES = { N8N_EXPRESSION_ENGINE: 'legacy' };

/** A published workflow that starts with the trigger under test. */
export interface Triggered {
	id: string;
	/** Its webhook at ComplyCube. */
	webhook: WebhookView;
}

/** n8n in queue mode with two workers and the packed package in each process, next to a simulator with ComplyCube's documented limits. */
export class QueueSandbox {
	private constructor(
		readonly cluster: Cluster,
		readonly simulator: Simulator,
		readonly testCredential: StoredCredential,
		readonly liveCredential: StoredCredential,
	) {}

	/** Starts n8n's processes and the simulator. */
	static async start(): Promise<QueueSandbox> {
		const tarball = await buildTarball();
		const cluster = await startCluster({
			version: N8N_VERSION,
			tarball,
			workers: 2,
			env: { N8N_LOG_LEVEL: 'debug', ...QUICK_TO_NOTICE, ...WITHOUT_ISOLATES },
		});
		const simulator = await startSimulator({
			keys: [TEST_KEY, LIVE_KEY],
			processingMs: 600_000,
			// No delivery is repeated
			deliveryRetryDelaysMs: [],
		});
		try {
			await cluster.client.setUpOwner(LOGIN);
			const credential = async (name: string, apiKey: string) =>
				await cluster.client.createCredential(name, 'complyCubeApi', {
					apiKey,
					baseUrl: simulator.url,
					requestsPerSecond: 0,
				});
			return new QueueSandbox(
				cluster,
				simulator,
				await credential('Test', TEST_KEY),
				await credential('Live', LIVE_KEY),
			);
		} catch (error) {
			// Nobody else could stop them, and they would keep the test process from ending
			await Promise.all([cluster.stop(), simulator.close()]);
			throw error;
		}
	}

	/** Stops everything and removes n8n's data. */
	async stop(): Promise<void> {
		await this.cluster.stop();
		await this.simulator.close();
	}

	/** Publishes a workflow in which the nodes follow one another. */
	async publish(nodes: WorkflowNode[]): Promise<string> {
		return await this.cluster.client.publish(chained(nodes));
	}

	/** Publishes a workflow of a new trigger and the nodes after it. */
	async publishTrigger(credential: StoredCredential, after: WorkflowNode[]): Promise<Triggered> {
		const trigger = triggerNode(credential);
		const id = await this.publish([trigger, ...after]);
		return { id, webhook: this.webhooksOf(String(trigger.webhookId))[0] };
	}

	/** The webhooks that are registered at ComplyCube for a trigger. */
	webhooksOf(webhookId: string): WebhookView[] {
		return this.simulator.webhooks.list().filter(({ url }) => url.includes(webhookId));
	}

	/**
	 * Waits until a workflow has a number of executions, and all of them have ended.
	 *
	 * @param timeoutMs How long to wait at most, in milliseconds
	 */
	async waitForExecutions(workflowId: string, count: number, timeoutMs = 60_000): Promise<void> {
		await waitFor(async () => {
			const [{ all, open }] = await this.cluster.database.query(
				`SELECT count(*) AS all, count(*) FILTER (WHERE status IN ('new', 'running')) AS open
				FROM execution_entity WHERE "workflowId" = :'workflowId'`,
				{ workflowId },
			);
			return Number(all) >= count && open === 0;
		}, timeoutMs);
	}

	/** Reads the executions of a workflow with their data, oldest first, after waiting for them as `waitForExecutions` does. */
	async readExecutions(
		workflowId: string,
		count: number,
		timeoutMs?: number,
	): Promise<Execution[]> {
		await this.waitForExecutions(workflowId, count, timeoutMs);
		const rows = await this.cluster.database.query(
			`SELECT id, status, mode, "workflowId", data FROM execution_entity
			JOIN execution_data ON "executionId" = id WHERE "workflowId" = :'workflowId' ORDER BY id`,
			{ workflowId },
		);
		return (rows as unknown as StoredExecution[]).map(decodeExecution);
	}

	/** Reads every file of n8n's and Redis's, everything n8n printed, and the whole database, as one text. */
	async readEverythingWritten(): Promise<string> {
		const { folder, database } = this.cluster;
		return [...readAllFiles(folder), this.cluster.logs(), await database.dump()].join('\n');
	}
}

/** IDs of the executions that a worker started, in order. */
export const executionsStartedBy = (worker: N8nProcess): string[] =>
	[...worker.logs().matchAll(/Worker started execution (\d+) /g)].map(([, id]) => id);
