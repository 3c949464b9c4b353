import type { StoredWorkflow } from './workflow.cts';

/** A request to the REST API of n8n's editor. */
export interface RestRequest {
	method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
	path: string;
	body?: unknown;
}

/** Where a workflow is started by hand, as the REST API has it. */
export interface TriggerToStartFrom {
	name: string;
	/** Output of the trigger, if it need not wait for any. */
	data?: unknown;
}

/** What n8n's major versions want in different ways: their environment, and the REST API of their editors. */
export interface N8nGeneration {
	/** Environment variables on top of those that all of them know. */
	environment: NodeJS.ProcessEnv;
	/** Lets the triggers of a workflow's saved version listen. */
	activate: (workflow: StoredWorkflow) => RestRequest;
	/** Takes a workflow's triggers down. */
	deactivate: (id: string) => RestRequest;
	/** Tells how far that is; undefined if n8n answers only once it is done. */
	publicationStatus?: (id: string) => RestRequest;
	/** Starts a workflow by hand. */
	run: (workflow: StoredWorkflow, triggerToStartFrom: TriggerToStartFrom) => RestRequest;
}

const GENERATIONS: Record<string, N8nGeneration> = {
	1: {
		environment: {
			// In its default engine $('…').item fails, also between n8n's own nodes.
			N8N_EXPRESSION_ENGINE: 'legacy',
			// As n8n 1 asks for when it starts, and n8n 2 has by itself: without, writes at the same time get in each other's way.
			DB_SQLITE_POOL_SIZE: '3',
		},
		activate: ({ id, versionId }) => ({
			method: 'PATCH',
			path: `/rest/workflows/${id}`,
			body: { versionId, active: true },
		}),
		deactivate: (id) => ({
			method: 'PATCH',
			path: `/rest/workflows/${id}`,
			body: { active: false },
		}),
		run: (workflowData, triggerToStartFrom) => ({
			method: 'POST',
			path: `/rest/workflows/${workflowData.id}/run`,
			body: { workflowData, triggerToStartFrom },
		}),
	},
	2: {
		// Fetches a list of MCP servers from n8n's makers on every start, and has no switch of its own.
		environment: { N8N_DISABLED_MODULES: 'mcp-registry' },
		activate: ({ id, versionId }) => ({
			method: 'POST',
			path: `/rest/workflows/${id}/activate`,
			body: { versionId },
		}),
		deactivate: (id) => ({
			method: 'POST',
			path: `/rest/workflows/${id}/deactivate`,
			body: {},
		}),
		publicationStatus: (id) => ({
			method: 'GET',
			path: `/rest/workflows/${id}/publication-status`,
		}),
		run: ({ id }, triggerToStartFrom) => ({
			method: 'POST',
			path: `/rest/workflows/${id}/run`,
			body: { triggerToStartFrom },
		}),
	},
};

/**
 * The generation of an n8n.
 *
 * @param version n8n's version, for example `2.40.7`
 * @throws Error when the major version is none that the sandbox knows
 */
export function generationOf(version: string): N8nGeneration {
	const generation = GENERATIONS[version.split('.')[0]];
	if (generation === undefined) throw new Error(`The sandbox does not know n8n ${version}`);
	return generation;
}
