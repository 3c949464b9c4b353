import type { IDataObject, IExecutePaginationFunctions } from 'n8n-workflow';
import { highlightsOf, saveHighlights } from '../execution/highlights';
import type { FileConnection } from '../transport/connection';
import { Failure } from '../transport/failure';
import type { Parameters } from './parameters';

/** The option in Request Options, and the first item only: an execution has one value for a key. */
const isWanted = (node: IExecutePaginationFunctions): boolean =>
	node.getItemIndex() === 0 && node.getNodeParameter('requestOptions.highlightIds', false) === true;

/**
 * Makes the execution findable by what its first item is about, if the user wants that: by the IDs that are sent, and by the IDs
 * and the outcome that come back.
 *
 * @param node the node's `this`, for the item at hand
 * @param parameters what the user entered for the item
 * @param template the path as the operation declares it, e.g. `/clients/:clientId`
 * @param sent what the fields put into the query and the body
 * @param connection the item's connection
 * @returns a connection that notes what comes back; the given one for all other items
 */
export function withHighlights(
	node: IExecutePaginationFunctions,
	parameters: Parameters,
	template: string,
	sent: IDataObject,
	connection: FileConnection,
): FileConnection {
	if (!isWanted(node)) return connection;
	const [, resource = '', ...segments] = template.split('/');
	const idOf = (name: string) => (segments.includes(`:${name}`) ? parameters.id(name) : sent[name]);
	saveHighlights(node, {
		clientId: idOf('clientId'),
		sessionId: idOf('workflowSessionId'),
		checkId: idOf('checkId'),
	});
	return {
		...connection,
		send: async (request, urgency) => {
			const reply = await connection.send(request, urgency);
			if (!(reply instanceof Failure)) saveHighlights(node, highlightsOf(resource, reply));
			return reply;
		},
	};
}
