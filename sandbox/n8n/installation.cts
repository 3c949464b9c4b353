import { join } from 'node:path';

import { runNpm } from '../process/npm.cts';
import { addDatabaseDriver, buildDatabaseDriver } from './databaseDriver.cts';
import { formatDuration, progressSentence, readInstallProgress } from './installProgress.cts';
import { preparePinnedPackages } from './pinnedPackages.cts';

const PROGRESS_INTERVAL_MS = 10_000;

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
 * Installs n8n and a Node.js for it into `.n8n-sandbox/<version>/`, unless they are there already.
 *
 * Install scripts are off, because n8n's dependencies have dozens of them. Only that of the database driver is needed, and
 * runs meanwhile. Node.js comes as a package for each platform, without a script.
 *
 * @returns Where the installed programs are
 * @throws Error with the last lines of npm's output when the installation fails
 */
export async function installN8n({
	version,
	onProgress,
	signal,
}: InstallOptions): Promise<Installation> {
	const { folder, isInstalled, markInstalled } = await preparePinnedPackages(version);
	if (isInstalled) {
		onProgress(`n8n ${version} is installed`);
	} else {
		onProgress(
			`Installing n8n ${version} into .n8n-sandbox. This happens once and takes minutes and 3 GB`,
		);
		const startedAt = Date.now();
		await installPackages(folder, onProgress, signal);
		await markInstalled();
		onProgress(`Installed n8n ${version} in ${formatDuration(Date.now() - startedAt)}`);
	}
	return {
		version,
		node: join(folder, 'node_modules', '.bin', 'node'),
		n8n: join(folder, 'node_modules', 'n8n', 'bin', 'n8n'),
	};
}

/** Installs n8n's packages and makes its database driver, at the same time. What fails first ends the other. */
async function installPackages(
	folder: string,
	onProgress: InstallOptions['onProgress'],
	givenSignal?: AbortSignal,
): Promise<void> {
	const failure = new AbortController();
	const signal = AbortSignal.any([failure.signal, ...(givenSignal ? [givenSignal] : [])]);
	const startedAt = Date.now();
	const elapsed = () => Date.now() - startedAt;
	let driver: string | undefined;

	const ticker = setInterval(() => {
		const rest = driver === undefined ? ', and building the database driver' : '';
		void readInstallProgress(folder).then((progress) =>
			onProgress(`  ${progressSentence(progress, elapsed())}${rest}`),
		);
	}, PROGRESS_INTERVAL_MS);
	const build = async () => {
		driver = await buildDatabaseDriver(signal);
		onProgress(`  the database driver is ready after ${formatDuration(elapsed())}`);
		return driver;
	};
	const install = async () => {
		await runNpm(['ci', '--ignore-scripts', '--no-audit', '--no-fund'], folder, signal);
		onProgress(`  all packages are there after ${formatDuration(elapsed())}`);
	};
	const steps = [build(), install()] as const;
	try {
		const [built] = await Promise.all(steps);
		await addDatabaseDriver(built, folder);
	} catch (error) {
		failure.abort(error);
		await Promise.allSettled(steps);
		throw error;
	} finally {
		clearInterval(ticker);
	}
}
