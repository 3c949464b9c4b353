import type { IDataObject, IWorkflowDataProxyData } from 'n8n-workflow';
import { outcomeOf } from '../values/outcome';

/** What an execution is about: no more than this, and never anything by which a person can be recognised. */
export interface Highlights {
	clientId?: unknown;
	sessionId?: unknown;
	checkId?: unknown;
	outcome?: unknown;
}

/** The part of n8n's `this` of a node that is needed here. */
interface ExecutionContext {
	/** Since n8n 2. In n8n 1 only expressions have it, which takes fifty times as long to get at */
	customData?: { setAll(entries: Record<string, string>): void };
	getWorkflowDataProxy(itemIndex: number): IWorkflowDataProxyData;
}

/** The keys under which n8n lists them: letters, digits and `_`, and at most ten for an execution, other nodes' included. */
const KEYS: Record<keyof Highlights, string> = {
	clientId: 'complyCubeClientId',
	sessionId: 'complyCubeSessionId',
	checkId: 'complyCubeCheckId',
	outcome: 'complyCubeOutcome',
};

/** ComplyCube's IDs are opaque, but no name, e-mail address or sentence that ended up in an ID field looks like one. */
const AN_ID = /^(?=.*\d)[\w-]{1,64}$/;

/** An outcome is a word, e.g. `match_confirmed`. */
const A_WORD = /^[a-z][a-z_]{0,63}$/i;

/** Where the ID of an object itself belongs, by the resource in its path. */
const OWN_ID: Record<string, keyof Highlights> = {
	clients: 'clientId',
	workflowSessions: 'sessionId',
	checks: 'checkId',
};

/**
 * Finds what an object is about.
 *
 * @param resource the first part of its path, e.g. `workflowSessions`
 * @param object as ComplyCube sent it, or a summary of it
 */
export function highlightsOf(resource: string, object: IDataObject): Highlights {
	const own = OWN_ID[resource];
	const { clientId, id } = object;
	return { clientId, outcome: outcomeOf(object), ...(own && { [own]: id }) };
}

/**
 * Saves what an execution is about as its highlighted data, by which it can be found in the list of executions. What was saved
 * before under the same key is replaced. Does nothing in a version of n8n that has no highlighted data.
 *
 * @param context the node's `this`
 * @param highlights values that are no ID or outcome are left out
 */
export function saveHighlights(context: ExecutionContext, highlights: Highlights): void {
	const entries = Object.entries(KEYS).flatMap(([name, key]) => {
		const value = highlights[name as keyof Highlights];
		const text = typeof value === 'string' ? value.trim() : '';
		return (name === 'outcome' ? A_WORD : AN_ID).test(text) ? [[key, text] as const] : [];
	});
	if (entries.length === 0) return;
	try {
		const { customData = context.getWorkflowDataProxy(0).$execution?.customData } = context;
		customData?.setAll(Object.fromEntries(entries));
	} catch {
		// An execution that cannot be found later is no reason to fail it
	}
}
