import { randomBytes } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';
import { startSimulator, type Simulator, type SimulatorOptions } from '../../simulator/server.cts';
import { runNode, type RunRequest, type RunResult } from './engine.cts';

export const TEST_KEY = 'test_simulator_key_0001';
export const LIVE_KEY = 'live_simulator_key_0001';

/** Nothing here is about speed unless a test says so. */
export const UNLIMITED: SimulatorOptions = { rateLimit: null, processingMs: 0 };

export interface Call extends Partial<RunRequest> {
	operation: string;
	/** The 'Workflow Session' parameter; by default each input item's `id` */
	id?: unknown;
	more?: IDataObject;
	credentialChanges?: IDataObject;
}

/** The Workflow Session resource of the built node, against one simulator. */
export class WorkflowSessionCalls {
	private constructor(readonly simulator: Simulator) {}

	static async start(options: SimulatorOptions = UNLIMITED) {
		return new WorkflowSessionCalls(await startSimulator(options));
	}

	async run({ operation, id, more, credentialChanges, ...request }: Call): Promise<RunResult> {
		return await runNode({
			parameters: {
				resource: 'workflowSession',
				operation,
				workflowSessionId: { __rl: true, mode: 'id', value: id ?? '={{ $json.id }}' },
				...more,
			},
			credential: {
				apiKey: TEST_KEY,
				baseUrl: this.simulator.url,
				requestsPerSecond: 10_000,
				...credentialChanges,
			},
			...request,
		});
	}

	/** A key that no other test has used, so that none of its refusals are remembered. */
	freshKey(): string {
		const key = `test_${randomBytes(12).toString('hex')}`;
		this.simulator.settings.keys.push(key);
		return key;
	}

	/** Adds sessions, oldest first. */
	seed(count: number, fields: IDataObject = {}) {
		return this.simulator.workflowSessions.seed({ count, ...fields });
	}

	/** What the simulator received, as "GET /v1/…". */
	requested(): string[] {
		return this.simulator.requests.map(({ method, path }) => `${method} ${path}`);
	}

	/** How often Complete and Cancel took effect, over all sessions. */
	effects() {
		const all = this.simulator.workflowSessions.list().map(({ effects }) => effects);
		return {
			complete: all.reduce((sum, { complete }) => sum + complete, 0),
			cancel: all.reduce((sum, { cancel }) => sum + cancel, 0),
		};
	}
}
