import { appendFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { installCommunityPackage } from './communityPackage.cts';
import { freePort } from './freePort.cts';
import { prepareN8n } from './installation.cts';
import { N8nClient } from './n8nClient.cts';
import { queryDatabase, type DatabaseRow } from './n8nDatabase.cts';
import { n8nEnvironment } from './n8nEnvironment.cts';
import { startProcessGroup, type ProcessGroup } from './processGroup.cts';

const START_TIMEOUT_MS = 120_000;
const LOG_TAIL_LINES = 30;

/** More than n8n gives running executions, see N8N_GRACEFUL_SHUTDOWN_TIMEOUT. */
const STOP_GRACE_MS = 8_000;

interface StartOptions {
	/** A version that `sandbox/n8n-<version>/` pins; it is installed when it is not there yet. */
	version: string;
	/** Path of the packed package under test. */
	tarball: string;
	/** Data folder to reuse and keep. Without it a temporary one is made, and `stop` removes it. */
	userFolder?: string;
	/** Port on 127.0.0.1; 0, the default, takes a free one. */
	port?: number;
	/** Environment variables on top of the sandbox's own, for example `N8N_LOG_LEVEL`. */
	env?: NodeJS.ProcessEnv;
	/** Gets everything n8n writes, appended. */
	logFile?: string;
	/** Ends the start early. */
	signal?: AbortSignal;
}

/** A running n8n. */
export interface N8nInstance {
	/** Address of the editor, without a slash at the end. */
	url: string;
	userFolder: string;
	/** n8n's sqlite file. Recent writes may still be in the `-wal` file next to it. */
	databaseFile: string;
	/** Client of this instance, not logged in yet. It outlives a restart. */
	client: N8nClient;
	/**
	 * Runs one SQL statement in n8n's database, also while n8n runs.
	 *
	 * @param parameters What stands for the statement's question marks
	 */
	query(sql: string, ...parameters: Array<string | number>): Promise<DatabaseRow[]>;
	/** Everything n8n wrote since its first start. */
	logs(): string;
	/** Ends n8n and its task runners. Running executions get a few seconds. */
	stop(): Promise<void>;
	/**
	 * Ends n8n and starts it again on the same port and data.
	 *
	 * @param env Added to its environment, also for later restarts
	 * @param meanwhile Runs while n8n is down
	 */
	restart(env?: NodeJS.ProcessEnv, meanwhile?: () => Promise<unknown>): Promise<void>;
}

/**
 * Starts an n8n with the packed package installed as a community node and waits until its REST API
 * answers. It listens on 127.0.0.1 only, and ends when this process does.
 *
 * @throws Error with the end of n8n's log when n8n does not come up
 */
export async function startN8n({
	version,
	tarball,
	userFolder: givenUserFolder,
	port: givenPort = 0,
	env: givenEnv = {},
	logFile,
	signal,
}: StartOptions): Promise<N8nInstance> {
	const { node, n8n } = await prepareN8n({ version, onProgress: () => {}, signal });
	const userFolder = givenUserFolder ?? (await mkdtemp(join(tmpdir(), 'n8n-sandbox-')));
	await mkdir(userFolder, { recursive: true, mode: 0o700 });
	await installCommunityPackage(tarball, userFolder);

	const port = givenPort === 0 ? await freePort() : givenPort;
	const url = `http://127.0.0.1:${port}`;
	let env = { ...n8nEnvironment(userFolder, port, await freePort(), version), ...givenEnv };
	let log = '';
	let running: ProcessGroup;

	const stopRunning = () => running.stop();
	const start = async () => {
		signal?.throwIfAborted();
		running = startProcessGroup(node, [n8n, 'start'], {
			// n8n reads a .env file from where it is started.
			cwd: userFolder,
			env,
			graceMs: STOP_GRACE_MS,
			onOutput: (text) => {
				log += text;
				if (logFile !== undefined) appendFileSync(logFile, text);
			},
		});
		try {
			await ready(url, running, signal);
		} catch (error) {
			await stopRunning();
			signal?.throwIfAborted();
			const tail = log.trimEnd().split('\n').slice(-LOG_TAIL_LINES).join('\n');
			throw new Error(`${(error as Error).message}. The end of its log:\n${tail}`);
		}
	};

	const removeTemporaryFolder = async () => {
		if (givenUserFolder === undefined) await rm(userFolder, { recursive: true, force: true });
	};

	try {
		await start();
	} catch (error) {
		await removeTemporaryFolder();
		throw error;
	}
	const databaseFile = join(userFolder, '.n8n', 'database.sqlite');
	return {
		url,
		userFolder,
		databaseFile,
		client: new N8nClient(url),
		query: (sql, ...parameters) => queryDatabase(node, databaseFile, sql, parameters),
		logs: () => log,
		async stop() {
			await stopRunning();
			await removeTemporaryFolder();
		},
		async restart(added = {}, meanwhile) {
			await stopRunning();
			await meanwhile?.();
			env = { ...env, ...added };
			await start();
		},
	};
}

/**
 * Waits for n8n's REST API. `/healthz` answers as soon as the port is open; until the routes are
 * registered and the database is migrated, `/rest/settings` is a 404 or a page of HTML.
 */
async function ready(url: string, n8n: ProcessGroup, signal?: AbortSignal): Promise<void> {
	let ended: number | undefined;
	n8n.ended.then(
		(code) => (ended = code),
		() => (ended = 1),
	);
	const deadline = Date.now() + START_TIMEOUT_MS;
	while (Date.now() < deadline) {
		signal?.throwIfAborted();
		if (ended !== undefined) throw new Error(`n8n ended with exit code ${ended} while starting`);
		if ((await answersJson(`${url}/healthz`)) && (await answersJson(`${url}/rest/settings`)))
			return;
		await sleep(100);
	}
	throw new Error(`n8n did not come up within ${START_TIMEOUT_MS / 1000} s`);
}

async function answersJson(address: string): Promise<boolean> {
	try {
		const response = await fetch(address, { signal: AbortSignal.timeout(5_000) });
		await response.json();
		return response.ok;
	} catch {
		return false;
	}
}
