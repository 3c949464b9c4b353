import type { IExecuteFunctions, IWebhookFunctions } from 'n8n-workflow';
import { triggerName, type TriggerContext } from './context';
import { followAnswer, memoryOf } from './eventMemory';
import { chosenEvents, eventName, formsOf, type ComplyCubeEvent } from './events';
import { recordNames } from './eventStore';
import { logWarning } from './log';
import { readOptions, type TriggerOptions } from './options';

const isName = (name: string | undefined): name is string => name !== undefined;

/**
 * Whether an event that comes again is of no interest. In a test somebody may want the same one again, and whoever retries an
 * execution does.
 *
 * @param context n8n's `this` of the delivery, or of the trigger at the start of an execution
 * @param options the trigger's options
 */
export const ignoresRepeats = (
	context: TriggerContext | IExecuteFunctions,
	{ ignoreRepeated }: TriggerOptions,
): boolean => ignoreRepeated && context.getMode() === 'webhook';

/**
 * Remembers a delivery in this process, unless its event was accepted before or is about to be: of several at the same time only
 * the first starts the workflow.
 *
 * @param context the delivery's `this`
 * @param event the delivered event
 * @param chosen the events that the user chose
 * @returns undefined if the event is a repeat; otherwise what forgets the delivery again, for an event that starts nothing
 */
export function rememberUnlessRepeated(
	context: IWebhookFunctions,
	event: ComplyCubeEvent,
	chosen: string[],
): (() => void) | undefined {
	const memory = memoryOf(triggerName(context));
	const id = eventName(event);
	const forms = formsOf(event, chosen);
	if ([id, forms?.other].filter(isName).some((name) => memory.has(name))) return undefined;
	const names = [id, forms?.own].filter(isName);
	const answer = followAnswer(context.getResponseObject());
	memory.note(names, answer);
	return () => memory.forget(names, answer);
}

/** Looks the event of an execution up in n8n's store, and records it there. */
async function findInStore(context: IExecuteFunctions, event: ComplyCubeEvent): Promise<boolean> {
	const id = eventName(event);
	const forms = formsOf(event, chosenEvents(context.getNodeParameter('events', 0)));
	if (!id && !forms) return false;
	// In the order in which they may be forgotten without a new event looking like a repeat
	const names = {
		change: forms?.change,
		own: forms?.own,
		event: id && `event ${id}`,
		execution: `execution ${context.getExecutionId()}`,
	};
	const recorded = await recordNames(context, Object.values(names).filter(isName));
	const has = (name: keyof typeof names) => recorded.includes(names[name] ?? '');
	// n8n 1 runs an execution again if its worker died: that is not another delivery
	if (has('execution')) return false;
	const cameInOtherForm = has('change') && !has('own');
	return has('event') || cameInOtherForm;
}

/**
 * Tells whether the event of an execution has started the workflow before, in whatever process of this n8n. If that cannot be
 * found out, the event counts as new: to run twice is better than not at all.
 *
 * @param context n8n's `this` of the trigger at the start of an execution
 */
export async function hasStartedBefore(context: IExecuteFunctions): Promise<boolean> {
	const [item] = context.getInputData();
	try {
		const options = readOptions((name) => context.getNodeParameter(name, 0, null));
		if (!item || !ignoresRepeats(context, options)) return false;
		return await findInStore(context, item.json);
	} catch (error) {
		logWarning(
			context,
			'an event starts the workflow without a look at whether it did so before, because what n8n has recorded of events could not be read or written.',
			{ reason: (error as Error).message },
		);
		return false;
	}
}
