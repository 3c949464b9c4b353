import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

import { PROJECT_FOLDER } from '../n8n/paths.cts';
import type { StoredCredential, Workflow } from '../n8n/workflow.cts';

const FOLDER = join(PROJECT_FOLDER, 'examples');

/** The type of credential that a node needs, by the beginning of the node's type. */
const CREDENTIAL_TYPES = {
	'n8n-nodes-complycube.': 'complyCubeApi',
	'n8n-nodes-base.emailSend': 'smtp',
	'n8n-nodes-base.formTrigger': 'httpBasicAuth',
	'n8n-nodes-base.jira': 'jiraSoftwareCloudApi',
	'n8n-nodes-base.slack': 'slackApi',
	'n8n-nodes-base.webhook': 'httpHeaderAuth',
	'@n8n/n8n-nodes-langchain.lmChatOpenAi': 'openAiApi',
};

/** Where the examples say this, users enter the ID of a workflow template of theirs. */
const TEMPLATE_PLACEHOLDER = 'put the ID of your workflow template here';

/** The names of the workflows in `examples/`: their file names without the extension. */
export const EXAMPLES = readdirSync(FOLDER)
	.filter((file) => file.endsWith('.json'))
	.map((file) => basename(file, '.json'))
	.sort();

/** Reads an example as it is in the repository: without credentials, and with placeholders. */
export function readExample(name: string): Workflow {
	return JSON.parse(readFileSync(join(FOLDER, `${name}.json`), 'utf8')) as Workflow;
}

/**
 * Reads an example, and fills in what its user would have to.
 *
 * @param credentials Each is used in all nodes that need one of its type
 * @param templateId ID of the workflow template to verify clients with; by default the placeholder stays
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
					([beginning, needed]) => nodeType.startsWith(beginning) && type === needed,
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
