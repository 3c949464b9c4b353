import { randomBytes } from 'node:crypto';
import { LoadOptionsContext } from 'n8n-core';
import type {
	IDataObject,
	INodeListSearchResult,
	INodePropertyOptions,
	INodeType,
} from 'n8n-workflow';
import { startSimulator, type Simulator, type SimulatorOptions } from '../../simulator/server.cts';
import {
	additionalDataFor,
	loadPackage,
	runNode,
	workflowWith,
	type RunRequest,
	type RunResult,
} from '../built/engine.cts';

export const TEST_KEY = 'test_simulator_key_0001';
export const LIVE_KEY = 'live_simulator_key_0001';

/** A simulator without delays: few tests are about speed. */
export const INSTANT: SimulatorOptions = { rateLimit: null, processingMs: 0 };

/** One run of the node. */
export interface Call extends Partial<RunRequest> {
	operation: string;
	/** The node's parameters besides resource and operation */
	parameters?: IDataObject;
	/** What differs from the default credential */
	credential?: IDataObject;
}

/** One search of a list to pick from. */
export interface Search {
	/** What the user typed */
	filter?: string;
	/** Of the next page */
	token?: string;
	/** What differs from the default credential */
	credential?: IDataObject;
	/** The node's parameters */
	parameters?: IDataObject;
}

/** A request as ComplyCube received it. */
export interface Sent {
	method: string;
	/** Without `/v1` */
	path: string;
	query?: IDataObject;
	body?: unknown;
}

/** A resource locator's value as the editor stores an ID or expression that was entered. */
export const byId = (value: unknown) => ({ __rl: true, mode: 'id', value });

/** One resource of the built node, run against a simulator of its own. */
export class ResourceCalls {
	private constructor(
		private readonly resource: string,
		private readonly defaults: IDataObject,
		readonly simulator: Simulator,
	) {}

	/**
	 * Starts the simulator.
	 *
	 * @param resource the resource to run
	 * @param options the simulator's settings, besides those of `INSTANT`
	 * @param defaults parameters of every run that does not set them itself
	 */
	static async start(
		resource: string,
		options: SimulatorOptions = {},
		defaults: IDataObject = {},
	): Promise<ResourceCalls> {
		const simulator = await startSimulator({ ...INSTANT, ...options });
		return new ResourceCalls(resource, defaults, simulator);
	}

	async run({ operation, parameters, credential, ...request }: Call): Promise<RunResult> {
		return await runNode({
			parameters: { resource: this.resource, operation, ...this.defaults, ...parameters },
			credential: this.credential(credential),
			...request,
		});
	}

	/** Searches a list to pick from, as the editor does. */
	async searchList(
		list: string,
		{ filter, token, credential, parameters }: Search = {},
	): Promise<INodeListSearchResult> {
		const { methods } = await this.loadNode();
		const context = await this.editorContext(credential, parameters);
		return await methods!.listSearch![list].call(context, filter, token);
	}

	/** Loads the options of a field, as the editor does. */
	async loadOptions(method: string, credential?: IDataObject): Promise<INodePropertyOptions[]> {
		const { methods } = await this.loadNode();
		return await methods!.loadOptions![method].call(await this.editorContext(credential));
	}

	/** Adds a key that no other test has used, so that the node remembers no refusals of it. */
	addKey(): string {
		const key = `test_${randomBytes(12).toString('hex')}`;
		this.simulator.settings.keys.push(key);
		return key;
	}

	/** Answers every request from now on with this JSON instead of the simulated API's reply. */
	answerWith(json: unknown): void {
		this.simulator.faults.add({ kind: 'reply', status: 200, body: { json } });
	}

	/** How many of the requests so far changed something at ComplyCube. */
	effects(): number {
		return this.simulator.requests.filter(({ tookEffect }) => tookEffect).length;
	}

	private credential(changes: IDataObject = {}): IDataObject {
		return {
			apiKey: TEST_KEY,
			baseUrl: this.simulator.url,
			requestsPerSecond: 10_000,
			...changes,
		};
	}

	private async loadNode(): Promise<INodeType> {
		return (await loadPackage()).getNode('complyCube').type as INodeType;
	}

	/** What n8n hands to a method that fills a list. */
	private async editorContext(changes?: IDataObject, currentNodeParameters: IDataObject = {}) {
		const credential = this.credential(changes);
		const workflow = await workflowWith({ parameters: {}, credential });
		return new LoadOptionsContext(
			workflow,
			workflow.getNode('ComplyCube')!,
			{
				...(await additionalDataFor(credential)),
				currentNodeParameters: currentNodeParameters as never,
			},
			'parameters.any',
		) as never;
	}

	/** How many of the requests so far are POSTs, whatever became of them. */
	posts(): number {
		return this.simulator.requests.filter(({ method }) => method === 'POST').length;
	}

	/** The requests so far, each without the parts it did not have. */
	sent(): Sent[] {
		return this.simulator.requests.map(({ method, path, query, body }) => ({
			method,
			path: path.replace('/v1', ''),
			...(Object.keys(query).length > 0 && { query: query as IDataObject }),
			...(body !== undefined && { body }),
		}));
	}
}

/** Calls of the Workflow Session resource: by default each input item's `id` is the session. */
export const startSessionCalls = async (options?: SimulatorOptions) =>
	await ResourceCalls.start('workflowSession', options, {
		workflowSessionId: byId('={{ $json.id }}'),
	});
