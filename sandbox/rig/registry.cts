import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { preparePinnedPackages } from '../n8n/pinnedPackages.cts';
import { findFreePort } from '../process/freePort.cts';
import { runNpm } from '../process/npm.cts';
import { startService } from '../process/service.cts';

/** A running registry of npm packages. */
export interface Registry {
	/** Port on 127.0.0.1. */
	port: number;
	/**
	 * Publishes a packed package as its newest version.
	 *
	 * @param tarball Path of the packed package
	 * @throws Error with the last lines of npm's output when the registry does not accept it
	 */
	publish(tarball: string): Promise<void>;
	/** Ends it and removes what was published. */
	stop(): Promise<void>;
}

/** Everybody may read, whoever has an account may publish, and what was not published here does not exist. */
const CONFIGURATION = {
	storage: './storage',
	auth: { htpasswd: { file: './htpasswd' } },
	uplinks: {},
	packages: { '**': { access: '$all', publish: '$authenticated' } },
	web: { enable: false },
	log: { type: 'stdout', format: 'json', level: 'warn' },
};

/** Starts an empty registry on 127.0.0.1, which asks no other one. It ends when this process does. */
export async function startRegistry(): Promise<Registry> {
	const program = await installVerdaccio();
	const folder = await mkdtemp(join(tmpdir(), 'npm-registry-'));
	const configuration = join(folder, 'config.yaml');
	await writeFile(configuration, JSON.stringify(CONFIGURATION));
	const port = await findFreePort();
	const url = `http://127.0.0.1:${port}`;
	const args = [program, '--config', configuration, '--listen', `127.0.0.1:${port}`];
	const running = await startService(process.execPath, args, {
		name: 'Verdaccio',
		cwd: folder,
		env: { PATH: process.env.PATH, HOME: folder },
		graceMs: 3_000,
		onOutput: () => {},
		isReady: () =>
			fetch(`${url}/-/ping`).then(
				({ ok }) => ok,
				() => false,
			),
	});
	const publisherToken = await createPublisher(url);
	return {
		port,
		async publish(tarball) {
			const access = [`--registry=${url}`, `--//127.0.0.1:${port}/:_authToken=${publisherToken}`];
			await runNpm(['publish', tarball, '--provenance=false', ...access], folder);
		},
		async stop() {
			await running.stop();
			await rm(folder, { recursive: true, force: true });
		},
	};
}

/** @returns Path of the program */
async function installVerdaccio(): Promise<string> {
	const { folder, isInstalled, markInstalled } = await preparePinnedPackages('npm-registry');
	if (!isInstalled) {
		await runNpm(['ci', '--ignore-scripts', '--no-audit', '--no-fund'], folder);
		await markInstalled();
	}
	return join(folder, 'node_modules', 'verdaccio', 'bin', 'verdaccio');
}

/** Creates an account. @returns a token of it */
async function createPublisher(url: string): Promise<string> {
	const name = 'publisher';
	const response = await fetch(`${url}/-/user/org.couchdb.user:${name}`, {
		method: 'PUT',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ name, password: 'Sandbox-Publisher-1' }),
	});
	if (!response.ok) throw new Error(`The registry created no account: ${await response.text()}`);
	return ((await response.json()) as { token: string }).token;
}
