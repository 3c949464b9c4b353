import type { INode } from 'n8n-workflow';
import { Failure } from '../transport/failure';
import { nearest } from '../values/nearest';
import { cutText, textOf } from '../values/text';

/** An option of 'Resource' or 'Operation'. */
interface Choice {
	name: string;
	value: string;
}

/** A resource and what can be done with it. */
export interface ResourceChoice extends Choice {
	operations: Choice[];
}

const LONGEST_QUOTE = 60;

/** What somebody wrote, on one line. */
const quoted = (written: unknown) =>
	`'${cutText(textOf(written).replace(/[\s\p{C}]+/gu, ' '), LONGEST_QUOTE)}'`;

function unknown(what: string, written: unknown, choices: Choice[], param: string): Failure {
	const meant = nearest(textOf(written), choices);
	const values = choices.map(({ value }) => value).join(', ');
	return new Failure(meant ? `${what}. Did you mean '${meant.value}' (${meant.name})?` : what, {
		param,
		description: `Choose one of: ${values}. Nothing was sent for this item.`,
	});
}

/**
 * Says which of 'Resource' and 'Operation' there is not, for an item for which n8n found no operation.
 *
 * @param node the node as the workflow has it
 * @param resources all there are
 */
export function unknownChoice({ parameters }: INode, resources: ResourceChoice[]): Failure {
	const { resource, operation } = parameters;
	const chosen = resources.find(({ value }) => value === resource);
	if (!chosen)
		return unknown(`There is no resource ${quoted(resource)}`, resource, resources, 'resource');
	return unknown(
		`There is no operation ${quoted(operation)} of ${chosen.name}`,
		operation,
		chosen.operations,
		'operation',
	);
}
