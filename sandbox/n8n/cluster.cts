import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { findFreePort } from '../process/freePort.cts';
import { startPostgres, type Postgres } from '../process/postgres.cts';
import { startRedis } from '../process/redis.cts';
import { installCommunityPackage } from './communityPackage.cts';
import { installN8n } from './installation.cts';
import { N8nClient } from './n8nClient.cts';
import { n8nEnvironment } from './n8nEnvironment.cts';
import { restApiAddresses } from './n8nInstance.cts';
import { startN8nProcess, type N8nProcess } from './n8nProcess.cts';

interface ClusterOptions {
	/** A version that `sandbox/n8n/<version>/` pins; it is installed if necessary. */
	version: string;
	/** Path of the packed package under test. */
	tarball: string;
	workers: number;
	/** Environment variables of every n8n process, in addition to the sandbox's own. */
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
	/** Address of the webhook process, to which webhooks are delivered. */
	webhookUrl: string;
	/** Client of the main process, not logged in yet. It still works after a restart. */
	client: N8nClient;
	database: Postgres;
	/** Holds a folder for each n8n process and one for Redis, with a log of everything that was written to it. */
	folder: string;
	/** What all n8n processes wrote so far. */
	logs(): string;
	/** Ends all processes and removes their data. */
	stop(): Promise<void>;
}

/**
 * Starts n8n in queue mode: Redis, PostgreSQL, a main process, a webhook process and workers. Each n8n process has its own
 * folder with the packed package in it. All listen on 127.0.0.1 only, and end when this process does.
 *
 * @throws Error when Redis or PostgreSQL is not installed, naming Debian's package; or with the end of the log of whatever
 *   does not start
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
		await Promise.all(processes.map(async (running) => await running.stop()));
		await Promise.all(services.map(async (running) => await running.stop()));
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
			...databaseEnvironment(database),
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
			const standard = n8nEnvironment(userFolder, ownPort, await findFreePort());
			const started = await startN8nProcess({
				installation,
				command,
				userFolder,
				env: { ...standard, ...shared, ...own },
				readyAt,
			});
			processes.push(started);
			return started;
		};

		// First, and alone: it sets up the database
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
			logs: () => [main, webhook, ...workers].map((running) => running.logs()).join('\n'),
			stop,
		};
	} catch (error) {
		await stop();
		throw error;
	}
}

/** How n8n finds its database. */
const databaseEnvironment = ({ port, user, database }: Postgres): NodeJS.ProcessEnv => ({
	DB_TYPE: 'postgresdb',
	DB_POSTGRESDB_HOST: '127.0.0.1',
	DB_POSTGRESDB_PORT: String(port),
	DB_POSTGRESDB_USER: user,
	DB_POSTGRESDB_DATABASE: database,
});

/** Like Promise.all, but a failure has to wait for the others, so that nothing starts after all has been stopped. */
async function awaitAll<Part>(starting: Array<Promise<Part>>): Promise<Part[]> {
	await Promise.allSettled(starting);
	return await Promise.all(starting);
}
