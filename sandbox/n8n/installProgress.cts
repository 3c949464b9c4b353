import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Below this share there is no telling how long the rest takes. */
const SMALLEST_SHARE = 0.05;

interface LockedPackage {
	os?: string[];
	cpu?: string[];
}

/** How far an installation by npm has come. */
export interface InstallProgress {
	/** Packages whose files are there. */
	done: number;
	/** All packages for this machine. */
	total: number;
}

/**
 * Counts the packages that npm has unpacked so far.
 *
 * @param folder Where npm installs, with a lock file
 */
export async function readInstallProgress(folder: string): Promise<InstallProgress> {
	const { packages } = JSON.parse(await readFile(join(folder, 'package-lock.json'), 'utf8')) as {
		packages: Record<string, LockedPackage>;
	};
	const places = Object.entries(packages)
		.filter(
			([place, { os, cpu }]) => place && fits(os, process.platform) && fits(cpu, process.arch),
		)
		.map(([place]) => place);
	const done = places.filter((place) => existsSync(join(folder, place, 'package.json'))).length;
	return { done, total: places.length };
}

const fits = (wanted: string[] | undefined, actual: string) => !wanted || wanted.includes(actual);

/**
 * Says how far an installation has come, how long it took, and about how long it still takes.
 *
 * @param elapsedMs Since its start, in ms
 */
export function progressSentence({ done, total }: InstallProgress, elapsedMs: number): string {
	const share = done / total;
	const counts = `${done} of ${total} packages after ${formatDuration(elapsedMs)}`;
	if (share < SMALLEST_SHARE) return counts;
	return `${counts}, about ${formatDuration((elapsedMs / share) * (1 - share))} left`;
}

/** @param ms Rounded to seconds: "50 s", "2 min 5 s" */
export function formatDuration(ms: number): string {
	const seconds = Math.round(ms / 1000);
	const minutes = Math.floor(seconds / 60);
	return minutes > 0 ? `${minutes} min ${seconds % 60} s` : `${seconds} s`;
}
