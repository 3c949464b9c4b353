import { startCluster, type Cluster } from '../n8n/cluster.cts';
import { decodeExecution, type Execution, type StoredExecution } from '../n8n/execution.cts';
import { LOGIN } from '../n8n/login.cts';
import type { StoredCredential, WorkflowNode } from '../n8n/workflow.cts';
import { N8N_VERSION } from '../n8n/versions.cts';
import { chained, triggerNode } from './workflows.cts';
import { readAllFiles } from './allFiles.cts';
import { LIVE_KEY, TEST_KEY } from './keys.cts';
import { waitFor } from '../process/waitFor.cts';
import type { N8nProcess } from '../n8n/n8nProcess.cts';
import { buildTarball } from '../n8n/tarball.cts';
import { startSimulator, type Simulator } from '../../simulator/server.cts';
import type { WebhookView } from '../../simulator/webhooks.cts';

/** How soon the workers find out that one of them is gone, in ms; n8n's own values make it a minute and a half. */
const STALLED = {
	QUEUE_WORKER_LOCK_DURATION: '10000',
	QUEUE_WORKER_LOCK_RENEW_TIME: '2000',
	QUEUE_WORKER_STALLED_INTERVAL: '3000',
};

/** An isolate for every delivery and execution would take most of the time, and nothing here hangs on it. */
const FAST = { N8N_EXPRESSION_ENGINE: 'legacy' };

/** A published workflow that starts with the trigger under test. */
export interface Triggered {
	id: string;
	/** What ComplyCube has of it. */
	webhook: WebhookView;
}

/** n8n's queue mode with two workers and the packed package in each process, and a simulator with its documented limits. */
export class QueueSandbox {
	private constructor(
		readonly cluster: Cluster,
		readonly simulator: Simulator,
		readonly testCredential: StoredCredential,
		readonly liveCredential: StoredCredential,
	) {}

	static async start(): Promise<QueueSandbox> {
		const tarball = await buildTarball();
		const cluster = await startCluster({
			version: N8N_VERSION,
			tarball,
			workers: 2,
			env: { N8N_LOG_LEVEL: 'debug', ...STALLED, ...FAST },
		});
		const simulator = await startSimulator({
			keys: [TEST_KEY, LIVE_KEY],
			processingMs: 600_000,
			// A delivery that is not received is not repeated
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
			// Nobody else could end them, and they would keep the test from ending
			await Promise.all([cluster.stop(), simulator.close()]);
			throw error;
		}
	}

	async stop(): Promise<void> {
		await this.cluster.stop();
		await this.simulator.close();
	}

	/** Publishes nodes in a row. */
	async publish(nodes: WorkflowNode[]): Promise<string> {
		return await this.cluster.client.publish(chained(nodes));
	}

	/** Publishes the trigger, and what comes after it. */
	async publishTrigger(credential: StoredCredential, after: WorkflowNode[]): Promise<Triggered> {
		const trigger = triggerNode(credential);
		const id = await this.publish([trigger, ...after]);
		return { id, webhook: this.webhooksOf(String(trigger.webhookId))[0] };
	}

	/** What ComplyCube has registered for a trigger. */
	webhooksOf(webhookId: string): WebhookView[] {
		return this.simulator.webhooks.list().filter(({ url }) => url.includes(webhookId));
	}

	/**
	 * Waits until a workflow has so many executions, and none is under way.
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

	/** The executions of a workflow with their data, the oldest first, once it is settled; parameters as there. */
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

	/** Every file the processes keep, all they printed, and all that is in the database, as one text. */
	async readEverythingWritten(): Promise<string> {
		const { folder, database } = this.cluster;
		return [...readAllFiles(folder), this.cluster.logs(), await database.dump()].join('\n');
	}
}

/** Ids of the executions that a worker took up, in order. */
export const executionsStartedBy = (worker: N8nProcess): string[] =>
	[...worker.logs().matchAll(/Worker started execution (\d+) /g)].map(([, id]) => id);
