import type { Occurrence } from './resource.cts';
import type { Settings } from './settings.cts';
import { newId } from './store.cts';
import { isoTime } from './time.cts';

/** What a delivery carries. [Webhooks] */
export interface WebhookEvent {
	/** Lets a listener recognise repeated deliveries. */
	id: string;
	type: string;
	resourceType: string;
	payload: Record<string, unknown>;
	createdAt: string;
}

/** [Webhooks]: we could read its table only in part; the rest comes from third-party copies. */
export const EVENT_TYPES = [
	'workflow.session.started',
	'workflow.session.processing',
	'workflow.session.completed',
	'workflow.session.updated',
	'workflow.session.cancelled',
	// Only in one of the copies.
	'workflow.session.abandoned',
	'check.pending',
	'check.completed',
	'check.completed.clear',
	'check.completed.attention',
	'check.completed.rejected',
	'check.completed.match_confirmed',
	'check.monitoring.attention',
	'check.failed',
	'check.updated',
	'client.created',
	'client.updated',
	'client.deleted',
	'document.created',
	'document.updated',
	'document.deleted',
	'document.updated.image_uploaded',
	'document.updated.image_deleted',
	'address.created',
	'address.updated',
	'address.deleted',
];

/** Subscribes to all events. */
export const ALL_EVENTS = '*';

/**
 * @returns The event of the occurrence's type and, for a completed check, the one of its outcome if
 * the service has such a type.
 */
export function eventsOfOccurrence(occurrence: Occurrence, settings: Settings): WebhookEvent[] {
	const { type, resourceType, payload } = occurrence;
	const sharedId = newId();
	const createdAt = isoTime();
	return [type, `${type}.${String(payload.outcome)}`]
		.filter((name) => settings.eventTypes.includes(name))
		.map((name) => ({
			id: settings.completedCheckEventIds === 'shared' ? sharedId : newId(),
			type: name,
			resourceType,
			payload,
			createdAt,
		}));
}

/** @returns Whether a webhook with these `events` gets an event of that type. */
export const isSubscribed = (events: string[], type: string, settings: Settings): boolean =>
	events.includes(type) || (events.includes(ALL_EVENTS) && !settings.explicitEvents.includes(type));

/**
 * @param events As `eventsOfOccurrence` returns them, the general one first.
 * @returns The events to send to a webhook that subscribed to these types.
 */
export function eventsForWebhook(
	subscribed: string[],
	events: WebhookEvent[],
	settings: Settings,
): WebhookEvent[] {
	const subscribedTo = events.filter(({ type }) => isSubscribed(subscribed, type, settings));
	const choices = {
		both: subscribedTo,
		general: subscribedTo.slice(0, 1),
		specific: subscribedTo.slice(-1),
	};
	return choices[settings.completedCheckDeliveries];
}
