import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { openList } from './openList';

const attention = {
	name: 'Attention',
	value: 'attention',
	description: 'Something needs a closer look',
};
const clear = { name: 'Clear', value: 'clear', description: 'Nothing was found' };
const decline = {
	name: 'Decline',
	value: 'decline',
	description: 'The client should be turned away',
};
const matchConfirmed = {
	name: 'Match Confirmed',
	value: 'match_confirmed',
	description: 'A screening match was confirmed in validation',
};
const notProcessed = {
	name: 'Not Processed',
	value: 'not_processed',
	description: 'The check could not be carried out',
};
const rejected = { name: 'Rejected', value: 'rejected', description: 'Rejected in validation' };
const review = { name: 'Review', value: 'review', description: 'A person has to decide' };

/** Outcomes of a session (API page "Workflow Sessions"); ComplyCube may add others. */
export const SESSION_OUTCOMES: INodePropertyOptions[] = [attention, clear, decline, review];

/** Outcomes of a check (API page "Checks"); ComplyCube may add others. */
export const CHECK_OUTCOMES: INodePropertyOptions[] = [
	attention,
	clear,
	matchConfirmed,
	notProcessed,
	rejected,
];

/** Outcomes of sessions and checks. */
export const ALL_OUTCOMES: INodePropertyOptions[] = [
	attention,
	clear,
	decline,
	matchConfirmed,
	notProcessed,
	rejected,
	review,
];

/**
 * A filter by outcome.
 *
 * @param options the outcomes to choose from
 * @param routing where the outcome goes in the query
 */
export const outcomeFilter = (
	options: INodePropertyOptions[],
	routing: INodeProperties['routing'],
): INodeProperties =>
	openList({
		displayName: 'Outcome',
		name: 'outcome',
		type: 'options',
		default: '',
		description: 'Use an expression for an outcome that is not listed',
		options,
		routing,
	});
