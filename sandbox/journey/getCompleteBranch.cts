import type { StoredCredential, Workflow, WorkflowNode } from '../n8n/workflow.cts';
import { fillExample } from './examples.cts';

/** The node in which the user enters the session's ID. */
export const SESSION_NODE = 'Session';

/** The example's only ComplyCube node that changes nothing. */
const READING_NODE = 'Get';

/**
 * Reads the example "get-complete-branch", and fills in what its user would have to.
 *
 * @param credential Used in every ComplyCube node
 * @param sessionId ID of the workflow session to work on
 */
export function fillGetCompleteBranch(credential: StoredCredential, sessionId: string): Workflow {
	const workflow = fillExample('get-complete-branch', [credential]);
	const prepare = (node: WorkflowNode): WorkflowNode => {
		if (node.name !== SESSION_NODE) return node;
		const { assignments } = node.parameters.assignments as { assignments: object[] };
		return {
			...node,
			parameters: {
				...node.parameters,
				assignments: { assignments: [{ ...assignments[0], value: sessionId }] },
			},
		};
	};
	return { ...workflow, nodes: workflow.nodes.map(prepare) };
}

/** The same up to the Get node: a workflow that reads a session and changes nothing. */
export function fillReadOnlyPart(credential: StoredCredential, sessionId: string): Workflow {
	const { nodes, connections, ...rest } = fillGetCompleteBranch(credential, sessionId);
	const end = nodes.findIndex(({ name }) => name === READING_NODE) + 1;
	const kept = nodes.slice(0, end);
	return {
		...rest,
		name: 'ComplyCube: get a workflow session',
		nodes: kept,
		connections: Object.fromEntries(kept.slice(0, -1).map(({ name }) => [name, connections[name]])),
	};
}
