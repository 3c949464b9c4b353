import type { IExecuteFunctions, IHookFunctions, IWebhookFunctions } from 'n8n-workflow';

/** What hooks and deliveries have in common of their `this`. */
export type TriggerContext = IHookFunctions | IWebhookFunctions;

/**
 * Names a trigger node. While somebody listens for a test event, that is a trigger of its own beside the published one.
 *
 * @param context the hook's or delivery's `this`, or that of the trigger at the start of an execution
 */
export const triggerName = (context: TriggerContext | IExecuteFunctions): string =>
	[
		context.getWorkflow().id,
		context.getNode().id,
		context.getMode() === 'manual' ? 'test' : 'published',
	].join('/');
