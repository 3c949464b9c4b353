import type { IExecuteFunctions, IWebhookFunctions } from 'n8n-workflow';
import { triggerName, type TriggerContext } from './context';

/** How often each thing happened to each trigger since n8n started. */
const counts = new Map<string, number>();

/**
 * Logs a warning that names the workflow. Nothing of a delivery may be in it.
 *
 * @param context the hook's or delivery's `this`, or that of the trigger at the start of an execution
 * @param sentence what happened, without the name of the node
 * @param details more for the log's own fields
 */
export const logWarning = (
	context: TriggerContext | IExecuteFunctions,
	sentence: string,
	details: { reason?: string } = {},
) =>
	context.logger.warn(`ComplyCube Trigger: ${sentence}`, {
		workflowId: context.getWorkflow().id,
		...details,
	});

/**
 * Counts what happened, and logs the 1st, 10th, 100th …: whoever floods the address must not flood the log.
 *
 * @param context the delivery's `this`
 * @param kind what is counted
 * @param sentence says what happened so many times
 */
export function logNowAndThen(
	context: IWebhookFunctions,
	kind: string,
	sentence: (count: number) => string,
): void {
	const name = `${triggerName(context)} ${kind}`;
	const count = (counts.get(name) ?? 0) + 1;
	counts.set(name, count);
	if (/^10*$/.test(String(count))) logWarning(context, sentence(count));
}
