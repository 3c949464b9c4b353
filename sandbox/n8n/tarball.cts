import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import { runNpm } from '../process/npm.cts';
import { PROJECT_FOLDER, SANDBOX_FOLDER } from './paths.cts';

/** A package that is packed already, to use instead of a new one. `npm run test:compat` sets the variable. */
const GIVEN_TARBALL = process.env.SANDBOX_TARBALL;

let building: Promise<unknown> | undefined;
let packing: Promise<string> | undefined;

/**
 * Builds the project, once in this process.
 *
 * @param signal Stops npm early
 * @throws Error with the last lines of npm's output when building fails
 */
export async function buildPackage(signal?: AbortSignal): Promise<void> {
	building ??= runNpm(['run', 'build'], PROJECT_FOLDER, signal);
	await building;
}

/**
 * Builds the project and packs it exactly as for a release. Later calls in the same process get the same tarball.
 *
 * @param signal Stops npm early
 * @returns Path of the tarball
 * @throws Error with the last lines of npm's output when building or packing fails
 */
export async function buildTarball(signal?: AbortSignal): Promise<string> {
	if (GIVEN_TARBALL !== undefined) return GIVEN_TARBALL;
	packing ??= pack(signal);
	return await packing;
}

async function pack(signal?: AbortSignal): Promise<string> {
	await buildPackage(signal);
	await mkdir(SANDBOX_FOLDER, { recursive: true });
	const output = await runNpm(
		['pack', '--json', '--pack-destination', SANDBOX_FOLDER],
		PROJECT_FOLDER,
		signal,
	);
	const [{ filename }] = JSON.parse(output) as [{ filename: string }];
	return join(SANDBOX_FOLDER, filename);
}
