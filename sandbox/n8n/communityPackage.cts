import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

/**
 * Installs a packed package where n8n itself installs community nodes, so that n8n loads it under its real name and from
 * the same files as a release. An earlier copy is replaced.
 *
 * n8n loads every package in `.n8n/nodes/node_modules`, provided that there is a package.json in `.n8n/nodes`.
 *
 * @param tarball Path of a tarball from `npm pack`. Its dependencies are not installed: a community node has none
 * @param userFolder Value of `N8N_USER_FOLDER`
 * @returns The package's name
 */
export async function installCommunityPackage(
	tarball: string,
	userFolder: string,
): Promise<string> {
	const nodesFolder = join(userFolder, '.n8n', 'nodes');
	await mkdir(join(nodesFolder, 'node_modules'), { recursive: true });
	const unpacked = await mkdtemp(join(nodesFolder, 'unpacked-'));
	try {
		await promisify(execFile)('tar', ['-xzf', tarball, '--strip-components=1', '-C', unpacked]);
		const { name, version } = JSON.parse(await readFile(join(unpacked, 'package.json'), 'utf8'));
		const installed = join(nodesFolder, 'node_modules', name);
		await rm(installed, { recursive: true, force: true });
		await rename(unpacked, installed);
		await writeFile(
			join(nodesFolder, 'package.json'),
			JSON.stringify({ name: 'installed-nodes', private: true, dependencies: { [name]: version } }),
		);
		return name;
	} finally {
		await rm(unpacked, { recursive: true, force: true });
	}
}
