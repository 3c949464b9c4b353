import type { IDataObject, IExecutePaginationFunctions } from 'n8n-workflow';
import { Failure } from '../transport/failure';
import { isBlank } from '../values/blank';
import { enteredIn } from '../values/entered';
import { valueAt } from '../values/path';
import { isPlainObject } from '../values/plainObject';
import { booleanFrom } from '../values/scalar';
import { Unreadable } from '../values/unreadable';
import { invalidValue } from './body';
import { withMetadataFilters } from './metadata';
import type { SentField } from './sentFields';

/** What to do about an empty filter; an AI agent reads this as well as a person. */
const ADVICE = {
	item: "Its expression gives nothing for this item, and without the filter everything would be found. Check that the previous node delivers the value. For search forms there is the option 'Skip Empty Filters'.",
	tool: 'Without it everything would be found. Call the tool again with a value.',
};

const isTool = (node: IExecutePaginationFunctions) => node.getNode().type.endsWith('Tool');

/** 'Skip Empty Filters': for search forms, whose fields may be left empty. An AI agent that leaves a value out forgot it. */
function skipsEmpty(node: IExecutePaginationFunctions): boolean | Failure {
	if (isTool(node)) return false;
	const { skipEmptyFilters = false } = node.getNodeParameter('options', {}) as IDataObject;
	const skips = booleanFrom(skipEmptyFilters);
	return skips instanceof Unreadable
		? invalidValue('skipEmptyFilters', `'Skip Empty Filters' ${skips.problem}`, skips.advice)
		: skips;
}

const isExpression = (raw: unknown) => {
	const entered = enteredIn(raw);
	return typeof entered === 'string' && entered.startsWith('=');
};

/**
 * Refuses a filter that was added but gives nothing: without it, a list has everybody's objects. What somebody left blank by
 * hand is simply not sent.
 *
 * @param node the node's `this`, for the item at hand
 * @param fields the fields of the operation
 * @param qs the query, with values of the right types
 * @returns the query, or which filter is empty; or that 'Skip Empty Filters' is neither on nor off
 */
export function checkedFilters(
	node: IExecutePaginationFunctions,
	fields: SentField[],
	qs: IDataObject,
): IDataObject | Failure {
	const collection = fields.find((field) => field.collection)?.collection;
	if (!collection) return qs;
	const raw: unknown = node.getNodeParameter(collection, {}, { rawExpressions: true });
	const added = isPlainObject(raw) ? raw : {};
	const skips = skipsEmpty(node);
	if (skips instanceof Failure) return skips;
	const empty = fields.find(
		({ name, path, canBeBlank }) =>
			Object.hasOwn(added, name) &&
			isBlank(valueAt(qs, path)) &&
			(!canBeBlank || isExpression(added[name])),
	);
	if (empty && !skips) {
		return invalidValue(
			empty.path,
			`The '${empty.label}' filter is empty`,
			ADVICE[isTool(node) ? 'tool' : 'item'],
		);
	}
	return withMetadataFilters(qs, added.metadata, skips);
}
