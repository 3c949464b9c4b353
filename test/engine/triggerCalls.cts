import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import type {
	IDataObject,
	INode,
	INodeExecutionData,
	INodeListSearchResult,
	INodeType,
	IRun,
	IWebhookData,
	IWebhookDescription,
	Workflow as WorkflowType,
	WorkflowActivateMode,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import type { Delivery, Emission, ForgeryOrder } from '../../simulator/deliveries.cts';
import { startSimulator, type Simulator, type SimulatorOptions } from '../../simulator/server.cts';
import { PACKAGE_ROOT } from '../built/packed.cts';
import { additionalDataFor } from '../built/engine.cts';
import { INSTANT } from './resourceCalls.cts';
import n8nCore = require('n8n-core');
import n8nWorkflow = require('n8n-workflow');

const {
	ActiveWorkflowTriggers,
	HookContext,
	LoadOptionsContext,
	TriggerContext,
	TriggersAndPollers,
	WebhookContext,
	WorkflowExecute,
} = n8nCore;
const { createRunExecutionData, NodeHelpers, Workflow } = n8nWorkflow;

export const TRIGGER_TYPE = 'n8n-nodes-complycube.complyCubeTrigger';

/** A workflow in n8n's database; its only node is the trigger. */
export interface StoredWorkflow {
	id: string;
	name: string;
	node: INode;
	/** As JSON, because only data survives a restart */
	staticData: string;
	active: boolean;
	/** Whether n8n passes on requests to the production URL */
	registered: boolean;
}

/** An execution that a delivery started. */
export interface Run {
	workflowId: string;
	mode: WorkflowExecuteMode;
	json: IDataObject;
	/** The error that the trigger threw, which is then all of the execution */
	error?: Error;
}

/** A request to n8n as its own middleware prepares it. */
export type N8nRequest = http.IncomingMessage & {
	rawBody?: Buffer;
	readRawBody: () => Promise<void>;
	body: unknown;
};

interface LogLine {
	level: string;
	message: string;
	more: unknown[];
}

const log: LogLine[] = [];

/** The built nodes as one process of n8n has them: they share their memory with each other only. */
interface Process {
	trigger: INodeType;
	/** Only loaded for tests that use it, because it takes long */
	node?: INodeType;
}

/** Loads the whole package anew, as a new process would, but n8n itself only once. */
function newProcess(hasNode = false): Process {
	const built = (file: string) => require(join(PACKAGE_ROOT, 'dist/nodes/ComplyCube', file));
	let process: Process | undefined;
	jest.isolateModules(() => {
		jest.doMock('n8n-workflow', () => n8nWorkflow);
		const { ComplyCubeTrigger } = built('ComplyCubeTrigger.node.js');
		process = { trigger: new ComplyCubeTrigger() };
		if (hasNode) process.node = new (built('ComplyCube.node.js').ComplyCube)();
		jest.dontMock('n8n-workflow');
	});
	return process!;
}

/** Adds the methods of n8n's web framework to a response. */
function withHelpers(response: http.ServerResponse) {
	const helped = Object.assign(response, {
		status: (code: number) => Object.assign(helped, { statusCode: code }),
		send: (text: string) => {
			response.setHeader('content-type', 'text/html; charset=utf-8');
			return response.end(text);
		},
		json: (body: unknown) => {
			response.setHeader('content-type', 'application/json; charset=utf-8');
			return response.end(JSON.stringify(body));
		},
	});
	return helped;
}

type N8nResponse = ReturnType<typeof withHelpers>;

/**
 * An n8n with workflows that begin with the built trigger, and a simulator. It follows the steps of n8n's own
 * ActiveWorkflowManager, LiveWebhooks and TestWebhooks, and uses n8n's own contexts and static data.
 */
export class N8n {
	/** Every execution, oldest first */
	readonly runs: Run[] = [];
	/** Every line of the log, which all instances of a test file share */
	readonly log = log;
	readonly workflows: StoredWorkflow[] = [];

	/** n8n's WEBHOOK_URL */
	webhookUrl = '';
	credential: IDataObject = {};
	/** Called when an execution starts; if it throws, n8n cannot start the execution */
	onRun: () => Promise<void> | void = () => {};
	/** Called before the trigger sees a request, which it may change */
	onRequest: (request: N8nRequest, response: http.ServerResponse) => void = () => {};

	/** Workflows that listen for a test event, with their static data as JSON, by path */
	private readonly listeners = new Map<string, { workflow: StoredWorkflow; staticData: string }>();
	private readonly underWay = new Set<Promise<void>>();
	private readonly server: http.Server;

	private constructor(
		readonly simulator: Simulator,
		public process: Process,
	) {
		this.server = http.createServer((request, response) => {
			const handling = this.receive(request as N8nRequest, withHelpers(response));
			this.underWay.add(handling);
			void handling.finally(() => this.underWay.delete(handling));
		});
	}

	/** Starts n8n and the simulator. */
	static async start(options: SimulatorOptions = INSTANT): Promise<N8n> {
		const process = newProcess();
		const n8n = new N8n(await startSimulator(options), process);
		await new Promise<void>((resolve) => n8n.server.listen(0, '127.0.0.1', resolve));
		n8n.reset();
		n8n.listenToLog(await n8n.contextOf(n8n.add(), 'trigger', 'activate'));
		n8n.reset();
		return n8n;
	}

	/** Starts again with an empty n8n and account, and a new API key. */
	reset(): void {
		this.simulator.reset();
		for (const list of [this.runs, this.log, this.workflows]) list.length = 0;
		this.listeners.clear();
		this.process = newProcess();
		this.onRun = this.onRequest = () => {};
		const apiKey = `test_${randomUUID()}`;
		this.simulator.settings.keys.push(apiKey);
		this.credential = { apiKey, baseUrl: this.simulator.url, requestsPerSecond: 10_000 };
		this.webhookUrl = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
	}

	/** Waits until n8n has finished what it does after its answers. */
	async idle(): Promise<void> {
		await Promise.all(this.underWay);
	}

	async close(): Promise<void> {
		this.server.closeAllConnections();
		await new Promise((resolve) => this.server.close(resolve));
		await this.simulator.close();
	}

	/** Saves a workflow. */
	add(parameters: IDataObject = {}): StoredWorkflow {
		const number = this.workflows.length + 1;
		const workflow: StoredWorkflow = {
			id: `workflow${number}`,
			name: `Onboarding ${number}`,
			node: {
				id: randomUUID(),
				name: 'ComplyCube Trigger',
				type: TRIGGER_TYPE,
				typeVersion: 1.1,
				position: [0, 0],
				webhookId: randomUUID(),
				credentials: { complyCubeApi: { id: '1', name: 'Test' } },
				parameters: parameters as INode['parameters'],
			},
			staticData: '{}',
			active: false,
			registered: false,
		};
		this.workflows.push(workflow);
		return workflow;
	}

	/** Saves and publishes a workflow. */
	async published(parameters: IDataObject = {}): Promise<StoredWorkflow> {
		const workflow = this.add(parameters);
		await this.publish(workflow);
		return workflow;
	}

	/** Publishes a workflow as the user does, again if it is published already. */
	async publish(workflow: StoredWorkflow): Promise<void> {
		if (workflow.active) await this.unpublish(workflow);
		await this.activate(workflow, 'activate');
		workflow.active = true;
	}

	async unpublish(workflow: StoredWorkflow): Promise<void> {
		await this.clearWebhooks(workflow);
		workflow.active = false;
	}

	/**
	 * Starts a new process with the same database.
	 *
	 * @returns the errors of workflows that could not be activated; n8n itself tries again later
	 */
	async restart(): Promise<Error[]> {
		this.process = newProcess();
		this.listeners.clear();
		const errors: Error[] = [];
		for (const workflow of this.workflows.filter(({ active }) => active)) {
			workflow.registered = false;
			await this.activate(workflow, 'init').catch((error) => errors.push(error));
		}
		return errors;
	}

	/** Tries again to activate a workflow, as n8n does in the same process. */
	async retry(workflow: StoredWorkflow): Promise<void> {
		await this.activate(workflow, 'init');
	}

	/** Finds the IDs of the nodes that n8n keeps in memory: at a start n8n 2 checks the webhooks of these only. */
	async inMemory(workflow: StoredWorkflow): Promise<string[]> {
		const none = {
			scoped: () => none,
			debug: () => {},
			deregisterGroup: () => {},
			hasTarget: () => false,
			getTargetIds: () => [],
		};
		const triggers = new ActiveWorkflowTriggers(
			none as never,
			none as never,
			new TriggersAndPollers(),
			none as never,
			none as never,
		);
		await triggers.addAllTriggers(
			workflow.id,
			this.engine(workflow, workflow.staticData),
			await this.additionalData(),
			'trigger',
			'activate',
			(...context) => new TriggerContext(...context),
			() => ({}) as never,
		);
		return [...triggers.getRegisteredTriggerNodeIds(workflow.id)];
	}

	/** Runs the execution that a delivery started in n8n's engine. */
	async carryOut(
		workflow: StoredWorkflow,
		items: INodeExecutionData[],
		mode: WorkflowExecuteMode,
	): Promise<IRun> {
		const running = this.engine(workflow, workflow.staticData);
		const node = running.getNode(workflow.node.name)!;
		const data = createRunExecutionData({
			executionData: {
				nodeExecutionStack: [{ node, data: { main: [items] }, source: null }],
			},
		});
		const additionalData = Object.assign(await this.additionalData(), {
			executionId: randomUUID(),
		});
		const execution = new WorkflowExecute(additionalData, mode, data);
		return await execution.processRunExecutionData(running);
	}

	/** Listens for a test event as the user does. */
	async listen(workflow: StoredWorkflow): Promise<void> {
		const running = this.engine(workflow, '{}');
		const path = `/webhook-test/${this.pathOf(workflow)}`;
		this.listeners.set(path, { workflow, staticData: '{}' });
		try {
			await this.createIfMissing(workflow, running, 'manual', 'manual', true);
			this.listeners.set(path, { workflow, staticData: JSON.stringify(running.staticData) });
		} catch (error) {
			await this.stopListening(workflow);
			throw error;
		}
	}

	/** Stops listening, as n8n does after 120 seconds or the user does. */
	async stopListening(workflow: StoredWorkflow): Promise<void> {
		const path = `/webhook-test/${this.pathOf(workflow)}`;
		const listener = this.listeners.get(path);
		if (!listener) return;
		const running = this.engine(workflow, listener.staticData);
		await this.hook('delete', workflow, running, 'internal', 'update', true);
		this.listeners.delete(path);
	}

	/** Starts a new process that has the action node as well. */
	loadNode(): void {
		this.process = newProcess(true);
	}

	/** Searches a list of the action node, as the editor does. */
	async search(list: string): Promise<INodeListSearchResult> {
		const running = this.engine(this.add(), '{}');
		const [node] = Object.values(running.nodes);
		const context = new LoadOptionsContext(
			running,
			node,
			await this.additionalData(),
			'parameters.any',
		);
		return await this.process.node!.methods!.listSearch![list].call(context as never);
	}

	/** Reads what the trigger stored in the database. */
	stored(workflow: StoredWorkflow): IDataObject {
		return (JSON.parse(workflow.staticData)[`node:${workflow.node.name}`] ?? {}) as IDataObject;
	}

	store(workflow: StoredWorkflow, data: IDataObject): void {
		workflow.staticData = JSON.stringify({ [`node:${workflow.node.name}`]: data });
	}

	url(workflow: StoredWorkflow, isTest = false): string {
		return `${this.webhookUrl}/${isTest ? 'webhook-test' : 'webhook'}/${this.pathOf(workflow)}`;
	}

	/** The requests that n8n sent to the simulator, e.g. "GET /webhooks". */
	requested(): string[] {
		return this.simulator.requests.map(
			({ method, path }) => `${method} ${path.replace('/v1', '')}`,
		);
	}

	/** Delivers an event to its webhooks, and waits for n8n's first answer to each. */
	async deliver(emission: Emission): Promise<Delivery[]> {
		return await untilAnswered(this.simulator.deliveries.emit(emission));
	}

	async deliverAgain({ id }: Delivery): Promise<Delivery> {
		const [again] = await untilAnswered([this.simulator.deliveries.redeliver(id)!]);
		return again;
	}

	async forge(order: ForgeryOrder): Promise<Delivery> {
		const [forged] = await untilAnswered([this.simulator.deliveries.forge(order)]);
		return forged;
	}

	private pathOf({ id, node }: StoredWorkflow): string {
		return NodeHelpers.getNodeWebhookPath(id, node, 'webhook');
	}

	/** Records every log line, and keeps it from the terminal. */
	private listenToLog({ logger }: { logger: object }): void {
		for (const level of ['error', 'warn', 'info', 'debug'] as const) {
			jest
				.spyOn(logger as Record<typeof level, (message: string, ...more: unknown[]) => void>, level)
				.mockImplementation((message, ...more) => void log.push({ level, message, more }));
		}
	}

	private engine({ id, name, node, active }: StoredWorkflow, staticData: string): WorkflowType {
		const getByNameAndVersion = () => this.process.trigger;
		return new Workflow({
			id,
			name,
			active,
			nodes: [
				{
					...node,
					// As n8n does when it saves or runs a node
					parameters: NodeHelpers.getNodeParameters(
						this.process.trigger.description.properties,
						node.parameters,
						true,
						false,
						node,
						this.process.trigger.description,
					)!,
				},
			],
			connections: {},
			nodeTypes: {
				getByName: getByNameAndVersion,
				getByNameAndVersion,
				getKnownTypes: () => ({}),
			} as never,
			staticData: JSON.parse(staticData),
			settings: { executionOrder: 'v1' },
		});
	}

	private async additionalData() {
		return Object.assign(await additionalDataFor(this.credential), {
			webhookBaseUrl: `${this.webhookUrl}/webhook`,
			webhookTestBaseUrl: `${this.webhookUrl}/webhook-test`,
		});
	}

	private async webhookDataOf(workflow: StoredWorkflow, isTest: boolean): Promise<IWebhookData> {
		const [webhookDescription] = this.process.trigger.description.webhooks as IWebhookDescription[];
		return {
			httpMethod: 'POST',
			node: workflow.node.name,
			path: this.pathOf(workflow),
			webhookDescription,
			workflowId: workflow.id,
			workflowExecuteAdditionalData: await this.additionalData(),
			isTest,
		};
	}

	private async contextOf(
		workflow: StoredWorkflow,
		mode: WorkflowExecuteMode,
		activation: WorkflowActivateMode,
		running = this.engine(workflow, workflow.staticData),
		isTest = false,
	) {
		const data = await this.webhookDataOf(workflow, isTest);
		const node = running.getNode(workflow.node.name)!;
		const { workflowExecuteAdditionalData } = data;
		return new HookContext(running, node, workflowExecuteAdditionalData, mode, activation, data);
	}

	private async hook(
		name: 'checkExists' | 'create' | 'delete',
		workflow: StoredWorkflow,
		running: WorkflowType,
		mode: WorkflowExecuteMode,
		activation: WorkflowActivateMode,
		isTest = false,
	): Promise<boolean> {
		const context = await this.contextOf(workflow, mode, activation, running, isTest);
		const result = await this.process.trigger.webhookMethods!.default![name]!.call(context);
		// If it were false, n8n would publish a workflow that receives nothing
		if (name === 'create') expect(result).toBe(true);
		return result;
	}

	private async createIfMissing(...[workflow, running, mode, activation, isTest]: Creation) {
		const rest = [workflow, running, mode, activation, isTest] as const;
		if (!(await this.hook('checkExists', ...rest))) await this.hook('create', ...rest);
	}

	private async activate(workflow: StoredWorkflow, activation: WorkflowActivateMode) {
		const running = this.engine(workflow, workflow.staticData);
		try {
			workflow.registered = true;
			await this.createIfMissing(workflow, running, 'trigger', activation, false);
		} catch (error) {
			await this.clearWebhooks(workflow);
			throw error;
		}
		this.save(workflow, running);
	}

	private async clearWebhooks(workflow: StoredWorkflow): Promise<void> {
		const running = this.engine(workflow, workflow.staticData);
		await this.hook('delete', workflow, running, 'internal', 'update');
		this.save(workflow, running);
		workflow.registered = false;
	}

	private save(workflow: StoredWorkflow, { staticData }: WorkflowType): void {
		if (staticData.__dataChanged) workflow.staticData = JSON.stringify(staticData);
	}

	private async receive(request: N8nRequest, response: N8nResponse): Promise<void> {
		request.readRawBody = async () => {
			request.rawBody ??= await buffer(request);
		};
		const path = request.url!.split('?')[0];
		const listener = this.listeners.get(path);
		const workflow = this.workflows.find(
			(each) => each.registered && path === `/webhook/${this.pathOf(each)}`,
		);
		try {
			if (request.headers['content-type']?.startsWith('application/json')) {
				await request.readRawBody();
				request.body = request.rawBody!.length > 0 ? JSON.parse(request.rawBody!.toString()) : {};
			}
		} catch {
			response.status(422).json({ message: 'Failed to parse request body' });
			return;
		}
		this.onRequest(request, response);
		if (listener) await this.receiveTest(listener, request, response);
		else if (workflow) await this.receiveLive(workflow, request, response);
		else response.status(404).json({ message: 'The requested webhook is not registered.' });
	}

	private async receiveLive(workflow: StoredWorkflow, request: N8nRequest, response: N8nResponse) {
		const running = this.engine(workflow, workflow.staticData);
		await this.execute(workflow, running, 'webhook', request, response, () =>
			this.save(workflow, running),
		);
	}

	private async receiveTest(
		{ workflow, staticData }: { workflow: StoredWorkflow; staticData: string },
		request: N8nRequest,
		response: N8nResponse,
	) {
		const running = this.engine(workflow, '{}');
		running.setTestStaticData(JSON.parse(staticData));
		const started = await this.execute(workflow, running, 'manual', request, response, () => {});
		if (started) await this.stopListening(workflow);
	}

	/** @returns whether an execution started */
	private async execute(
		workflow: StoredWorkflow,
		running: WorkflowType,
		mode: WorkflowExecuteMode,
		request: N8nRequest,
		response: N8nResponse,
		save: () => void,
	): Promise<boolean> {
		const data = await this.webhookDataOf(workflow, mode === 'manual');
		const additionalData = Object.assign(data.workflowExecuteAdditionalData, {
			httpRequest: request,
			httpResponse: response,
		});
		const node = running.getNode(workflow.node.name)!;
		const context = new WebhookContext(
			running,
			node,
			additionalData as never,
			mode,
			data,
			[],
			null,
		);
		const about = { workflowId: workflow.id, mode };
		try {
			const result = await this.process.trigger.webhook!.call(context);
			const items = result.workflowData?.[0];
			if (items) await this.onRun();
			this.runs.push(...(items ?? []).map(({ json }) => ({ ...about, json })));
			save();
			if (result.noWebhookResponse)
				expect([items, response.writableEnded]).toEqual([undefined, true]);
			else if (result.webhookResponse !== undefined)
				response.send(result.webhookResponse as string);
			// An execution started, and by the node's description n8n answers without a body
			else response.end();
			return items !== undefined;
		} catch (error) {
			this.runs.push({ ...about, json: {}, error: error as Error });
			response.status(500).json({ message: 'Error in workflow' });
			return false;
		}
	}
}

type Creation = [
	workflow: StoredWorkflow,
	running: WorkflowType,
	mode: WorkflowExecuteMode,
	activation: WorkflowActivateMode,
	isTest: boolean,
];

/** Waits for the first answer to each delivery. */
async function untilAnswered(deliveries: Delivery[]): Promise<Delivery[]> {
	while (deliveries.some(({ state, attempts }) => state === 'pending' && attempts.length === 0)) {
		await new Promise((resolve) => setTimeout(resolve, 2));
	}
	return deliveries;
}
