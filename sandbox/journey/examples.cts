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
	'@n8n/n8n-nodes-langchain.mcpTrigger': 'httpBearerAuth',
};

/** The node that holds all that users of an example fill in. */
export const SETTINGS_NODE = 'Settings';

/** Every type of credential that an example needs. */
export const NEEDED_CREDENTIALS = [...new Set(Object.values(CREDENTIAL_TYPES))];

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
 * Says in a sentence what an example does: the first one below "What it does" in its yellow note.
 *
 * @returns Empty if there is none
 */
export function purposeOf({ nodes }: Workflow): string {
	const texts = nodes.map(({ parameters }) => String(parameters.content ?? ''));
	const paragraph = texts.map((text) => /^### What it does\s+(.+)/m.exec(text)?.[1]).find(Boolean);
	return /^.*?[.](?=\s|$)/.exec(paragraph ?? '')?.[0] ?? '';
}

/**
 * Reads an example, and makes of it what its user would have to: with credentials, and without the pinned data that makes up
 * for them.
 *
 * @param credentials Each is used in all nodes that need one of its type
 * @param templateId ID of the workflow template to verify clients with; by default the placeholder stays
 */
export function fillExample(
	name: string,
	credentials: StoredCredential[],
	templateId = TEMPLATE_PLACEHOLDER,
): Workflow {
	const { nodes, pinData: _sample, ...rest } = readExample(name);
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

/**
 * Fills in settings of an example.
 *
 * @param values What to enter, by the names of the settings
 * @throws Error when the example has no such setting
 */
export function fillSettings(workflow: Workflow, values: Record<string, unknown>): Workflow {
	const settings = workflow.nodes.find(({ name }) => name === SETTINGS_NODE);
	const { assignments = [] } = (settings?.parameters.assignments ?? {}) as {
		assignments?: Array<{ name: string; value: unknown }>;
	};
	const unknown = Object.keys(values).filter(
		(name) => !assignments.some((assignment) => assignment.name === name),
	);
	if (unknown.length > 0) throw new Error(`${workflow.name} has no setting ${unknown.join(', ')}`);
	const filled = assignments.map((assignment) => ({
		...assignment,
		value: assignment.name in values ? values[assignment.name] : assignment.value,
	}));
	return {
		...workflow,
		nodes: workflow.nodes.map((node) =>
			node === settings
				? { ...node, parameters: { ...node.parameters, assignments: { assignments: filled } } }
				: node,
		),
	};
}

const fillPlaceholder = (
	parameters: Record<string, unknown>,
	templateId: string,
): Record<string, unknown> =>
	JSON.parse(JSON.stringify(parameters).replaceAll(TEMPLATE_PLACEHOLDER, templateId));
