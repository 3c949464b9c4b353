import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { installCommunityPackage } from '../sandbox/n8n/communityPackage.cts';
import { buildTarball } from '../sandbox/n8n/tarball.cts';
import { Sandbox } from '../sandbox/rig/sandbox.cts';
import { NODE_TYPE } from '../sandbox/rig/workflows.cts';
import { complyCubeGet } from './contenders.cts';
import type { Findings, Scale } from './part.cts';
import { median } from './statistics.cts';

const run = promisify(execFile);

/** The nodes take turns with portions of the items, so that other work on the machine affects all of them alike. */
const PORTIONS = 10;

const NODE_FILE = 'dist/nodes/ComplyCube/ComplyCube.node.js';

const SESSIONS_ONLY = 'n8n-nodes-complycube-sessions-only';
const DECLARATIVE_GET = 'n8n-nodes-complycube-declarative-get';

/** Packages to compare with, and how each makes its node from that of the whole package. */
const VARIANTS: Record<string, (node: string) => Promise<string>> = {
	[SESSIONS_ONLY]: async (node) =>
		node.replace(
			/const RESOURCES = \[[^\]]+\];/,
			'const RESOURCES = [workflowSession_1.workflowSession];',
		),
	[DECLARATIVE_GET]: async () => await readFile(join(__dirname, 'declarativeGet.cjs'), 'utf8'),
};

const typeIn = (name: string) => `${name}.complyCube`;

/**
 * Packs a variant of the package. It uses the credential of the whole package.
 *
 * @param tarball Path of the whole package's tarball
 * @param name Name of the variant
 * @param folder Where to unpack the package and put the variant
 * @returns Path of the variant's tarball
 */
async function packVariant(tarball: string, name: string, folder: string): Promise<string> {
	await run('tar', ['-xzf', tarball, '-C', folder]);
	const change = async (path: string, how: (text: string) => Promise<string>) => {
		const file = join(folder, 'package', path);
		await writeFile(file, await how(await readFile(file, 'utf8')));
	};
	await change('package.json', async (text) => {
		const manifest = JSON.parse(text);
		const n8n = { ...manifest.n8n, credentials: [], nodes: [NODE_FILE] };
		return JSON.stringify({ ...manifest, name, n8n });
	});
	await change(NODE_FILE, VARIANTS[name]);
	const packed = join(folder, `${name}.tgz`);
	await run('tar', ['-czf', packed, '-C', folder, 'package']);
	return packed;
}

/** Starts an n8n with the whole package and its variants. */
async function startWithVariants(): Promise<Sandbox> {
	const folder = await mkdtemp(join(tmpdir(), 'complycube-fields-'));
	const sandbox = await Sandbox.start({ N8N_LOG_LEVEL: 'info' });
	const tarball = await buildTarball();
	await sandbox.n8n.restart({}, async () => {
		for (const name of Object.keys(VARIANTS)) {
			const variant = await packVariant(tarball, name, folder);
			await installCommunityPackage(variant, sandbox.n8n.userFolder);
		}
	});
	await rm(folder, { recursive: true });
	return sandbox;
}

/** Asks n8n how many resources and fields a node has. */
async function describeSize({ n8n }: Sandbox, type: string): Promise<string> {
	const { properties } = (await n8n.client.listNodeTypes()).find(({ name }) => name === type)!;
	const { options } = properties.find(({ name }) => name === 'resource')!;
	const resources = (options as Array<{ value: string }>).filter(
		// n8n adds it to every node, and it leads to the HTTP Request node
		({ value }) => value !== '__CUSTOM_API_CALL__',
	);
	const noun = resources.length === 1 ? 'resource' : 'resources';
	return `${resources.length} ${noun}, ${properties.length} fields`;
}

/** Measures a Get of a workflow session with the fields of all other resources, without them, and without our pipeline. */
export async function measureFields({ rounds, gets, judgesTimes }: Scale): Promise<Findings> {
	const sandbox = await startWithVariants();
	try {
		const [whole, small, plain] = [NODE_TYPE, typeIn(SESSIONS_ONLY), typeIn(DECLARATIVE_GET)];
		const ours = complyCubeGet(sandbox, sandbox.credential);
		const contenders = [
			{ ...ours, type: whole },
			{ ...ours, type: small },
			{ ...ours, type: plain, parameters: { workflowSessionId: '={{ $json.id }}' } },
		];
		// The first round warms everything up
		const turns = (rounds + 1) * PORTIONS;
		const nodes = Array.from({ length: turns }, (_, turn) =>
			contenders.map((_node, place) => {
				const node = contenders[(place + turn) % contenders.length];
				return { ...node, name: `${node.type} ${turn}` };
			}),
		).flat();
		const sessions = sandbox.simulator.workflowSessions.seed({ count: gets / PORTIONS });
		const input = sessions.map(({ id }) => ({ id }));
		const { times, data, error } = await sandbox.run(input, nodes, 900_000);
		if (error) throw new Error(error.message);

		/** ms per Get: the median of all rounds. */
		const cost = (type: string) =>
			median(
				Array.from({ length: rounds }, (_, round) => {
					const portions = Array.from({ length: PORTIONS }, (__, i) => (round + 1) * PORTIONS + i);
					return portions.reduce((sum, turn) => sum + times[`${type} ${turn}`], 0) / gets;
				}),
			);
		const row = (name: string, type: string) => [
			name,
			`${cost(type).toFixed(2)} ms`,
			(cost(type) / cost(small)).toFixed(2),
		];
		const ratio = cost(whole) / cost(small);
		const last = data[nodes.at(-1)!.name][0].length;
		return {
			tables: [
				{
					title: 'The cost of the other resources for a Get',
					rows: [
						['Node', 'Time per item', ''],
						row(`ComplyCube, ${await describeSize(sandbox, whole)}`, whole),
						row(`ComplyCube, ${await describeSize(sandbox, small)}`, small),
						row("n8n's declarative engine alone, 1 field", plain),
					],
					notes: [
						'n8n visits every field that a node declares for every item.',
						'The last one is the simplest possible declarative node: it neither paces nor checks anything.',
					],
				},
			],
			targets: judgesTimes
				? [
						{
							text: 'a Get takes at most 1.15 of the time without the other resources',
							figure: ratio.toFixed(2),
							met: ratio <= 1.15,
						},
					]
				: [],
			problems: last === input.length ? [] : [`${input.length - last} items were lost`],
		};
	} finally {
		await sandbox.stop();
	}
}
