import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { StoredCredential, WorkflowNode } from '../sandbox/n8n/workflow.cts';
import { Sandbox } from '../sandbox/rig/sandbox.cts';
import { measureLongestSilence } from '../sandbox/rig/silence.cts';
import { byId } from '../sandbox/rig/workflows.cts';
import type { Simulator } from '../simulator/server.cts';

/** The result of a number of Gets. */
export interface GetResult {
	/** Time from the first item in to the last item out, in ms. */
	ms: number;
	/** How many failed. */
	failed: number;
}

/** The result, and how responsive n8n was in the meantime. */
export interface WatchedGetResult extends GetResult {
	/** The longest time in which n8n answered no other request, in ms. */
	silence?: number;
}

/** A way of getting workflow sessions. */
export interface Contender {
	/** Gets the sessions with these IDs. */
	get(ids: string[]): Promise<WatchedGetResult>;
	/** @returns The peak memory of its process, in KB */
	stop(): Promise<number>;
}

/** Longer than 10,000 items take on a slow machine. */
const TIMEOUT_MS = 900_000;

const HTTP_REQUEST = 'n8n-nodes-base.httpRequest';

/**
 * The ComplyCube node with its defaults, set to Get.
 *
 * @param parameters Parameters that differ from the defaults
 */
export const complyCubeGet = (
	sandbox: Sandbox,
	credential: StoredCredential,
	parameters: Record<string, unknown> = {},
): WorkflowNode => ({
	...sandbox.complyCube({
		operation: 'get',
		workflowSessionId: byId('={{ $json.id }}'),
		...parameters,
	}),
	credentials: { complyCubeApi: { id: credential.id, name: credential.name } },
});

/**
 * Builds n8n's HTTP Request node in its newest version, as a user with an address and a key would set it up for a Get.
 *
 * @param credential A Header Auth credential with the key
 * @param options The node's Options
 */
export async function buildHttpRequestGet(
	{ n8n, simulator }: Sandbox,
	credential: StoredCredential,
	options: object = {},
): Promise<WorkflowNode> {
	const versions = (await n8n.client.listNodeTypes())
		.filter(({ name }) => name === HTTP_REQUEST)
		.flatMap(({ version }) => version);
	return {
		name: 'HTTP Request',
		type: HTTP_REQUEST,
		typeVersion: Math.max(...versions),
		position: [600, 0],
		parameters: {
			url: `=${simulator.url}/workflowSessions/{{ $json.id }}`,
			authentication: 'genericCredentialType',
			genericAuthType: 'httpHeaderAuth',
			options,
		},
		credentials: { httpHeaderAuth: { id: credential.id, name: credential.name } },
	};
}

/**
 * Runs items through a node manually, as in the editor.
 *
 * @throws Error with n8n's message when the whole execution fails
 */
export async function runThrough(
	sandbox: Sandbox,
	node: WorkflowNode,
	ids: string[],
): Promise<GetResult> {
	const input = ids.map((id) => ({ id }));
	const { data, times, error } = await sandbox.run(input, [node], TIMEOUT_MS);
	if (error) throw new Error(`${node.name}: ${error.message}. ${error.description ?? ''}`);
	const done = new Set(data[node.name][0].map(({ json }) => json.id));
	return { ms: times[node.name], failed: ids.filter((session) => !done.has(session)).length };
}

/**
 * Starts a new n8n for one node.
 *
 * @param buildNode Builds the node, and creates what it needs
 */
async function startInN8n(
	simulator: Simulator,
	buildNode: (sandbox: Sandbox) => Promise<WorkflowNode>,
): Promise<Contender> {
	const folder = await mkdtemp(join(tmpdir(), 'complycube-bench-'));
	const file = join(folder, 'peak');
	const sandbox = await Sandbox.start(
		{
			N8N_LOG_LEVEL: 'info',
			NODE_OPTIONS: `--require ${join(__dirname, 'peakMemory.cjs')}`,
			PEAK_MEMORY_FILE: file,
		},
		simulator,
	);
	const node = await buildNode(sandbox);
	return {
		async get(ids) {
			const running = runThrough(sandbox, node, ids);
			const silence = await measureLongestSilence(sandbox.n8n.url, running);
			return { ...(await running), silence };
		},
		async stop() {
			await sandbox.stop();
			const peak = Number(await readFile(file, 'utf8'));
			await rm(folder, { recursive: true });
			return peak;
		},
	};
}

/** Creates a Header Auth credential with a key. */
export async function createHeaderAuth(
	{ n8n }: Sandbox,
	apiKey: string,
): Promise<StoredCredential> {
	const data = { name: 'Authorization', value: apiKey };
	return await n8n.client.createCredential('Header Auth', 'httpHeaderAuth', data);
}

/**
 * Starts the official client in a process of its own, in which it gets one session after another.
 *
 * @param url Base URL of the API
 */
export async function startOfficialLoop(url: string, apiKey: string): Promise<Contender> {
	const loop = fork(join(__dirname, 'officialLoop.cjs'), { execArgv: [] });
	const ask = async (message: object) => {
		loop.send(message);
		const [reply] = await once(loop, 'message');
		return reply as GetResult & { peakKB: number };
	};
	await ask({ url, apiKey });
	let peak = 0;
	return {
		async get(ids) {
			const { peakKB, ...result } = await ask({ ids });
			peak = peakKB;
			return result;
		},
		async stop() {
			loop.disconnect();
			return peak;
		},
	};
}

/** The contenders; each starts in a process of its own and uses the simulator's first key. */
export const CONTENDERS = {
	ComplyCube: async (simulator: Simulator) =>
		await startInN8n(simulator, async (sandbox) => complyCubeGet(sandbox, sandbox.credential)),

	'ComplyCube, no Batching': async (simulator: Simulator) =>
		await startInN8n(simulator, async (sandbox) =>
			complyCubeGet(sandbox, sandbox.credential, { requestOptions: {} }),
		),

	'HTTP Request': async (simulator: Simulator) =>
		await startInN8n(simulator, async (sandbox) => {
			const credential = await createHeaderAuth(sandbox, simulator.settings.keys[0]);
			return await buildHttpRequestGet(sandbox, credential);
		}),

	'Official client': async ({ url, settings }: Simulator) =>
		await startOfficialLoop(url, settings.keys[0]),
};

export type ContenderName = keyof typeof CONTENDERS;
