import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { highlightsOf, saveHighlights, type Highlights } from '../execution/highlights';
import { isPlainObject } from '../values/plainObject';
import { eventType, type ComplyCubeEvent } from './events';
import { readOptions } from './options';

/** Whose ID the payload's `id` is, by how the names of events begin. */
const RESOURCES = {
	'workflow.session.': 'workflowSessions',
	'check.': 'checks',
	'client.': 'clients',
};

/** The whole object, if it was read, says more than the event's summary of it. */
function highlightsOfEvent(event: ComplyCubeEvent & IDataObject): Highlights {
	const { payload, resource } = event;
	const type = eventType(event);
	const [, path = ''] =
		Object.entries(RESOURCES).find(([beginning]) => type.startsWith(beginning)) ?? [];
	const whole = isPlainObject(resource) ? resource : {};
	return highlightsOf(path, { ...(isPlainObject(payload) ? payload : {}), ...whole });
}

/**
 * Makes the execution findable by what its event is about, unless the user turned that off.
 *
 * @param context n8n's `this` of the trigger at the start of an execution
 */
export function highlightEvent(context: IExecuteFunctions): void {
	const [event] = context.getInputData();
	const { highlightIds } = readOptions((name) => context.getNodeParameter(name, 0, null));
	if (event && highlightIds) saveHighlights(context, highlightsOfEvent(event.json));
}
