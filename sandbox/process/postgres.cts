import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import type { DatabaseRow } from './databaseRow.cts';
import { findFreePort } from './freePort.cts';
import { startService } from './service.cts';

const run = promisify(execFile);

/** Where Debian installs PostgreSQL, in a folder for each version. */
const VERSIONS = '/usr/lib/postgresql';

const USER = 'sandbox';
const DATABASE = 'postgres';

const LARGEST_OUTPUT = 512 * 1024 * 1024;

/** A running PostgreSQL. */
export interface Postgres {
	/** Port on 127.0.0.1. */
	port: number;
	user: string;
	database: string;
	/**
	 * Runs one SELECT.
	 *
	 * @param parameters Values for each `:'name'` in it
	 * @throws Error with PostgreSQL's message when it rejects the statement
	 */
	query(select: string, parameters?: Record<string, string>): Promise<DatabaseRow[]>;
	/** Dumps everything that is stored, as one text. */
	dump(): Promise<string>;
	/** Ends it and removes its data. */
	stop(): Promise<void>;
}

/**
 * Starts a PostgreSQL with a new, empty database on 127.0.0.1, without a password. It ends when this process does.
 * PostgreSQL refuses to run as root, so root runs it as the user that Debian's package creates.
 *
 * @throws Error when PostgreSQL is not installed, naming Debian's package, or when it does not start
 */
export async function startPostgres(): Promise<Postgres> {
	const programs = findNewestPrograms();
	const asRoot = process.getuid?.() === 0;
	const unprivileged = asRoot
		? ['setpriv', '--reuid=postgres', '--regid=postgres', '--init-groups']
		: [];
	const folder = await mkdtemp(join(tmpdir(), 'n8n-postgres-'));
	if (asRoot) await run('chown', ['postgres:postgres', folder]);
	const command = (program: string, ...args: string[]) =>
		[...unprivileged, join(programs, program), ...args] as [string, ...string[]];
	const removeFolder = () => rm(folder, { recursive: true, force: true });

	try {
		const [initdb, ...initdbArgs] = command(
			'initdb',
			...['--pgdata', folder, '--username', USER, '--auth', 'trust'],
			...['--encoding', 'UTF8', '--locale', 'C', '--no-sync'],
		);
		await run(initdb, initdbArgs, { cwd: folder });

		const port = await findFreePort();
		const address = ['-h', '127.0.0.1', '-p', String(port), '-U', USER, '-d', DATABASE];
		const settings = {
			port,
			listen_addresses: '127.0.0.1',
			unix_socket_directories: '',
			// Nobody needs this data after a crash of the machine
			fsync: 'off',
			synchronous_commit: 'off',
			full_page_writes: 'off',
		};
		const [postgres, ...postgresArgs] = command(
			'postgres',
			...['-D', folder],
			...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
		);
		const running = await startService(postgres, postgresArgs, {
			name: 'PostgreSQL',
			cwd: folder,
			env: { PATH: process.env.PATH },
			graceMs: 5_000,
			onOutput: () => {},
			isReady: () =>
				run(join(programs, 'pg_isready'), address).then(
					() => true,
					() => false,
				),
		});
		return {
			port,
			user: USER,
			database: DATABASE,
			async query(select, parameters = {}) {
				const variables = Object.entries(parameters).flatMap(([name, value]) => [
					'-v',
					`${name}=${value}`,
				]);
				// psql fills in parameters only in statements it reads from standard input, not in its arguments
				const psql = run(
					join(programs, 'psql'),
					[...address, '--no-psqlrc', '-qAt', '-v', 'ON_ERROR_STOP=1', ...variables],
					{ maxBuffer: LARGEST_OUTPUT },
				);
				psql.child.stdin?.end(`SELECT coalesce(json_agg(found), '[]') FROM (${select}) found;`);
				return JSON.parse((await psql).stdout) as DatabaseRow[];
			},
			async dump() {
				const options = { maxBuffer: LARGEST_OUTPUT };
				return (await run(join(programs, 'pg_dump'), address, options)).stdout;
			},
			async stop() {
				await running.stop();
				await removeFolder();
			},
		};
	} catch (error) {
		await removeFolder();
		throw error;
	}
}

/** @returns Folder with the programs of the newest PostgreSQL */
function findNewestPrograms(): string {
	const versions = existsSync(VERSIONS) ? readdirSync(VERSIONS) : [];
	const newest = versions
		.map((version) => join(VERSIONS, version, 'bin'))
		.filter((programs) => existsSync(join(programs, 'postgres')))
		.sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
		.at(-1);
	if (newest === undefined) {
		throw new Error(`PostgreSQL is not in ${VERSIONS}. Install it: apt-get install postgresql`);
	}
	return newest;
}
