import { createHash } from 'node:crypto';
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { runNpm } from '../process/npm.cts';
import { SANDBOX_FOLDER } from './paths.cts';

const PROGRESS_INTERVAL_MS = 20_000;

/** An installed n8n. */
export interface Installation {
	version: string;
	/** The installation's own Node.js: n8n may need another version than this project. */
	node: string;
	/** n8n's start script, to run with that Node.js. */
	n8n: string;
}

interface InstallOptions {
	/** A version that `sandbox/n8n/<version>/` pins, for example `2.40.7`. */
	version: string;
	/** Gets one line of text at a time. */
	onProgress: (line: string) => void;
	/** Stops the installation early; the next call starts from scratch. */
	signal?: AbortSignal;
}

/**
 * Installs n8n and a Node.js for it into `.n8n-sandbox/<version>/`, unless they are there already. A marker with a hash of
 * the pinned packages is written last, so that an installation is repeated if it was interrupted or its lock file has
 * changed since.
 *
 * Install scripts are off, because n8n's dependencies have dozens of them. Only that of sqlite3 is needed: it downloads or
 * compiles the database driver. Node.js comes as a package for each platform, without a script.
 *
 * @returns Where the installed programs are
 * @throws Error with the last lines of npm's output when the installation fails
 */
export async function installN8n({
	version,
	onProgress,
	signal,
}: InstallOptions): Promise<Installation> {
	const pinned = join(__dirname, version);
	const folder = join(SANDBOX_FOLDER, version);
	const marker = join(folder, '.installed');
	const installation: Installation = {
		version,
		node: join(folder, 'node_modules', '.bin', 'node'),
		n8n: join(folder, 'node_modules', 'n8n', 'bin', 'n8n'),
	};

	const hash = createHash('sha256');
	for (const file of ['package.json', 'package-lock.json']) {
		hash.update(await readFile(join(pinned, file)));
	}
	const pinnedHash = hash.digest('hex');
	if ((await readFile(marker, 'utf8').catch(() => '')) === pinnedHash) {
		onProgress(`n8n ${version} is installed`);
		return installation;
	}

	await rm(marker, { force: true });
	await mkdir(folder, { recursive: true });
	for (const file of ['package.json', 'package-lock.json']) {
		await copyFile(join(pinned, file), join(folder, file));
	}

	onProgress(
		`Installing n8n ${version} into .n8n-sandbox. This happens once and takes 5 to 8 minutes and 3 GB`,
	);
	const startedAt = Date.now();
	const elapsed = () => `${Math.round((Date.now() - startedAt) / 1000)} s`;
	const ticker = setInterval(
		() => onProgress(`  still installing n8n, ${elapsed()} so far`),
		PROGRESS_INTERVAL_MS,
	);
	try {
		await runNpm(['ci', '--ignore-scripts', '--no-audit', '--no-fund'], folder, signal);
		onProgress(`  packages installed after ${elapsed()}, building the database driver`);
		await runNpm(['rebuild', 'sqlite3', '--ignore-scripts=false'], folder, signal);
	} finally {
		clearInterval(ticker);
	}
	await writeFile(marker, pinnedHash);
	onProgress(`Installed n8n ${version} in ${elapsed()}`);
	return installation;
}
