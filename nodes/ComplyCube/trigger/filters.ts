import type { IDataObject } from 'n8n-workflow';
import { Failure } from '../transport/failure';
import { textsFrom } from '../values/list';
import type { Subject, Trait } from './subject';

/** The 'Filters' collection; a list of IDs or outcomes may be a text with commas. */
export interface Filters extends IDataObject {
	outcomes?: string[];
	otherOutcomes?: string | string[];
	workflowTemplateIds?: string | string[];
	clientIds?: string | string[];
}

const values = (list: unknown) => textsFrom(list).map((value) => value.toLowerCase());

/**
 * Tells whether an event passes all filters that are set.
 *
 * @param subject what the event is about
 * @param filters the 'Filters' collection; an empty filter lets everything pass
 * @returns a failure if that cannot be found out now
 */
export async function passes(subject: Subject, filters: Filters): Promise<boolean | Failure> {
	const allowed: Record<Trait, string[]> = {
		outcome: [...values(filters.outcomes), ...values(filters.otherOutcomes)],
		workflowTemplateId: values(filters.workflowTemplateIds),
		clientId: values(filters.clientIds),
	};
	for (const [trait, list] of Object.entries(allowed)) {
		if (list.length === 0) continue;
		const value = await subject.trait(trait as Trait);
		if (value instanceof Failure) return value;
		if (!list.includes(String(value ?? '').toLowerCase())) return false;
	}
	return true;
}
