import type { IDataObject, INodePropertyOptions } from 'n8n-workflow';
import { choiceFrom, type Choice } from '../values/choice';
import { textsFrom } from '../values/list';
import { outcomeOf } from '../values/outcome';
import { plainText } from '../values/text';

/** Every event there is, also those that ComplyCube adds later (API page "Webhooks"). */
export const ALL_EVENTS = '*';

/** The default: the outcome of a workflow session is known. */
export const SESSION_COMPLETED = 'workflow.session.completed';

/** ComplyCube's own event names, those of workflow sessions first; within a kind in the order in which they happen. */
export const eventOptions: INodePropertyOptions[] = [
	{
		name: 'Workflow Session Completed',
		value: SESSION_COMPLETED,
		description: 'All checks are done and the outcome is known',
	},
	{
		name: 'Workflow Session Updated',
		value: 'workflow.session.updated',
		description: 'The outcome changed later, through a review or monitoring',
	},
	{
		name: 'Workflow Session Started',
		value: 'workflow.session.started',
		description: 'The client started',
	},
	{
		name: 'Workflow Session Processing',
		value: 'workflow.session.processing',
		description: 'The client is done and the checks are running',
	},
	{
		name: 'Workflow Session Cancelled',
		value: 'workflow.session.cancelled',
		description: 'The session was cancelled',
	},
	{
		name: 'Workflow Session Abandoned',
		value: 'workflow.session.abandoned',
		description: 'The client stopped for a long time',
	},
	{
		name: 'Check Completed',
		value: 'check.completed',
		description: 'A check is done, whatever its outcome',
	},
	{
		name: 'Check Completed: Clear',
		value: 'check.completed.clear',
		description: 'A check is done and found nothing',
	},
	{
		name: 'Check Completed: Attention',
		value: 'check.completed.attention',
		description: 'A check is done and found something to look at',
	},
	{
		name: 'Check Completed: Rejected',
		value: 'check.completed.rejected',
		description: 'A check is done and was rejected',
	},
	{
		name: 'Check Completed: Match Confirmed',
		value: 'check.completed.match_confirmed',
		description: 'A screening is done and a match was confirmed',
	},
	{
		name: 'Check Pending',
		value: 'check.pending',
		description: 'A check was created',
	},
	{
		name: 'Check Updated',
		value: 'check.updated',
		description: 'A check changed',
	},
	{
		name: 'Check Failed',
		value: 'check.failed',
		description: 'A check could not be carried out',
	},
	{
		name: 'Check Monitoring Attention',
		value: 'check.monitoring.attention',
		description: 'Continuous monitoring found something',
	},
	{
		name: 'Client Created',
		value: 'client.created',
		description: 'A client was created',
	},
	{
		name: 'Client Updated',
		value: 'client.updated',
		description: 'A client was changed',
	},
	{
		name: 'Client Deleted',
		value: 'client.deleted',
		description: 'A client was deleted',
	},
	{
		name: 'Document Created',
		value: 'document.created',
		description: 'A document was created',
	},
	{
		name: 'Document Updated',
		value: 'document.updated',
		description: 'A document was changed',
	},
	{
		name: 'Document Image Uploaded',
		value: 'document.updated.image_uploaded',
		description: 'An image was added to a document',
	},
	{
		name: 'Document Image Deleted',
		value: 'document.updated.image_deleted',
		description: 'An image of a document was deleted',
	},
	{
		name: 'Document Deleted',
		value: 'document.deleted',
		description: 'A document was deleted',
	},
	{
		name: 'Address Created',
		value: 'address.created',
		description: 'An address was created',
	},
	{
		name: 'Address Updated',
		value: 'address.updated',
		description: 'An address was changed',
	},
	{
		name: 'Address Deleted',
		value: 'address.deleted',
		description: 'An address was deleted',
	},
	{
		name: 'All Events',
		value: ALL_EVENTS,
		description:
			'Every event, also those that ComplyCube adds later. One change may come in more than one event.',
	},
];

/**
 * Reads the choice of events.
 *
 * @param value the 'Trigger On' parameter, which an expression may give as a text with commas or with a JSON list
 * @returns the events, those that are known, by value or name, in ComplyCube's own spelling
 */
export const chosenEvents = (value: unknown): string[] =>
	textsFrom(value).map((chosen) => String(choiceFrom(chosen, eventOptions as Choice[], true)));

/** Events that ComplyCube also reports in a more particular form, e.g. `check.completed.clear` (API page "Webhooks"). */
const GENERAL = ['check.completed', 'document.updated'];

/** Those that are documented to come along with each of their particular forms. */
const ALWAYS_REPORTED = ['check.completed'];

const isFormOf = (type: string, general: string) => type.startsWith(`${general}.`);

/**
 * The events to subscribe to so that each change is delivered once.
 *
 * @param chosen the events that the user chose
 * @returns the fewest events that are sure to cover them: `*` alone, or no event whose general form is there as well
 */
export function subscription(chosen: string[]): string[] {
	if (chosen.includes(ALL_EVENTS)) return [ALL_EVENTS];
	const covered = (type: string) =>
		ALWAYS_REPORTED.some((general) => chosen.includes(general) && isFormOf(type, general));
	return [...new Set(chosen)].filter((type) => !covered(type));
}

/** An event as ComplyCube delivers it, as far as it is read here. Nothing in it is certain to be there. */
export interface ComplyCubeEvent {
	id?: unknown;
	type?: unknown;
	/** A summary of the object */
	payload?: IDataObject;
}

/** Longest ID that an event is recognised by, in UTF-16 units: what is longer is not worth the memory. */
const LONGEST_ID = 256;

const identifier = (value: unknown): string | undefined => {
	const text = plainText(value);
	return text && text.length <= LONGEST_ID ? text : undefined;
};

/** The event's own ID, by which it is recognised when it comes again; undefined if it has none that can serve. */
export const eventName = ({ id }: ComplyCubeEvent): string | undefined => identifier(id);

/** The event's type; an empty text if it has none that can be read. */
export const eventType = ({ type }: ComplyCubeEvent): string =>
	typeof type === 'string' ? type.trim() : '';

/**
 * Tells whether the user chose an event. Others may arrive too, e.g. one that was under way when the choice changed. Nothing
 * documents whether a subscription to `check.completed.clear` delivers the event under that name only.
 *
 * @param event the delivered event
 * @param chosen the events that the user chose
 */
export function isChosen(event: ComplyCubeEvent, chosen: string[]): boolean {
	const type = eventType(event);
	const withOutcome = `${type}.${plainText(outcomeOf(event.payload ?? {}))}`;
	return chosen.some(
		(choice) =>
			choice === ALL_EVENTS || choice === type || choice === withOutcome || isFormOf(type, choice),
	);
}

/** A change, and the two forms in which it may be reported: general and particular. */
export interface Forms {
	change: string;
	own: string;
	other: string;
}

/**
 * Names the two forms in which ComplyCube may report a change, so that somebody who chose both hears of it once.
 *
 * @param event the delivered event
 * @param chosen the events that the user chose; with `*` each form is an event of its own
 * @returns the form of this event and the other one; undefined if there is but one, or the payload does not tell which
 * change it was
 */
export function formsOf(event: ComplyCubeEvent, chosen: string[]): Forms | undefined {
	const name = eventType(event);
	const general = GENERAL.find((form) => name === form || isFormOf(name, form));
	if (!general || chosen.includes(ALL_EVENTS)) return undefined;
	const id = identifier(event.payload?.id);
	const updatedAt = identifier(event.payload?.updatedAt);
	if (!id || !updatedAt) return undefined;
	const change = [general, id, updatedAt].join(' ');
	const inGeneral = `${change} in general`;
	const inParticular = `${change} in particular`;
	return name === general
		? { change, own: inGeneral, other: inParticular }
		: { change, own: inParticular, other: inGeneral };
}
