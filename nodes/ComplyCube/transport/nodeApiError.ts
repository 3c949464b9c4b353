import { NodeApiError, type INode } from 'n8n-workflow';
import type { Failure } from './failure';

/**
 * Makes n8n's error of a failure.
 *
 * The sentences are set once more after the construction, because n8n exchanges any sentence that contains such letters
 * as "eexist" ("A preexisting client …"), and those of broken connections, for sentences of its own.
 *
 * @param node the node that stops
 * @param failure what happened
 * @param itemIndex the item it happened to, where there are several
 * @returns the error to throw
 */
export function nodeApiError(
	node: INode,
	{ message, details, cause }: Failure,
	itemIndex?: number,
): NodeApiError {
	const error = new NodeApiError(node, {}, { itemIndex, failure: cause });
	error.message = itemIndex === undefined ? message : `${message} [item ${itemIndex}]`;
	error.description = details.description;
	error.httpCode = details.httpCode ?? null;
	error.messages = [];
	return error;
}
