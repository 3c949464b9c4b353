import type { N8nClient } from '../n8n/n8nClient.cts';
import type { StoredCredential, StoredWorkflow, Workflow } from '../n8n/workflow.cts';

/** Saves a credential, replacing one with the same name and type. */
export async function saveCredential(
	client: N8nClient,
	name: string,
	type: string,
	data: Record<string, unknown>,
): Promise<StoredCredential> {
	const saved = (await client.listCredentials()).find(
		(candidate) => candidate.name === name && candidate.type === type,
	);
	if (saved === undefined) return await client.createCredential(name, type, data);
	await client.updateCredential(saved, data);
	return saved;
}

/** Saves a workflow, replacing one with the same name. */
export async function saveWorkflow(client: N8nClient, workflow: Workflow): Promise<StoredWorkflow> {
	const saved = (await client.listWorkflows()).find(
		({ name, isArchived }) => name === workflow.name && !isArchived,
	);
	return saved === undefined
		? await client.createWorkflow(workflow)
		: await client.updateWorkflow(saved.id, workflow);
}
