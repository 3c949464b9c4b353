import { setTimeout as sleep } from 'node:timers/promises';

import { decodeExecution, type Execution, type StoredExecution } from './execution.cts';
import { generationOf, type N8nGeneration, type RestRequest } from './n8nGeneration.cts';
import type { StoredCredential, StoredWorkflow, Workflow } from './workflow.cts';

const POLL_INTERVAL_MS = 150;
const DEFAULT_TIMEOUT_MS = 60_000;
const FINAL_STATUSES = ['success', 'error', 'canceled', 'crashed'];
const MANUAL_TRIGGER = 'n8n-nodes-base.manualTrigger';

/** An account of an n8n instance. */
export interface Login {
	email: string;
	/** At least 8 characters with a digit and a capital letter, or n8n refuses it. */
	password: string;
}

/** A request for a page of a resource locator's list. */
export interface ListSearchRequest {
	/** Full node type, for example `n8n-nodes-complycube.complyCube`. */
	nodeType: string;
	typeVersion: number;
	/** Name of the resource locator parameter. */
	parameter: string;
	/** `searchListMethod` of the parameter. */
	method: string;
	/** The node's parameters as they stand in the editor. */
	currentNodeParameters: Record<string, unknown>;
	credentials: Record<string, { id: string; name: string }>;
	/** What the person typed into the search field. */
	filter?: string;
	/** `paginationToken` of the page before. */
	paginationToken?: string;
}

/** A page of a resource locator's list. */
export interface ListSearchResult {
	results: Array<{ name: string; value: string | number; url?: string; description?: string }>;
	paginationToken?: unknown;
}

/** A node type as the editor gets it. */
export interface NodeType {
	name: string;
	displayName: string;
	version: number | number[];
	properties: Array<Record<string, unknown>>;
	[part: string]: unknown;
}

/** From where a workflow is started by hand. */
interface Start {
	/** Name of the trigger; without it, the manual trigger. */
	triggerNode?: string;
	/** What the trigger puts out, of one that waits for something: a chat's message, for example. */
	triggerItem?: Record<string, unknown>;
}

interface PublicationStatus {
	status: 'in_progress' | 'published' | 'partial' | 'failed' | 'not_published';
	triggers: Array<{ errorMessage: string | null }>;
}

/** An answer of n8n that is not a success. */
export class N8nResponseError extends Error {
	constructor(
		request: string,
		/** HTTP status. */
		readonly status: number,
		/** n8n's own words. */
		readonly reason: string,
	) {
		super(`${request} was answered with ${status}: ${reason}`);
		this.name = 'N8nResponseError';
	}
}

/** An n8n that is kept busy by a workflow answers 503 for a while. */
function ignoreIfBusy(error: unknown): undefined {
	if (!(error instanceof N8nResponseError && error.status === 503)) throw error;
}

/**
 * Client of the REST API that n8n's editor uses. Every method throws an N8nResponseError when n8n
 * refuses the request.
 *
 * Log in first. n8n ties its session cookie to the `browser-id` header of the login, when there is
 * one; this client sends none.
 */
export class N8nClient {
	private cookie = '';
	private knownGeneration?: N8nGeneration;

	/** @param url Address of the editor, without a slash at the end */
	constructor(readonly url: string) {}

	/** Creates the owner of a fresh instance and logs in as it. */
	async setUpOwner({ email, password }: Login): Promise<void> {
		await this.request('POST', '/rest/owner/setup', {
			email,
			password,
			firstName: 'Sandbox',
			lastName: 'Owner',
		});
	}

	/** Logs in. The session holds across restarts of the instance. */
	async login({ email, password }: Login): Promise<void> {
		await this.request('POST', '/rest/login', { emailOrLdapLoginId: email, password });
	}

	/** Tells whether the instance has no owner yet. */
	async needsOwner(): Promise<boolean> {
		const settings = await this.request<{ userManagement: { showSetupOnFirstLoad: boolean } }>(
			'GET',
			'/rest/settings',
		);
		return settings.userManagement.showSetupOnFirstLoad;
	}

	/** Node types of the instance, those of community packages as `<package>.<node>`. */
	async listNodeTypes(): Promise<NodeType[]> {
		const response = await this.send('GET', '/types/nodes.json');
		return (await response.json()) as NodeType[];
	}

	/** Saves a new credential. */
	async createCredential(
		name: string,
		type: string,
		data: Record<string, unknown>,
	): Promise<StoredCredential> {
		return await this.request('POST', '/rest/credentials', { name, type, data });
	}

	/** Replaces what a saved credential holds. */
	async updateCredential(
		{ id, name, type }: StoredCredential,
		data: Record<string, unknown>,
	): Promise<void> {
		await this.request('PATCH', `/rest/credentials/${id}`, { name, type, data });
	}

	/** The saved credentials. */
	async listCredentials(): Promise<StoredCredential[]> {
		return await this.request('GET', '/rest/credentials');
	}

	/**
	 * Runs a credential's test, as the editor does on saving.
	 *
	 * @param credential A saved credential
	 * @param data The form's content, which is what n8n tests; not what is saved
	 * @returns `status` is `OK` or `Error`, `message` what the editor shows
	 */
	async testCredential(
		{ id, name, type }: StoredCredential,
		data: Record<string, unknown>,
	): Promise<{ status: string; message: string }> {
		return await this.request('POST', '/rest/credentials/test', {
			credentials: { id, name, type, data },
		});
	}

	/** Saves a new workflow. An exported one will do: what belongs to its old instance is left out. */
	async createWorkflow(workflow: Workflow): Promise<StoredWorkflow> {
		return await this.request('POST', '/rest/workflows', {
			...importable(workflow),
			active: false,
		});
	}

	/** Replaces the content of a saved workflow. */
	async updateWorkflow(id: string, workflow: Workflow): Promise<StoredWorkflow> {
		return await this.request('PATCH', `/rest/workflows/${id}`, importable(workflow));
	}

	/** A saved workflow. */
	async getWorkflow(id: string): Promise<StoredWorkflow> {
		return await this.request('GET', `/rest/workflows/${id}`);
	}

	/** The saved workflows, without their nodes. */
	async listWorkflows(): Promise<
		Array<Pick<StoredWorkflow, 'id' | 'name' | 'active' | 'isArchived'>>
	> {
		return await this.request('GET', '/rest/workflows');
	}

	/**
	 * Saves a new workflow and publishes it.
	 *
	 * @returns Its ID
	 * @throws Error with n8n's own sentence when it cannot be published
	 */
	async publish(workflow: Workflow): Promise<string> {
		const { id } = await this.createWorkflow(workflow);
		await this.activate(id);
		return id;
	}

	/**
	 * Publishes the saved version of a workflow and waits until its triggers listen.
	 *
	 * @throws Error with n8n's reasons when a trigger cannot be set up
	 */
	async activate(id: string): Promise<void> {
		const { activate, publicationStatus } = await this.fetchGeneration();
		await this.call(activate(await this.getWorkflow(id)));
		if (publicationStatus === undefined) return;
		const { status, triggers } = await this.waitForPublication(publicationStatus(id));
		if (status !== 'published') {
			const reasons = triggers.map(({ errorMessage }) => errorMessage).filter(Boolean);
			throw new Error(`Workflow ${id} is "${status}": ${reasons.join('; ')}`);
		}
	}

	/** Takes a workflow's triggers down and waits until they are. */
	async deactivate(id: string): Promise<void> {
		const { deactivate, publicationStatus } = await this.fetchGeneration();
		await this.call(deactivate(id));
		if (publicationStatus !== undefined) await this.waitForPublication(publicationStatus(id));
	}

	/**
	 * Starts a workflow by hand and does not wait for its end.
	 *
	 * @returns Id of the execution
	 */
	async startWorkflow(id: string, { triggerNode, triggerItem }: Start = {}): Promise<string> {
		const workflow = await this.getWorkflow(id);
		const name = triggerNode ?? workflow.nodes.find(({ type }) => type === MANUAL_TRIGGER)?.name;
		if (name === undefined) throw new Error(`Workflow "${workflow.name}" has no manual trigger`);
		const { executionId } = await this.startFrom(workflow, name, triggerItem);
		if (executionId === undefined) throw new Error(`"${name}" waits for a webhook call`);
		return executionId;
	}

	/**
	 * Lets a trigger with a webhook listen for one test event, as the editor's button on it does. n8n stops by itself
	 * after the event, or after two minutes.
	 */
	async listenForTestEvent(id: string, triggerNode: string): Promise<void> {
		const { executionId } = await this.startFrom(await this.getWorkflow(id), triggerNode);
		if (executionId) throw new Error(`"${triggerNode}" does not wait for a webhook call`);
	}

	/** Ends the listening for a test event; what the trigger registered is removed after the answer. */
	async stopListening(id: string): Promise<void> {
		await this.request('DELETE', `/rest/test-webhook/${id}`);
	}

	/**
	 * Starts a workflow by hand and waits for its end, be it a good one or not.
	 *
	 * @param timeoutMs How long to wait at most, in milliseconds
	 */
	async runWorkflow(
		id: string,
		{ timeoutMs, ...start }: Start & { timeoutMs?: number } = {},
	): Promise<Execution> {
		return await this.waitForExecution(await this.startWorkflow(id, start), timeoutMs);
	}

	/** An execution as it stands. A running one has no data yet. */
	async getExecution(id: string): Promise<Execution> {
		return decodeExecution(await this.request<StoredExecution>('GET', `/rest/executions/${id}`));
	}

	/**
	 * Waits until an execution ended.
	 *
	 * @param timeoutMs How long to wait at most, in milliseconds
	 * @throws Error when it is still running then
	 */
	async waitForExecution(id: string, timeoutMs = DEFAULT_TIMEOUT_MS): Promise<Execution> {
		const deadline = Date.now() + timeoutMs;
		for (;;) {
			const execution = await this.getExecution(id).catch(ignoreIfBusy);
			if (execution && FINAL_STATUSES.includes(execution.status)) return execution;
			if (Date.now() > deadline) {
				throw new Error(`Execution ${id} is still "${execution?.status}" after ${timeoutMs} ms`);
			}
			await sleep(POLL_INTERVAL_MS);
		}
	}

	/** Executions of a workflow, the newest first. */
	async listExecutions(
		workflowId: string,
	): Promise<Array<Pick<Execution, 'id' | 'status' | 'mode'>>> {
		const filter = encodeURIComponent(JSON.stringify({ workflowId }));
		const { results } = await this.request<{ results: Execution[] }>(
			'GET',
			`/rest/executions?filter=${filter}`,
		);
		return results;
	}

	/** Stops a running execution, as the editor's stop button does. */
	async stopExecution(id: string): Promise<void> {
		await this.request('POST', `/rest/executions/${id}/stop`);
	}

	/** Fetches a page of a resource locator's list, as the editor does when the list is opened. */
	async listSearch({
		nodeType,
		typeVersion,
		parameter,
		method,
		...rest
	}: ListSearchRequest): Promise<ListSearchResult> {
		return await this.request('POST', '/rest/dynamic-node-parameters/resource-locator-results', {
			...rest,
			path: `parameters.${parameter}`,
			methodName: method,
			nodeTypeAndVersion: { name: nodeType, version: typeVersion },
		});
	}

	private async startFrom(
		workflow: StoredWorkflow,
		name: string,
		item?: Record<string, unknown>,
	): Promise<{ executionId?: string }> {
		const output = item && {
			startTime: Date.now(),
			executionTime: 0,
			executionStatus: 'success',
			source: [],
			data: { main: [[{ json: item }]] },
		};
		const { run } = await this.fetchGeneration();
		return await this.call(run(workflow, { name, data: output }));
	}

	private async waitForPublication(statusRequest: RestRequest): Promise<PublicationStatus> {
		const deadline = Date.now() + DEFAULT_TIMEOUT_MS;
		for (;;) {
			const publication = await this.call<PublicationStatus>(statusRequest);
			if (publication.status !== 'in_progress') return publication;
			if (Date.now() > deadline) throw new Error('A workflow is still being published');
			await sleep(POLL_INTERVAL_MS);
		}
	}

	/** Asked for once; n8n tells its version only to whoever is logged in. */
	private async fetchGeneration(): Promise<N8nGeneration> {
		if (this.knownGeneration === undefined) {
			const { versionCli } = await this.request<{ versionCli: string }>('GET', '/rest/settings');
			this.knownGeneration = generationOf(versionCli);
		}
		return this.knownGeneration;
	}

	private async call<Answer>({ method, path, body }: RestRequest): Promise<Answer> {
		return await this.request(method, path, body);
	}

	/** Sends a request and unwraps n8n's `{ data }`. */
	private async request<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
		const response = await this.send(method, path, body);
		return ((await response.json()) as { data: Answer }).data;
	}

	private async send(method: string, path: string, body?: unknown): Promise<Response> {
		const response = await fetch(`${this.url}${path}`, {
			method,
			headers: {
				cookie: this.cookie,
				'content-type': 'application/json',
				// n8n closes a connection that was idle for seconds, which a busy process may learn too late
				connection: 'close',
			},
			body: body === undefined ? undefined : JSON.stringify(body),
		});
		if (!response.ok) {
			const text = await response.text();
			throw new N8nResponseError(`${method} ${path}`, response.status, reasonOf(text));
		}
		for (const header of response.headers.getSetCookie()) {
			if (header.startsWith('n8n-auth=')) this.cookie = header.split(';')[0];
		}
		return response;
	}
}

function importable({ name, nodes, connections, settings = {}, pinData }: Workflow): Workflow {
	return { name, nodes, connections, settings, pinData };
}

function reasonOf(text: string): string {
	try {
		return (JSON.parse(text) as { message?: string }).message ?? text;
	} catch {
		return text;
	}
}
