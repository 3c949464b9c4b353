import type { StoredCredential, Workflow } from '../n8n/workflow.cts';
import { fillExample, fillSettings } from './examples.cts';

/** The example's only ComplyCube node that changes nothing. */
const READING_NODE = 'Get session';

/**
 * Reads the example "get-complete-branch", and fills in what its user would have to.
 *
 * @param credential Used in every ComplyCube node
 * @param sessionId ID of the workflow session to work on
 */
export const fillGetCompleteBranch = (credential: StoredCredential, sessionId: string): Workflow =>
	fillSettings(fillExample('get-complete-branch', [credential]), { sessionId });

/** The same up to the node that reads the session, without its notes: a workflow that changes nothing. */
export function fillReadOnlyPart(credential: StoredCredential, sessionId: string): Workflow {
	const { nodes, connections, ...rest } = fillGetCompleteBranch(credential, sessionId);
	const steps = nodes.filter(({ name }) => name in connections);
	const kept = steps.slice(0, steps.findIndex(({ name }) => name === READING_NODE) + 1);
	return {
		...rest,
		name: 'Get a session from ComplyCube',
		nodes: kept,
		connections: Object.fromEntries(kept.slice(0, -1).map(({ name }) => [name, connections[name]])),
	};
}
