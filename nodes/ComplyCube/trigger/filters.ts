import type { IDataObject } from 'n8n-workflow';
import { Failure } from '../transport/failure';
import { spellingOf } from '../values/choice';
import { enteredIn } from '../values/entered';
import { listFrom, textsFrom } from '../values/list';
import { isPlainObject } from '../values/plainObject';
import type { TriggerContext } from './context';
import type { Subject, Trait } from './subject';
import { valueOrNothing } from './valueOrNothing';

/** The 'Filters' collection; a list of IDs or outcomes may be a text with commas or with a JSON list. */
export interface Filters extends IDataObject {
	outcomes?: string | string[];
	otherOutcomes?: string | string[];
	workflowTemplateIds?: string | string[];
	clientIds?: string | string[];
}

/** The filters as the editor calls them. */
const LABELS = {
	outcomes: 'Outcomes',
	otherOutcomes: 'Other Outcomes',
	workflowTemplateIds: 'Workflow Templates',
	clientIds: 'Clients',
} satisfies Record<string, string>;

/** Whether the user entered nothing, as opposed to an expression that gives nothing. */
function isBlank(entered: unknown): boolean {
	const list = listFrom(entered ?? '');
	return list !== undefined && textsFrom(list).length === 0;
}

/**
 * Reads the 'Filters' collection. A filter that was left blank is left out.
 *
 * @param context the hook's or delivery's `this`
 * @returns the values of each filter; a failure, which begins in the middle of a sentence, if a filter is an expression that
 * gives nothing: it must not be taken for a filter that lets everything pass
 */
export function readFilters(context: TriggerContext): Filters | Failure {
	const entered: unknown = context.getNodeParameter('filters', {}, { rawExpressions: true });
	if (!isPlainObject(entered)) return new Failure("'Filters' is no collection");
	const filters: Filters = {};
	for (const [name, label] of Object.entries(LABELS)) {
		if (isBlank(enteredIn(entered[name]))) continue;
		const value = valueOrNothing(() => context.getNodeParameter(`filters.${name}`));
		const values = textsFrom(enteredIn(value));
		if (values.length === 0) {
			return new Failure(`the filter '${label}' is an expression that gives nothing`);
		}
		filters[name] = values;
	}
	return filters;
}

const inLowerCase = (text: string) => text.toLowerCase();

/**
 * Tells whether an event passes all filters that are set.
 *
 * @param subject what the event is about
 * @param filters the filters; one without values lets everything pass
 * @returns a failure if that cannot be found out now
 */
export async function passes(subject: Subject, filters: Filters): Promise<boolean | Failure> {
	const { outcomes, otherOutcomes, workflowTemplateIds, clientIds } = filters;
	const allowed: Array<[Trait, string[], spelling: (text: string) => string]> = [
		['outcome', [...textsFrom(outcomes), ...textsFrom(otherOutcomes)], spellingOf],
		['workflowTemplateId', textsFrom(workflowTemplateIds), inLowerCase],
		['clientId', textsFrom(clientIds), inLowerCase],
	];
	for (const [trait, list, spelling] of allowed) {
		if (list.length === 0) continue;
		const value = await subject.trait(trait);
		if (value instanceof Failure) return value;
		if (!list.map(spelling).includes(spelling(value ?? ''))) return false;
	}
	return true;
}
