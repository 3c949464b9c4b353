import { copyFile, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { runNpm } from '../process/npm.cts';
import { preparePinnedPackages } from './pinnedPackages.cts';

/** The compiled part of the package sqlite3, which n8n keeps its data by. It fits every Node.js and both n8n's. */
const ADDON = join('node_modules', 'sqlite3', 'build', 'Release', 'node_sqlite3.node');

/**
 * Makes n8n's database driver in `.n8n-sandbox/database-driver/`, unless it is there already: the install script of sqlite3
 * downloads it, or compiles it where that is not possible, which takes about a minute. It has a folder of its own so that it
 * can be made while n8n's packages arrive, and once for all versions of n8n.
 *
 * @param signal Stops npm early
 * @returns Path of the compiled driver
 * @throws Error with the last lines of npm's output when it can be neither downloaded nor compiled
 */
export async function buildDatabaseDriver(signal?: AbortSignal): Promise<string> {
	const { folder, isInstalled, markInstalled } = await preparePinnedPackages('database-driver');
	if (!isInstalled) {
		// Without the optional node-gyp, which is an old one: npm brings its own
		const options = ['--omit=optional', '--ignore-scripts', '--no-audit', '--no-fund'];
		await runNpm(['ci', ...options], folder, signal);
		await runNpm(['rebuild', 'sqlite3', '--ignore-scripts=false'], folder, signal);
		await markInstalled();
	}
	return join(folder, ADDON);
}

/** Puts the driver where n8n finds it. */
export async function addDatabaseDriver(driver: string, n8nFolder: string): Promise<void> {
	const target = join(n8nFolder, ADDON);
	await mkdir(dirname(target), { recursive: true });
	await copyFile(driver, target);
}
