import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Execution, Item } from '../../sandbox/execution.cts';
import { LOGIN } from '../../sandbox/login.cts';
import type { Workflow, WorkflowNode, StoredCredential } from '../../sandbox/n8nClient.cts';
import { startN8n, type N8nInstance } from '../../sandbox/n8nInstance.cts';
import { packedTarball } from '../../sandbox/packedTarball.cts';
import { N8N_VERSION } from '../../sandbox/paths.cts';
import { startSimulator, type Simulator } from '../simulator/server.cts';

export const NODE_TYPE = 'n8n-nodes-complycube.complyCube';

/** Keys nobody else uses, so that they can be searched for in everything n8n wrote. */
export const TEST_KEY = `test_${randomBytes(16).toString('hex')}`;
export const LIVE_KEY = `live_${randomBytes(16).toString('hex')}`;

type Json = Record<string, unknown>;

export const sessionId = (value: string) => ({ __rl: true, mode: 'id', value });

/** A real n8n with the packed package in it, a simulator, and a client that is logged in. */
export class Sandbox {
	private constructor(
		readonly n8n: N8nInstance,
		readonly simulator: Simulator,
		readonly credential: StoredCredential,
	) {}

	static async start(): Promise<Sandbox> {
		const simulator = await startSimulator({
			keys: [TEST_KEY, LIVE_KEY],
			rateLimit: null,
			processingMs: 0,
		});
		const n8n = await startN8n({
			version: N8N_VERSION,
			tarball: await packedTarball(),
			env: { N8N_LOG_LEVEL: 'debug' },
		});
		await n8n.client.setUpOwner(LOGIN);
		const credential = await n8n.client.createCredential('ComplyCube', 'complyCubeApi', {
			apiKey: TEST_KEY,
			baseUrl: simulator.url,
			requestsPerSecond: 1_000,
		});
		return new Sandbox(n8n, simulator, credential);
	}

	async stop(): Promise<void> {
		await this.n8n?.stop();
		await this.simulator?.close();
	}

	/** The node under test. */
	complyCube(parameters: Json, settings: Json = {}, name = 'ComplyCube'): WorkflowNode {
		const { id } = this.credential;
		return {
			name,
			type: NODE_TYPE,
			typeVersion: 1,
			position: [600, 0],
			parameters: { resource: 'workflowSession', ...parameters },
			credentials: { complyCubeApi: { id, name: this.credential.name } },
			...settings,
		};
	}

	/** Runs input items through nodes in a row, by hand as in the editor. */
	async run(input: Json[], nodes: WorkflowNode[], timeoutMs = 120_000): Promise<Execution> {
		const { id } = await this.n8n.client.createWorkflow(inARow(input, nodes));
		return await this.n8n.client.runWorkflow(id, { timeoutMs });
	}

	/** Runs input items through one ComplyCube node. */
	async call(parameters: Json, input: Json[] = [{}], settings: Json = {}): Promise<Execution> {
		return await this.run(input, [this.complyCube(parameters, settings)]);
	}

	/** Every file n8n keeps, and everything it printed, as one text. */
	everythingWritten(): string {
		const files = (folder: string): string[] =>
			readdirSync(folder).flatMap((entry) => {
				const path = join(folder, entry);
				if (entry === 'node_modules') return [];
				return statSync(path).isDirectory() ? files(path) : [readFileSync(path, 'latin1')];
			});
		return [...files(this.n8n.userFolder), this.n8n.logs()].join('\n');
	}
}

/** A Code node that emits items, and what comes after it. */
export function inARow(input: Json[], nodes: WorkflowNode[]): Workflow {
	const all: WorkflowNode[] = [
		{
			name: 'Start',
			type: 'n8n-nodes-base.manualTrigger',
			typeVersion: 1,
			position: [0, 0],
			parameters: {},
		},
		{
			name: 'Input',
			type: 'n8n-nodes-base.code',
			typeVersion: 2,
			position: [300, 0],
			parameters: { jsCode: `return ${JSON.stringify(input.map((json) => ({ json })))};` },
		},
		...nodes,
	];
	const connections = Object.fromEntries(
		all
			.slice(1)
			.map(({ name }, i) => [all[i].name, { main: [[{ node: name, type: 'main', index: 0 }]] }]),
	);
	return { name: 'Test', nodes: all, connections, settings: { executionOrder: 'v1' } };
}

/** The node "Next", which makes of each item what an expression says, and so shows what links the items. */
export const nextNode = (jsonOutput: string): WorkflowNode => ({
	name: 'Next',
	type: 'n8n-nodes-base.set',
	typeVersion: 3.4,
	position: [900, 0],
	parameters: { mode: 'raw', jsonOutput },
});

export const jsonOf = (items: Item[] | undefined) => (items ?? []).map(({ json }) => json);
