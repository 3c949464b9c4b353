import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { installCommunityPackage } from './communityPackage.cts';
import { findFreePort } from '../process/freePort.cts';
import { installN8n } from './installation.cts';
import { N8nClient } from './n8nClient.cts';
import { n8nEnvironment } from './n8nEnvironment.cts';
import { restApiAddresses } from './n8nInstance.cts';
import { startN8nProcess, type N8nProcess } from './n8nProcess.cts';
import { startPostgres, type Postgres } from '../process/postgres.cts';
import { startRedis } from '../process/redis.cts';

interface ClusterOptions {
	/** A version that `sandbox/n8n/<version>/` pins; it is installed when it is not there yet. */
	version: string;
	/** Path of the packed package under test. */
	tarball: string;
	/** How many workers. */
	workers: number;
	/** Environment variables of every process on top of the sandbox's own. */
	env?: NodeJS.ProcessEnv;
}

type Running = Pick<N8nProcess, 'stop'>;

/** A running n8n in queue mode. */
export interface Cluster {
	main: N8nProcess;
	webhook: N8nProcess;
	workers: N8nProcess[];
	/** Address of the editor, without a slash at the end. */
	url: string;
	/** Address at which the outside world delivers: that of the webhook process. */
	webhookUrl: string;
	/** Client of the main process, not logged in yet. It outlives a restart. */
	client: N8nClient;
	database: Postgres;
	/** Every process's folder, and Redis's, which has a log of all that was written to it. */
	folder: string;
	/** Everything that all processes wrote. */
	logs(): string;
	/** Ends all processes and removes their data. */
	stop(): Promise<void>;
}

/**
 * Starts n8n's queue mode: Redis, PostgreSQL, a main process, a webhook process and workers, each with a folder of its
 * own and the packed package in it. All listen on 127.0.0.1 only, and end when this process does.
 *
 * @throws Error when Redis or PostgreSQL is not installed, naming Debian's package; or with the end of the log of what
 *   does not come up
 */
export async function startCluster({
	version,
	tarball,
	workers: count,
	env = {},
}: ClusterOptions): Promise<Cluster> {
	const installation = await installN8n({ version, onProgress: () => {} });
	const folder = await mkdtemp(join(tmpdir(), 'n8n-cluster-'));
	const services: Running[] = [];
	const processes: Running[] = [];
	const stop = async () => {
		await Promise.all(processes.map(async (part) => await part.stop()));
		await Promise.all(services.map(async (part) => await part.stop()));
		await rm(folder, { recursive: true, force: true });
	};

	try {
		const redis = await startRedis(join(folder, 'redis'));
		services.push(redis);
		const database = await startPostgres();
		services.push(database);
		const [port, webhookPort] = [await findFreePort(), await findFreePort()];
		const url = `http://127.0.0.1:${port}`;
		const webhookUrl = `http://127.0.0.1:${webhookPort}`;
		const shared = {
			...database.env,
			EXECUTIONS_MODE: 'queue',
			QUEUE_BULL_REDIS_HOST: '127.0.0.1',
			QUEUE_BULL_REDIS_PORT: String(redis.port),
			N8N_ENCRYPTION_KEY: randomBytes(24).toString('base64'),
			N8N_EDITOR_BASE_URL: url,
			WEBHOOK_URL: `${webhookUrl}/`,
			...env,
		};
		const start = async (
			command: 'start' | 'webhook' | 'worker',
			name: string,
			ownPort: number,
			readyAt: string[],
			own: NodeJS.ProcessEnv = {},
		) => {
			const userFolder = join(folder, name);
			await mkdir(userFolder);
			await installCommunityPackage(tarball, userFolder);
			const usual = n8nEnvironment(userFolder, ownPort, await findFreePort());
			const started = await startN8nProcess({
				installation,
				command,
				userFolder,
				env: { ...usual, ...shared, ...own },
				readyAt,
			});
			processes.push(started);
			return started;
		};

		// First and alone, because it sets up the database
		const main = await start('start', 'main', port, restApiAddresses(url));
		const [webhook, ...workers] = await awaitAll([
			start('webhook', 'webhook', webhookPort, [`${webhookUrl}/healthz/readiness`]),
			...Array.from({ length: count }, async (_, index) => {
				const healthPort = await findFreePort();
				return await start(
					'worker',
					`worker-${index + 1}`,
					await findFreePort(),
					[`http://127.0.0.1:${healthPort}/healthz/readiness`],
					{
						QUEUE_HEALTH_CHECK_ACTIVE: 'true',
						QUEUE_HEALTH_CHECK_PORT: String(healthPort),
						N8N_WORKER_SERVER_ADDRESS: '127.0.0.1',
					},
				);
			}),
		]);
		return {
			main,
			webhook,
			workers,
			url,
			webhookUrl,
			client: new N8nClient(url),
			database,
			folder,
			logs: () => [main, webhook, ...workers].map((part) => part.logs()).join('\n'),
			stop,
		};
	} catch (error) {
		await stop();
		throw error;
	}
}

/** What all come to, once none is under way any more, so that none comes up after the others were stopped. */
async function awaitAll<Part>(starting: Array<Promise<Part>>): Promise<Part[]> {
	await Promise.allSettled(starting);
	return await Promise.all(starting);
}
