import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Below this share there is no telling how long the rest takes. */
const SMALLEST_SHARE = 0.05;

/** The largest packages of n8n come last: this share of all packages takes about as long as those before. */
const LAST_SHARE = 0.15;

/** How far an installation by npm has come. */
export interface InstallProgress {
	/** Packages whose files are there. */
	done: number;
	/** Packages that npm has made a folder for, which it does for all of them before it unpacks the first. */
	total: number;
}

/**
 * Counts the packages that npm has unpacked so far.
 *
 * @param folder Where npm installs, with a lock file
 */
export async function readInstallProgress(folder: string): Promise<InstallProgress> {
	const { packages } = JSON.parse(await readFile(join(folder, 'package-lock.json'), 'utf8')) as {
		packages: Record<string, unknown>;
	};
	const places = Object.keys(packages).filter((place) => place && existsSync(join(folder, place)));
	const done = places.filter((place) => existsSync(join(folder, place, 'package.json'))).length;
	return { done, total: places.length };
}

/**
 * Says how far an installation has come, how long it took, and about how long it still takes.
 *
 * @param elapsedMs Since its start, in ms
 */
export function progressSentence({ done, total }: InstallProgress, elapsedMs: number): string {
	const elapsed = formatDuration(elapsedMs);
	if (total === 0) return `npm is getting ready, ${elapsed} so far`;
	const share = done / total;
	const counts = `${done} of ${total} packages after ${elapsed}`;
	if (share < SMALLEST_SHARE) return counts;
	const timeShare = shareOfTime(share);
	return `${counts}, about ${formatDuration((elapsedMs / timeShare) * (1 - timeShare))} left`;
}

/** The share of the time that it takes to unpack a share of the packages. */
function shareOfTime(share: number): number {
	const first = 1 - LAST_SHARE;
	return share < first ? share / first / 2 : (1 + (share - first) / LAST_SHARE) / 2;
}

/** @param ms Rounded to seconds: "50 s", "2 min 5 s" */
export function formatDuration(ms: number): string {
	const seconds = Math.round(ms / 1000);
	const minutes = Math.floor(seconds / 60);
	return minutes > 0 ? `${minutes} min ${seconds % 60} s` : `${seconds} s`;
}
