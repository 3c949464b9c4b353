import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import type { StoredCredential, WorkflowNode } from '../sandbox/n8n/workflow.cts';
import { byId } from '../sandbox/rig/workflows.cts';
import { Sandbox } from '../sandbox/rig/sandbox.cts';
import type { Simulator } from '../simulator/server.cts';

/** What became of a number of Gets. */
export interface GetResult {
	/** From the first item going in to the last coming out, in ms. */
	ms: number;
	/** How many ended in an error. */
	failed: number;
}

/** What became of them, and of n8n meanwhile. */
export interface WatchedGetResult extends GetResult {
	/** For how long n8n answered nobody else, at most, in ms. */
	silence?: number;
}

/** Something that gets workflow sessions. */
export interface Contender {
	get(ids: string[]): Promise<WatchedGetResult>;
	/** @returns The most memory its process had, in KB */
	stop(): Promise<number>;
}

/** Longer than 10,000 items take on a slow machine. */
const TIMEOUT_MS = 900_000;

const HTTP_REQUEST = 'n8n-nodes-base.httpRequest';

/**
 * The ComplyCube node, as it comes.
 *
 * @param requestOptions What n8n itself offers for every declarative node
 */
export const complyCubeGet = (
	sandbox: Sandbox,
	credential: StoredCredential,
	requestOptions: object = {},
): WorkflowNode => ({
	...sandbox.complyCube({
		operation: 'get',
		workflowSessionId: byId('={{ $json.id }}'),
		requestOptions,
	}),
	credentials: { complyCubeApi: { id: credential.id, name: credential.name } },
});

/**
 * n8n's HTTP Request node as a user sets it up who knows the address and has a key, in its newest version.
 *
 * @param credential A Header Auth with the key
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
 * Runs items through a node by hand, as in the editor.
 *
 * @throws Error with n8n's words when the execution fails as a whole
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

/** Asks n8n again and again whether it is there, until something is done, and tells the longest wait for an answer in ms. */
async function measureLongestSilence(url: string, done: Promise<unknown>): Promise<number> {
	let longest = 0;
	let isDone = false;
	const noteEnd = () => {
		isDone = true;
	};
	done.then(noteEnd, noteEnd);
	while (!isDone) {
		const start = performance.now();
		// n8n closes a connection that was idle for seconds, which it may do while the next request is on its way
		await fetch(`${url}/healthz`, { headers: { connection: 'close' } });
		longest = Math.max(longest, performance.now() - start);
		await sleep(100);
	}
	return longest;
}

/**
 * Starts an n8n of its own for one node.
 *
 * @param makeNode Makes the node, and what it needs
 */
async function startInN8n(
	simulator: Simulator,
	makeNode: (sandbox: Sandbox) => Promise<WorkflowNode>,
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
	const node = await makeNode(sandbox);
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

/** Saves a Header Auth with a key. */
export async function createHeaderAuth(
	{ n8n }: Sandbox,
	apiKey: string,
): Promise<StoredCredential> {
	const data = { name: 'Authorization', value: apiKey };
	return await n8n.client.createCredential('Header Auth', 'httpHeaderAuth', data);
}

/**
 * Starts the official client, which asks for one session after the other.
 *
 * @param url Base URL of the API
 */
export async function startOfficialLoop(url: string, apiKey: string): Promise<Contender> {
	const loop = fork(join(__dirname, 'officialLoop.cjs'), { execArgv: [] });
	const ask = async (message: object) => {
		loop.send(message);
		const [answer] = await once(loop, 'message');
		return answer as GetResult & { peakKB: number };
	};
	await ask({ url, apiKey });
	let peak = 0;
	return {
		async get(ids) {
			const { peakKB, ...outcome } = await ask({ ids });
			peak = peakKB;
			return outcome;
		},
		async stop() {
			loop.disconnect();
			return peak;
		},
	};
}

/** What gets sessions, each started in a process of its own with the simulator's first key. */
export const CONTENDERS = {
	ComplyCube: async (simulator: Simulator) =>
		await startInN8n(simulator, async (sandbox) => complyCubeGet(sandbox, sandbox.credential)),

	'ComplyCube, Batching': async (simulator: Simulator) =>
		await startInN8n(simulator, async (sandbox) =>
			complyCubeGet(sandbox, sandbox.credential, {
				batching: { batch: { batchSize: 20, batchInterval: 1 } },
			}),
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
