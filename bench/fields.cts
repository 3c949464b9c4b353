import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { installCommunityPackage } from '../sandbox/communityPackage.cts';
import { packedTarball } from '../sandbox/packedTarball.cts';
import { NODE_TYPE, Sandbox } from '../test/e2e/sandbox.cts';
import { complyCubeNode } from './contenders.cts';
import type { Findings, Scale } from './part.cts';
import { median } from './statistics.cts';

const run = promisify(execFile);

/** In how many portions the items go in, in turn with the other node, so that both meet the same other work. */
const PORTIONS = 10;

/** The same package with nothing but workflow sessions, under another name. */
const SMALL_PACKAGE = 'n8n-nodes-complycube-sessions-only';
const SMALL_TYPE = `${SMALL_PACKAGE}.complyCube`;
const NODE_FILE = 'dist/nodes/ComplyCube/ComplyCube.node.js';

/**
 * Makes the small package. Its credential is that of the whole one.
 *
 * @param tarball The whole package, packed
 * @param folder Where to unpack it and put the small one
 * @returns Path of the small one, packed
 */
async function packSmall(tarball: string, folder: string): Promise<string> {
	await run('tar', ['-xzf', tarball, '-C', folder]);
	const change = async (path: string, how: (text: string) => string) => {
		const file = join(folder, 'package', path);
		await writeFile(file, how(await readFile(file, 'utf8')));
	};
	await change('package.json', (text) => {
		const manifest = JSON.parse(text);
		const n8n = { ...manifest.n8n, credentials: [], nodes: [NODE_FILE] };
		return JSON.stringify({ ...manifest, name: SMALL_PACKAGE, n8n });
	});
	await change(NODE_FILE, (text) =>
		text.replace(
			/const RESOURCES = \[[^\]]+\];/,
			'const RESOURCES = [workflowSession_1.workflowSession];',
		),
	);
	const packed = join(folder, 'small.tgz');
	await run('tar', ['-czf', packed, '-C', folder, 'package']);
	return packed;
}

/** Starts an n8n that has both packages. */
async function startWithBoth(): Promise<Sandbox> {
	const folder = await mkdtemp(join(tmpdir(), 'complycube-fields-'));
	const sandbox = await Sandbox.start({ N8N_LOG_LEVEL: 'info' });
	const small = await packSmall(await packedTarball(), folder);
	await sandbox.n8n.restart({}, async () => {
		await installCommunityPackage(small, sandbox.n8n.userFolder);
	});
	await rm(folder, { recursive: true });
	return sandbox;
}

/** A node as n8n has it: how many fields it declares, and how many resources it knows. */
async function sizeOf({ n8n }: Sandbox, type: string): Promise<string> {
	const { properties } = (await n8n.client.nodeTypes()).find(({ name }) => name === type)!;
	const { options } = properties.find(({ name }) => name === 'resource')!;
	const resources = (options as Array<{ value: string }>).filter(
		// n8n adds a way to its HTTP Request node
		({ value }) => value !== '__CUSTOM_API_CALL__',
	);
	const named = resources.length === 1 ? 'resource' : 'resources';
	return `${resources.length} ${named}, ${properties.length} fields`;
}

/** What a Get of a workflow session costs with the fields of all other resources, and without them. */
export async function fields({ rounds, gets, judgesTimes }: Scale): Promise<Findings> {
	const sandbox = await startWithBoth();
	try {
		const types = [NODE_TYPE, SMALL_TYPE];
		// The first round warms everything up
		const turns = (rounds + 1) * PORTIONS;
		const nodes = Array.from({ length: turns }, (_, turn) => {
			const pair = types.map((type) => ({
				...complyCubeNode(sandbox, sandbox.credential),
				type,
				name: `${type} ${turn}`,
			}));
			return turn % 2 ? pair.reverse() : pair;
		}).flat();
		const sessions = sandbox.simulator.workflowSessions.seed({ count: gets / PORTIONS });
		const input = sessions.map(({ id }) => ({ id }));
		const { times, data, error } = await sandbox.run(input, nodes, 900_000);
		if (error) throw new Error(error.message);

		/** ms per Get, of each round. */
		const costs = (type: string) =>
			Array.from({ length: rounds }, (_, round) => {
				const portions = Array.from({ length: PORTIONS }, (__, i) => (round + 1) * PORTIONS + i);
				return portions.reduce((sum, turn) => sum + times[`${type} ${turn}`], 0) / gets;
			});
		const [whole, small] = types.map((type) => median(costs(type)));
		const [wholeSize, smallSize] = await Promise.all(
			types.map(async (type) => await sizeOf(sandbox, type)),
		);
		const ratio = whole / small;
		const last = data[nodes.at(-1)!.name][0].length;
		return {
			tables: [
				{
					title: 'What the other resources cost a Get',
					rows: [
						['Node', 'Time per item', ''],
						[wholeSize, `${whole.toFixed(2)} ms`, ratio.toFixed(2)],
						[smallSize, `${small.toFixed(2)} ms`, '1'],
					],
					notes: ['n8n visits every field that a node declares for every item.'],
				},
			],
			aims: judgesTimes
				? [
						{
							text: 'a Get costs at most 1.15 of what it did without the other resources',
							figure: ratio.toFixed(2),
							met: ratio <= 1.15,
						},
					]
				: [],
			faults: last === input.length ? [] : [`${input.length - last} items were lost on the way`],
		};
	} finally {
		await sandbox.stop();
	}
}
