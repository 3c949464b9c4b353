import { createHash } from 'node:crypto';
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { runNpm } from '../process/npm.cts';
import { addAddresses } from './lockFile.cts';
import { SANDBOX_FOLDER } from './paths.cts';

const MANIFEST = 'package.json';
const LOCK_FILE = 'package-lock.json';

/** Packages that are to be installed as a lock file says. */
export interface PinnedPackages {
	/** Where they are installed, with their package.json and lock file. */
	folder: string;
	isInstalled: boolean;
	/** Notes that they are installed. */
	markInstalled(): Promise<void>;
}

/**
 * Prepares a folder in `.n8n-sandbox/` for the packages that a folder next to this file pins, unless they are installed
 * there already. A marker with a hash of the pinned packages is written last, so that an installation is repeated if it was
 * interrupted or its lock file has changed since.
 *
 * @param name The folder's name, for example `2.40.7`
 */
export async function preparePinnedPackages(name: string): Promise<PinnedPackages> {
	const pinned = join(__dirname, name);
	const folder = join(SANDBOX_FOLDER, name);
	const marker = join(folder, '.installed');

	const hash = createHash('sha256');
	for (const file of [MANIFEST, LOCK_FILE]) hash.update(await readFile(join(pinned, file)));
	const pinnedHash = hash.digest('hex');
	const isInstalled = (await readFile(marker, 'utf8').catch(() => '')) === pinnedHash;
	if (!isInstalled) {
		await rm(marker, { force: true });
		await mkdir(folder, { recursive: true });
		await copyFile(join(pinned, MANIFEST), join(folder, MANIFEST));
		const registry = await runNpm(['config', 'get', 'registry'], folder);
		const lockFile = await readFile(join(pinned, LOCK_FILE), 'utf8');
		await writeFile(join(folder, LOCK_FILE), addAddresses(lockFile, registry.trim()));
	}
	return { folder, isInstalled, markInstalled: () => writeFile(marker, pinnedHash) };
}
