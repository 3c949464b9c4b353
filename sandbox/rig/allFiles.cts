import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Reads every file below a folder, except for installed packages.
 *
 * @returns The files' contents, one character per byte
 */
export function readAllFiles(folder: string): string[] {
	return readdirSync(folder).flatMap((entry) => {
		const path = join(folder, entry);
		if (entry === 'node_modules') return [];
		return statSync(path).isDirectory() ? readAllFiles(path) : [readFileSync(path, 'latin1')];
	});
}
