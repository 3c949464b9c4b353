import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export const PACKAGE_ROOT = resolve(__dirname, '../..');

/** The package as npm would publish it. */
export interface Packed {
	/** Its files, sorted, as paths with slashes */
	files: string[];
	/** Size of the tarball, in bytes */
	size: number;
	/** Where it is unpacked: outside the repository, so that nothing there is found by accident */
	folder: string;
	remove(): void;
}

/**
 * Creates an empty folder outside the repository.
 *
 * @returns its path
 */
export const makeTemporaryFolder = () => mkdtempSync(join(tmpdir(), 'complycube-package-'));

/**
 * Packs the last build as npm does, and unpacks the tarball.
 *
 * @returns what is in it
 */
export function pack(): Packed {
	const folder = makeTemporaryFolder();
	const output = execFileSync(
		'npm',
		['pack', '--json', '--ignore-scripts', '--pack-destination', folder],
		{ cwd: PACKAGE_ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
	);
	// A list up to npm 11, an object by package name from npm 12 on
	const [report] = Object.values(
		JSON.parse(output) as Record<
			string,
			{ filename: string; size: number; files: Array<{ path: string }> }
		>,
	);
	execFileSync('tar', ['-xzf', join(folder, report.filename), '-C', folder]);
	return {
		files: report.files.map(({ path }) => path).sort(),
		size: report.size,
		folder: join(folder, 'package'),
		remove: () => rmSync(folder, { recursive: true, force: true }),
	};
}
