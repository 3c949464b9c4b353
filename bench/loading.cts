import { execFile } from 'node:child_process';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { installCommunityPackage } from '../sandbox/n8n/communityPackage.cts';
import { installN8n } from '../sandbox/n8n/installation.cts';
import { buildTarball } from '../sandbox/n8n/tarball.cts';
import { N8N_VERSION } from '../sandbox/n8n/versions.cts';
import type { Findings, Scale } from './part.cts';
import { median } from './statistics.cts';

const run = promisify(execFile);

/** What n8n does with a package when it starts; n8n-workflow is loaded already at that point. */
const SCRIPT = `
	require('n8n-workflow');
	const { n8n } = require('./package.json');
	const start = performance.now();
	for (const file of [...n8n.nodes, ...n8n.credentials]) {
		for (const Type of Object.values(require('./' + file))) new Type();
	}
	console.log(performance.now() - start);
`;

const PROCESSES_PER_ROUND = 3;

/** Measures how long n8n takes to load the package, and how large the download is. */
export async function measureLoading({ rounds }: Scale): Promise<Findings> {
	const { node, n8n } = await installN8n({ version: N8N_VERSION, onProgress: () => {} });
	const tarball = await buildTarball();
	const folder = await mkdtemp(join(tmpdir(), 'complycube-loading-'));
	try {
		const name = await installCommunityPackage(tarball, folder);
		const cwd = join(folder, '.n8n', 'nodes', 'node_modules', name);
		// This is how n8n lets packages find n8n-workflow
		const env = { NODE_PATH: join(n8n, '..', '..', '..') };
		const times: number[] = [];
		for (let time = 0; time < rounds * PROCESSES_PER_ROUND; time++) {
			const { stdout } = await run(node, ['-e', SCRIPT], { cwd, env });
			times.push(Number(stdout));
		}
		const { stdout } = await run('tar', ['-tzf', tarball]);
		const files = stdout.trim().split('\n').length;
		const { size } = await stat(tarball);
		return {
			tables: [
				{
					title: 'Loading the package',
					rows: [
						['What', 'Cost'],
						[
							'Requiring and constructing two nodes and the credential',
							`${Math.round(median(times))} ms`,
						],
						['Packed size', `${(size / 1_000).toFixed(1)} kB, ${files} files`],
						['Runtime dependencies', '0'],
					],
					notes: [
						`Median of ${times.length} new processes, each with n8n-workflow loaded beforehand.`,
					],
				},
			],
			targets: [],
			problems: times.some((ms) => !(ms > 0)) ? ['The package could not be loaded'] : [],
		};
	} finally {
		await rm(folder, { recursive: true });
	}
}
