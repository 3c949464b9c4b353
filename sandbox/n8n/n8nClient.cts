import { waitFor } from '../process/waitFor.cts';
import {
	decodeExecution,
	type Execution,
	type ExecutionStatus,
	type StoredExecution,
} from './execution.cts';
import { generationOf, type N8nGeneration, type RestRequest } from './n8nGeneration.cts';
import type { StoredCredential, StoredWorkflow, Workflow } from './workflow.cts';

const DEFAULT_TIMEOUT_MS = 60_000;
const FINAL_STATUSES = ['success', 'error', 'canceled', 'crashed'];
const MANUAL_TRIGGER = 'n8n-nodes-base.manualTrigger';

/** An account of an n8n instance. */
export interface Login {
	email: string;
	/** n8n wants at least 8 characters, with a digit and a capital letter. */
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
	/** The node's parameters as entered in the editor. */
	currentNodeParameters: Record<string, unknown>;
	credentials: Record<string, { id: string; name: string }>;
	/** What the user typed into the search field. */
	filter?: string;
	/** `paginationToken` of the previous page. */
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

/** Where a manual run of a workflow starts. */
interface Start {
	/** Name of a trigger; the manual trigger by default. */
	triggerNode?: string;
	/** The trigger's output, for one that would otherwise wait, for example for a chat message. */
	triggerItem?: Record<string, unknown>;
}

/** A community package, as n8n's settings list it. */
export interface InstalledPackage {
	packageName: string;
	installedVersion: string;
	/** The newest version in the registry, if it is another one. */
	updateAvailable?: string;
	/** Whether its nodes could not be loaded. */
	failedLoading?: boolean;
}

interface PublicationStatus {
	status: 'in_progress' | 'published' | 'partial' | 'failed' | 'not_published';
	triggers: Array<{ errorMessage: string | null }>;
}

/** A reply of n8n's that is not a success. */
export class N8nResponseError extends Error {
	constructor(
		request: string,
		/** HTTP status. */
		readonly status: number,
		/** n8n's message. */
		readonly reason: string,
	) {
		super(`n8n answered ${request} with ${status}: ${reason}`);
		this.name = 'N8nResponseError';
	}
}

/** n8n replies with 503 while a workflow keeps it busy. */
function ignoreIfBusy(error: unknown): undefined {
	if (!(error instanceof N8nResponseError && error.status === 503)) throw error;
}

/**
 * A client of the REST API that n8n's editor uses. Log in first. Every method throws an N8nResponseError when n8n rejects
 * the request.
 *
 * n8n would tie its session cookie to a `browser-id` header of the login; this client sends none.
 */
export class N8nClient {
	private cookie = '';
	private knownGeneration?: N8nGeneration;

	/** @param url Address of the editor, without a slash at the end */
	constructor(readonly url: string) {}

	/** Creates the owner of a new instance, and logs in as the owner. */
	async setUpOwner({ email, password }: Login): Promise<void> {
		await this.request('POST', '/rest/owner/setup', {
			email,
			password,
			firstName: 'Sandbox',
			lastName: 'Owner',
		});
	}

	/** Logs in. The session survives restarts of the instance. */
	async login({ email, password }: Login): Promise<void> {
		await this.request('POST', '/rest/login', { emailOrLdapLoginId: email, password });
	}

	/** Whether the instance has no owner yet. */
	async needsOwner(): Promise<boolean> {
		const settings = await this.request<{ userManagement: { showSetupOnFirstLoad: boolean } }>(
			'GET',
			'/rest/settings',
		);
		return settings.userManagement.showSetupOnFirstLoad;
	}

	/** Lists the node types of the instance. Those of community packages are called `<package>.<node>`. */
	async listNodeTypes(): Promise<NodeType[]> {
		const response = await this.send('GET', '/types/nodes.json');
		return (await response.json()) as NodeType[];
	}

	/** Installs the newest version of a community package from the registry, as n8n's settings do. */
	async installPackage(name: string): Promise<InstalledPackage> {
		return await this.request('POST', '/rest/community-packages', { name });
	}

	/** Lists the installed community packages, and asks the registry for newer versions. */
	async listPackages(): Promise<InstalledPackage[]> {
		return await this.request('GET', '/rest/community-packages');
	}

	/** Updates a community package to a version. */
	async updatePackage(name: string, version: string): Promise<InstalledPackage> {
		return await this.request('PATCH', '/rest/community-packages', { name, version });
	}

	/** Removes a community package. */
	async removePackage(name: string): Promise<void> {
		await this.send('DELETE', `/rest/community-packages?name=${encodeURIComponent(name)}`);
	}

	/** Saves a new credential. */
	async createCredential(
		name: string,
		type: string,
		data: Record<string, unknown>,
	): Promise<StoredCredential> {
		return await this.request('POST', '/rest/credentials', { name, type, data });
	}

	/** Replaces the data of a saved credential. */
	async updateCredential(
		{ id, name, type }: StoredCredential,
		data: Record<string, unknown>,
	): Promise<void> {
		await this.request('PATCH', `/rest/credentials/${id}`, { name, type, data });
	}

	/** Lists the saved credentials. */
	async listCredentials(): Promise<StoredCredential[]> {
		return await this.request('GET', '/rest/credentials');
	}

	/**
	 * Tests a credential, as the editor does when it is saved.
	 *
	 * @param credential A saved credential
	 * @param data The data to test instead of what is saved, as entered in the form
	 * @returns `status` is `OK` or `Error`, and `message` is what the editor shows
	 */
	async testCredential(
		{ id, name, type }: StoredCredential,
		data: Record<string, unknown>,
	): Promise<{ status: string; message: string }> {
		return await this.request('POST', '/rest/credentials/test', {
			credentials: { id, name, type, data },
		});
	}

	/**
	 * Creates a data table in the account's own project.
	 *
	 * @param columns Types of the columns by name
	 * @returns Its ID
	 */
	async createDataTable(
		name: string,
		columns: Record<string, 'boolean' | 'date' | 'number' | 'string'>,
	): Promise<string> {
		const project = await this.request<{ id: string }>('GET', '/rest/projects/personal');
		const table = await this.request<{ id: string }>(
			'POST',
			`/rest/projects/${project.id}/data-tables`,
			{ name, columns: Object.entries(columns).map(([column, type]) => ({ name: column, type })) },
		);
		return table.id;
	}

	/** Saves a new workflow. It may be an exported one: whatever is bound to another instance is left out. */
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

	/** Reads a saved workflow. */
	async getWorkflow(id: string): Promise<StoredWorkflow> {
		return await this.request('GET', `/rest/workflows/${id}`);
	}

	/** Lists the saved workflows, without their nodes. */
	async listWorkflows(): Promise<
		Array<Pick<StoredWorkflow, 'id' | 'name' | 'active' | 'isArchived'>>
	> {
		return await this.request('GET', '/rest/workflows');
	}

	/**
	 * Saves a new workflow and publishes it.
	 *
	 * @returns Its ID
	 * @throws Error with n8n's reasons when it cannot be published
	 */
	async publish(workflow: Workflow): Promise<string> {
		const { id } = await this.createWorkflow(workflow);
		await this.activate(id);
		return id;
	}

	/**
	 * Publishes the saved version of a workflow, and waits until its triggers listen.
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

	/** Unpublishes a workflow, and waits until its triggers no longer listen. */
	async deactivate(id: string): Promise<void> {
		const { deactivate, publicationStatus } = await this.fetchGeneration();
		await this.call(deactivate(id));
		if (publicationStatus !== undefined) await this.waitForPublication(publicationStatus(id));
	}

	/**
	 * Runs a workflow manually, without waiting for its end.
	 *
	 * @returns ID of the execution
	 */
	async startWorkflow(id: string, { triggerNode, triggerItem }: Start = {}): Promise<string> {
		const workflow = await this.getWorkflow(id);
		const name = triggerNode ?? workflow.nodes.find(({ type }) => type === MANUAL_TRIGGER)?.name;
		if (name === undefined) throw new Error(`Workflow "${workflow.name}" has no manual trigger`);
		const { executionId } = await this.startFrom(workflow, name, triggerItem);
		if (executionId === undefined) throw new Error(`"${name}" is waiting for a webhook call`);
		return executionId;
	}

	/**
	 * Lets a trigger with a webhook listen for one test event, as its button in the editor does. n8n stops listening after
	 * the event, or after two minutes.
	 */
	async listenForTestEvent(id: string, triggerNode: string): Promise<void> {
		const { executionId } = await this.startFrom(await this.getWorkflow(id), triggerNode);
		if (executionId) throw new Error(`"${triggerNode}" is not waiting for a webhook call`);
	}

	/** Stops listening for a test event. What the trigger registered is removed some time after n8n's reply. */
	async stopListening(id: string): Promise<void> {
		await this.request('DELETE', `/rest/test-webhook/${id}`);
	}

	/**
	 * Runs a workflow manually, and waits for its end, whether it succeeds or not.
	 *
	 * @param timeoutMs How long to wait at most, in milliseconds
	 */
	async runWorkflow(
		id: string,
		{ timeoutMs, ...start }: Start & { timeoutMs?: number } = {},
	): Promise<Execution> {
		return await this.waitForExecution(await this.startWorkflow(id, start), timeoutMs);
	}

	/** Reads an execution in its current state. A running one has no data yet. */
	async getExecution(id: string): Promise<Execution> {
		return decodeExecution(await this.request<StoredExecution>('GET', `/rest/executions/${id}`));
	}

	/**
	 * Waits until an execution has ended.
	 *
	 * @param timeoutMs How long to wait at most, in milliseconds
	 * @throws Error when it is still running after that time
	 */
	async waitForExecution(id: string, timeoutMs = DEFAULT_TIMEOUT_MS): Promise<Execution> {
		let status: ExecutionStatus | undefined;
		const ended = await waitFor(async () => {
			const execution = await this.getExecution(id).catch(ignoreIfBusy);
			status = execution?.status;
			return execution && FINAL_STATUSES.includes(execution.status) ? execution : undefined;
		}, timeoutMs);
		if (ended) return ended;
		throw new Error(`Execution ${id} is still "${status}" after ${timeoutMs} ms`);
	}

	/** Lists the executions of a workflow, newest first. */
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

	/**
	 * Retries a failed execution, as the list of executions does, and waits for its end.
	 *
	 * @param loadWorkflow Whether to run the workflow as it is saved now, not as it was then
	 */
	async retryExecution(id: string, loadWorkflow: boolean): Promise<void> {
		await this.request('POST', `/rest/executions/${id}/retry`, { loadWorkflow });
	}

	/** Fetches a page of a resource locator's list, as the editor does when a user opens the list. */
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

	/** Fetches the options of a field, as the editor does when a user opens its list. */
	async loadOptions({
		nodeType,
		typeVersion,
		parameter,
		method,
		...rest
	}: ListSearchRequest): Promise<ListSearchResult['results']> {
		return await this.request('POST', '/rest/dynamic-node-parameters/options', {
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
		const settled = await waitFor(async () => {
			const publication = await this.call<PublicationStatus>(statusRequest);
			return publication.status === 'in_progress' ? undefined : publication;
		}, DEFAULT_TIMEOUT_MS);
		if (settled) return settled;
		throw new Error('A workflow is still being published');
	}

	/** Fetched once, and not before the login: n8n tells its version to nobody else. */
	private async fetchGeneration(): Promise<N8nGeneration> {
		if (this.knownGeneration === undefined) {
			const { versionCli } = await this.request<{ versionCli: string }>('GET', '/rest/settings');
			this.knownGeneration = generationOf(versionCli);
		}
		return this.knownGeneration;
	}

	private async call<Reply>({ method, path, body }: RestRequest): Promise<Reply> {
		return await this.request(method, path, body);
	}

	/** Sends a request and unwraps n8n's `{ data }`. */
	private async request<Reply>(method: string, path: string, body?: unknown): Promise<Reply> {
		const response = await this.send(method, path, body);
		return ((await response.json()) as { data: Reply }).data;
	}

	private async send(method: string, path: string, body?: unknown): Promise<Response> {
		const response = await fetch(`${this.url}${path}`, {
			method,
			headers: {
				cookie: this.cookie,
				'content-type': 'application/json',
				// n8n closes idle connections after a few seconds, and a busy process may notice that too late
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
