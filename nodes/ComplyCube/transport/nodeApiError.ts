import { NodeApiError, type INode } from 'n8n-workflow';
import type { Failure } from './failure';

/**
 * Turns a failure into n8n's error.
 *
 * The sentences are set again after the construction, because n8n replaces any sentence that contains letters like "eexist" ("A
 * preexisting client …"), and those about broken connections, by sentences of its own.
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
