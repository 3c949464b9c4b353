import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import type { INodeTypeDescription } from 'n8n-workflow';

import type { Editor } from './editor/editor.cts';
import { latestVersion, panelsOf, type Panel } from './editor/panels.cts';
import type { N8nClient } from './n8n/n8nClient.cts';
import type { StoredCredential, WorkflowNode } from './n8n/workflow.cts';

/** Distance between nodes on the canvas, in pixels: enough to click each by itself. */
const SPACING = { x: 256, y: 192 };

/** The editor gets slow with more nodes in one workflow. */
const NODES_PER_WORKFLOW = 40;

function nodeOf(
	type: INodeTypeDescription,
	{ name, parameters }: Panel,
	place: number,
	{ id, name: credentialName, type: credentialType }: StoredCredential,
): WorkflowNode {
	const columns = Math.ceil(Math.sqrt(NODES_PER_WORKFLOW));
	const usesCredential = type.credentials?.some((credential) => credential.name === credentialType);
	return {
		name,
		type: type.name,
		typeVersion: latestVersion(type),
		position: [(place % columns) * SPACING.x, Math.floor(place / columns) * SPACING.y],
		parameters,
		...(usesCredential && { credentials: { [credentialType]: { id, name: credentialName } } }),
	};
}

/**
 * Takes a picture of every panel of a node, to look at: each operation as it is when it is added, and with everything that can
 * be added to it.
 *
 * @param nodeType The full name of its type
 * @param folder Gets a folder of the type's name with the pictures
 */
export async function takePanels(
	{
		client,
		editor,
		credential,
	}: { client: N8nClient; editor: Editor; credential: StoredCredential },
	nodeType: string,
	folder: string,
): Promise<void> {
	const types = (await client.listNodeTypes()) as unknown as INodeTypeDescription[];
	const type = types.filter(({ name }) => name === nodeType).at(-1);
	if (!type) throw new Error(`n8n has no node type ${nodeType}`);
	const panels = panelsOf(type);
	await mkdir(join(folder, nodeType), { recursive: true });
	for (let start = 0; start < panels.length; start += NODES_PER_WORKFLOW) {
		const group = panels.slice(start, start + NODES_PER_WORKFLOW);
		const nodes = group.map((panel, place) => nodeOf(type, panel, place, credential));
		const { id } = await client.createWorkflow({ name: nodeType, nodes, connections: {} });
		await editor.openWorkflow(id);
		for (const { name } of group) {
			await editor.openDetails(name);
			await editor.takeParameters(join(folder, nodeType, `${name}.jpg`));
			await editor.closeDetails();
		}
	}
	console.log(`Took ${panels.length} pictures of ${nodeType}`);
}
