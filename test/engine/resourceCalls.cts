import type { IDataObject } from 'n8n-workflow';
import { startSimulator, type Simulator, type SimulatorOptions } from '../../simulator/server.cts';
import { runNode, type RunRequest, type RunResult } from './engine.cts';

/** One run of the node; what stands in `parameters` is given to it beside resource and operation. */
export interface Call extends Partial<RunRequest> {
	operation: string;
	parameters?: IDataObject;
}

/** What ComplyCube got to see of a request. */
export interface Sent {
	method: string;
	path: string;
	query?: IDataObject;
	body?: unknown;
}

/** As the editor stores what was entered by ID, or as an expression. */
export const byId = (value: unknown) => ({ __rl: true, mode: 'id', value });

/** A resource of the built node, against one simulator. */
export class ResourceCalls {
	private constructor(
		private readonly resource: string,
		readonly simulator: Simulator,
	) {}

	static async start(resource: string, options: SimulatorOptions = {}) {
		const simulator = await startSimulator({ rateLimit: null, processingMs: 0, ...options });
		return new ResourceCalls(resource, simulator);
	}

	async run({ operation, parameters, ...request }: Call): Promise<RunResult> {
		return await runNode({
			parameters: { resource: this.resource, operation, ...parameters },
			credential: {
				apiKey: 'test_simulator_key_0001',
				baseUrl: this.simulator.url,
				requestsPerSecond: 10_000,
			},
			...request,
		});
	}

	/** Answers every request from now on, instead of the simulated API. */
	answerWith(json: unknown): void {
		this.simulator.faults.add({ kind: 'reply', status: 200, body: { json } });
	}

	/** The requests so far, each without what it did not have. */
	sent(): Sent[] {
		return this.simulator.requests.map(({ method, path, query, body }) => ({
			method,
			path: path.replace('/v1', ''),
			...(Object.keys(query).length > 0 && { query: query as IDataObject }),
			...(body !== undefined && { body }),
		}));
	}
}
