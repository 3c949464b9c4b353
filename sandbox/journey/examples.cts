import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

import type { StoredCredential, Workflow } from '../n8n/workflow.cts';
import { PROJECT_FOLDER } from '../n8n/paths.cts';

const FOLDER = join(PROJECT_FOLDER, 'examples');

/** Type of the credential that a node needs, by the start of its type. */
const CREDENTIAL_TYPES = {
	'n8n-nodes-complycube.': 'complyCubeApi',
	'n8n-nodes-base.emailSend': 'smtp',
	'n8n-nodes-base.slack': 'slackApi',
	'@n8n/n8n-nodes-langchain.lmChatOpenAi': 'openAiApi',
};

/** Stands in the examples where the user's own workflow template belongs. */
const TEMPLATE_PLACEHOLDER = 'put the ID of your workflow template here';

/** The example workflows in `examples/`, by their files' names without the ending. */
export const EXAMPLES = readdirSync(FOLDER)
	.filter((file) => file.endsWith('.json'))
	.map((file) => basename(file, '.json'))
	.sort();

/** An example as it is shipped: without credentials, and with placeholders. */
export function readExample(name: string): Workflow {
	return JSON.parse(readFileSync(join(FOLDER, `${name}.json`), 'utf8')) as Workflow;
}

/**
 * An example with what its user has to fill in.
 *
 * @param credentials Each goes into the nodes that need one of its type
 * @param templateId Id of the workflow template to verify clients with; the placeholder stays without
 */
export function fillExample(
	name: string,
	credentials: StoredCredential[],
	templateId = TEMPLATE_PLACEHOLDER,
): Workflow {
	const { nodes, ...rest } = readExample(name);
	const credentialsOf = (nodeType: string) =>
		credentials
			.filter(({ type }) =>
				Object.entries(CREDENTIAL_TYPES).some(
					([start, needed]) => nodeType.startsWith(start) && type === needed,
				),
			)
			.map(({ id, name: title, type }) => [type, { id, name: title }]);
	return {
		...rest,
		nodes: nodes.map((node) => ({
			...node,
			parameters: fillPlaceholder(node.parameters, templateId),
			credentials: Object.fromEntries(credentialsOf(node.type)),
		})),
	};
}

const fillPlaceholder = (
	parameters: Record<string, unknown>,
	templateId: string,
): Record<string, unknown> =>
	JSON.parse(JSON.stringify(parameters).replaceAll(TEMPLATE_PLACEHOLDER, templateId));
