import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { installCommunityPackage } from '../../sandbox/communityPackage.cts';
import { LOGIN } from '../../sandbox/login.cts';
import { startN8n, type N8nInstance } from '../../sandbox/n8nInstance.cts';
import { packedTarball } from '../../sandbox/packedTarball.cts';
import { N8N_VERSION } from '../../sandbox/paths.cts';
import { startSimulator, type Simulator } from '../simulator/server.cts';
import { inARow, NODE_TYPE, sessionId, TEST_KEY } from './sandbox.cts';

const run = promisify(execFile);

/** Rounds of 1,000 Gets by each of the two nodes; the first one warms everything up. */
const ROUNDS = 6;
const GETS = 1_000;
/** In how many portions, in turn with the other node, so that both meet the same other work on the machine. */
const PORTIONS = 10;

/** The same package with nothing but workflow sessions, under another name: as the node was before the other resources. */
const SMALL_PACKAGE = 'n8n-nodes-complycube-sessions-only';
const SMALL_TYPE = `${SMALL_PACKAGE}.complyCube`;
const NODE_FILE = 'dist/nodes/ComplyCube/ComplyCube.node.js';

let folder: string;
let simulator: Simulator;
let n8n: N8nInstance;

/**
 * Makes the small package. Its credential is that of the whole one.
 *
 * @param tarball The whole package, packed
 * @returns Path of the small one, packed
 */
async function packSmall(tarball: string): Promise<string> {
	await run('tar', ['-xzf', tarball, '-C', folder]);
	const file = (path: string) => join(folder, 'package', path);
	const change = async (path: string, how: (text: string) => string) =>
		await writeFile(file(path), how(await readFile(file(path), 'utf8')));
	await change('package.json', (text) => {
		const manifest = JSON.parse(text);
		return JSON.stringify({
			...manifest,
			name: SMALL_PACKAGE,
			n8n: { ...manifest.n8n, credentials: [], nodes: [NODE_FILE] },
		});
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

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'complycube-cost-'));
	const userFolder = join(folder, 'n8n');
	await mkdir(userFolder);
	simulator = await startSimulator({ keys: [TEST_KEY], rateLimit: null });
	const tarball = await packedTarball();
	await installCommunityPackage(await packSmall(tarball), userFolder);
	n8n = await startN8n({ version: N8N_VERSION, tarball, userFolder });
	await n8n.client.setUpOwner(LOGIN);
}, 900_000);
afterAll(async () => {
	await n8n?.stop();
	await simulator?.close();
	await rm(folder, { recursive: true, force: true });
});

/** A node as n8n has it: how many fields it declares, and how many resources it knows. */
async function sizeOf(type: string) {
	const { properties } = (await n8n.client.nodeTypes()).find(({ name }) => name === type)!;
	const { options } = properties.find(({ name }) => name === 'resource')!;
	const resources = (options as Array<{ value: string }>).filter(
		// n8n adds a way to its HTTP Request node
		({ value }) => value !== '__CUSTOM_API_CALL__',
	);
	return { fields: properties.length, resources: resources.length };
}

const median = (values: number[]) =>
	[...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

it('a Get of a workflow session costs about as much as without the other resources', async () => {
	const { id, name } = await n8n.client.createCredential('ComplyCube', 'complyCubeApi', {
		apiKey: TEST_KEY,
		baseUrl: simulator.url,
		requestsPerSecond: 10_000,
	});
	const nodes = Array.from({ length: ROUNDS * PORTIONS }, (_, turn) => {
		const pair = [NODE_TYPE, SMALL_TYPE].map((type) => ({
			name: `${type} ${turn}`,
			type,
			typeVersion: 1,
			position: [0, 0] as [number, number],
			parameters: { workflowSessionId: sessionId('={{ $json.id }}') },
			credentials: { complyCubeApi: { id, name } },
		}));
		return turn % 2 ? pair.reverse() : pair;
	}).flat();
	const sessions = simulator.workflowSessions.seed({ count: GETS / PORTIONS });
	const input = sessions.map((session) => ({ id: session.id }));
	const workflow = await n8n.client.createWorkflow(inARow(input, nodes));
	const execution = await n8n.client.runWorkflow(workflow.id, { timeoutMs: 600_000 });
	expect([execution.status, execution.error]).toEqual(['success', undefined]);
	expect(simulator.requests).toHaveLength(2 * ROUNDS * GETS);

	/** Per Get, in ms, of each round but the first. */
	const costs = (type: string) =>
		Array.from({ length: ROUNDS }, (_, round) => {
			const turns = Array.from({ length: PORTIONS }, (__, portion) => round * PORTIONS + portion);
			return turns.reduce((sum, turn) => sum + execution.times[`${type} ${turn}`], 0) / GETS;
		}).slice(1);
	const [whole, small] = [costs(NODE_TYPE), costs(SMALL_TYPE)];
	const [wholeSize, smallSize] = await Promise.all([sizeOf(NODE_TYPE), sizeOf(SMALL_TYPE)]);
	const ratio = median(whole) / median(small);
	const ratios = whole.map((cost, round) => (cost / small[round]).toFixed(2)).sort();
	process.stdout.write(
		`FIGURE per-item cost of Get, medians of ${whole.length} rounds of 1,000, in turn: ` +
			`${median(whole).toFixed(2)} ms with ${wholeSize.resources} resources and ${wholeSize.fields} fields ` +
			`against ${median(small).toFixed(2)} ms with ${smallSize.resources} and ${smallSize.fields}: ` +
			`ratio ${ratio.toFixed(2)}, in single rounds ${ratios[0]} to ${ratios.at(-1)}\n`,
	);
	expect(smallSize.resources).toBe(1);
	expect(wholeSize.resources).toBeGreaterThan(1);
	expect(ratio).toBeLessThan(1.3);
}, 900_000);
