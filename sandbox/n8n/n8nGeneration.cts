import type { StoredWorkflow } from './workflow.cts';

/** A request to the REST API of n8n's editor. */
export interface RestRequest {
	method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
	path: string;
	body?: unknown;
}

/** The node a manual run starts from, as the REST API wants it. */
export interface TriggerToStartFrom {
	name: string;
	/** The trigger's output, if it is not to wait for an event. */
	data?: unknown;
}

/** What differs between n8n's major versions: some environment variables, and parts of the REST API of the editor. */
export interface N8nGeneration {
	/** Environment variables in addition to those that all versions share. */
	environment: NodeJS.ProcessEnv;
	/** Publishes the saved version of a workflow, so that its triggers listen. */
	activate: (workflow: StoredWorkflow) => RestRequest;
	/** Unpublishes a workflow, so that its triggers no longer listen. */
	deactivate: (id: string) => RestRequest;
	/** Asks how far publishing has come; undefined if n8n replies to the request only once it is done. */
	publicationStatus?: (id: string) => RestRequest;
	/** Runs a workflow manually. */
	run: (workflow: StoredWorkflow, triggerToStartFrom: TriggerToStartFrom) => RestRequest;
}

const GENERATIONS: Record<string, N8nGeneration> = {
	1: {
		environment: {
			// In the default engine $('…').item fails, even between n8n's own nodes.
			N8N_EXPRESSION_ENGINE: 'legacy',
			// n8n 1 asks for it when it starts, and n8n 2 has it by default: without it, concurrent writes block each other.
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
		// This module downloads a list of MCP servers on every start, and there is no other way to switch that off.
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
 * Looks up what is particular about a version of n8n.
 *
 * @param version n8n's version, for example `2.40.7`
 * @throws Error when the sandbox does not know the major version
 */
export function generationOf(version: string): N8nGeneration {
	const generation = GENERATIONS[version.split('.')[0]];
	if (generation === undefined) throw new Error(`The sandbox does not know n8n ${version}`);
	return generation;
}
