import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { Failure } from '../transport/failure';
import { choiceFrom, choicesFrom, type Choice } from '../values/choice';
import { Unreadable } from '../values/unreadable';

/** The choices of 'Output'. */
const SHAPES: Choice[] = [
	{ name: 'Raw', value: 'raw' },
	{ name: 'Selected Fields', value: 'selected' },
	{ name: 'Simplified', value: 'simplified' },
];

/**
 * Says which fields of an object reach the next node.
 *
 * @param shape the 'Output' parameter: raw, simplified or selected
 * @param simplified the fields that this operation calls useful
 * @param selected the 'Fields' parameter: a list, or text with commas
 * @param offered what the editor offers in 'Fields': an expression or an AI agent may give the names that are shown there
 * @returns the fields to keep; undefined to keep all; the failure of an 'Output' that an expression got wrong
 */
export function fieldsToKeep(
	shape: unknown,
	simplified: string[],
	selected: unknown,
	offered: Choice[] = [],
): string[] | undefined | Failure {
	const chosen = choiceFrom(shape, SHAPES, false);
	if (chosen === 'raw') return undefined;
	if (chosen === 'simplified') return simplified;
	if (chosen === 'selected') {
		const fields = choicesFrom(selected, offered, true);
		return fields instanceof Unreadable
			? new Failure(`'Fields' ${fields.problem}`, { param: 'fields', description: fields.advice })
			: [...new Set(['id', ...fields.filter(Boolean)])];
	}
	return new Failure("The 'Output' parameter is none of raw, simplified and selected", {
		param: 'output',
		description: 'Choose one in the list, or let the expression give one of these words.',
	});
}

/**
 * Keeps some fields of an object. A field that ComplyCube left out stays out.
 *
 * @param object as ComplyCube sent it
 * @param fields the fields to keep; undefined for all, untouched
 * @returns the object for the next node
 */
export function shaped(object: IDataObject, fields?: string[]): IDataObject {
	if (!fields) return object;
	return Object.fromEntries(
		fields.filter((field) => Object.hasOwn(object, field)).map((field) => [field, object[field]]),
	);
}

/**
 * Makes the output item of a reply.
 *
 * @param object the object, or why there is none
 * @param fields the fields to keep; undefined for all
 */
export const itemOf = (
	object: IDataObject | Failure,
	fields?: string[],
): INodeExecutionData[] | Failure =>
	object instanceof Failure ? object : [{ json: shaped(object, fields) }];

/**
 * Adds the ID that a reply leaves out.
 *
 * @param reply as ComplyCube sent it
 * @param id the ID; undefined if the reply has it
 */
export const withId = (reply: IDataObject, id: string | undefined): IDataObject =>
	id === undefined ? reply : { id, ...reply };
