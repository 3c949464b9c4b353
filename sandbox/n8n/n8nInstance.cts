import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { DatabaseRow } from '../process/databaseRow.cts';
import { findFreePort } from '../process/freePort.cts';
import { querySqlite } from '../process/sqlite.cts';
import { installCommunityPackage } from './communityPackage.cts';
import { installN8n } from './installation.cts';
import { N8nClient } from './n8nClient.cts';
import { n8nEnvironment } from './n8nEnvironment.cts';
import { startN8nProcess, type N8nProcess } from './n8nProcess.cts';

interface StartOptions {
	/** A version that `sandbox/n8n/<version>/` pins; it is installed if necessary. */
	version: string;
	/** Path of the packed package under test; by default n8n has none. */
	tarball?: string;
	/** n8n's data folder, which is reused and kept. By default there is a temporary one, which `stop` removes. */
	userFolder?: string;
	/** Port on 127.0.0.1; 0, the default, takes a free one. */
	port?: number;
	/** Environment variables in addition to the sandbox's own, for example `N8N_LOG_LEVEL`. */
	env?: NodeJS.ProcessEnv;
	/** Gets everything n8n writes, appended. */
	logFile?: string;
	/** Stops the start early. */
	signal?: AbortSignal;
}

/** A running n8n that does everything in one process. */
export interface N8nInstance extends N8nProcess {
	/** Address of the editor, without a slash at the end. */
	url: string;
	userFolder: string;
	/** n8n's sqlite database. Recent writes may still be in the `-wal` file next to it. */
	databaseFile: string;
	/** Client of this instance, not logged in yet. It still works after a restart. */
	client: N8nClient;
	/**
	 * Runs one SQL statement in n8n's database. n8n may be running.
	 *
	 * @param parameters Values for the statement's question marks
	 */
	query(sql: string, ...parameters: Array<string | number>): Promise<DatabaseRow[]>;
}

/**
 * Starts n8n, with a packed package installed as a community node, and waits until its REST API can be used. It listens on
 * 127.0.0.1 only, and ends when this process does.
 *
 * @throws Error with the end of n8n's log when n8n does not start
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
	const installation = await installN8n({ version, onProgress: () => {}, signal });
	const userFolder = givenUserFolder ?? (await mkdtemp(join(tmpdir(), 'n8n-sandbox-')));
	await mkdir(userFolder, { recursive: true, mode: 0o700 });
	if (tarball !== undefined) await installCommunityPackage(tarball, userFolder);

	const port = givenPort === 0 ? await findFreePort() : givenPort;
	const url = `http://127.0.0.1:${port}`;
	const removeTemporaryFolder = async () => {
		if (givenUserFolder === undefined) await rm(userFolder, { recursive: true, force: true });
	};

	let n8n: N8nProcess;
	try {
		n8n = await startN8nProcess({
			installation,
			command: 'start',
			userFolder,
			env: { ...n8nEnvironment(userFolder, port, await findFreePort(), version), ...givenEnv },
			readyAt: restApiAddresses(url),
			logFile,
			signal,
		});
	} catch (error) {
		await removeTemporaryFolder();
		throw error;
	}
	const databaseFile = join(userFolder, '.n8n', 'database.sqlite');
	return {
		...n8n,
		url,
		userFolder,
		databaseFile,
		client: new N8nClient(url),
		query: (sql, ...parameters) => querySqlite(installation.node, databaseFile, sql, parameters),
		async stop() {
			await n8n.stop();
			await removeTemporaryFolder();
		},
	};
}

/**
 * The addresses that all return JSON once n8n's REST API can be used. `/healthz` does so as soon as the port is open, but
 * `/rest/settings` is a 404 or an HTML page until the database is migrated and the routes are registered.
 *
 * @param url Address of the editor, without a slash at the end
 */
export const restApiAddresses = (url: string): string[] => [
	`${url}/healthz`,
	`${url}/rest/settings`,
];
