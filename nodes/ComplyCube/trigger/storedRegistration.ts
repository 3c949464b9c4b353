import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';

/** What this node keeps of its webhook in n8n's static data. */
export interface Registration {
	webhookId: string;
	/** Signs the deliveries; ComplyCube tells it only once, when the webhook is created */
	webhookSecret: string;
	/** In epoch ms */
	createdAt: number;
}

/**
 * The latest registration of each trigger in this process. A delivery that begins before a new registration and ends after it
 * makes n8n store the old static data again.
 */
const latest = new Map<string, Registration>();

/**
 * Names a trigger node. While somebody listens for a test event, that is a trigger of its own beside the published one.
 *
 * @param context the hook's or delivery's `this`
 */
export const triggerName = (context: IHookFunctions | IWebhookFunctions): string =>
	[
		context.getWorkflow().id,
		context.getNode().id,
		context.getMode() === 'manual' ? 'test' : 'published',
	].join('/');

/**
 * The registration whose signature deliveries carry.
 *
 * @param context the delivery's `this`
 * @returns the stored one, or a newer one if n8n has overwritten it by an old one; undefined if nothing is stored
 */
export function storedRegistration(context: IWebhookFunctions): Registration | undefined {
	const stored = context.getWorkflowStaticData('node') as Partial<Registration>;
	if (!stored.webhookSecret) return undefined;
	const since = latest.get(triggerName(context));
	return since && since.createdAt > (stored.createdAt ?? 0) ? since : (stored as Registration);
}

/**
 * Keeps a registration in n8n's static data.
 *
 * @param hook the hook's `this`
 * @param registration what to keep
 */
export function storeRegistration(hook: IHookFunctions, registration: Registration): void {
	Object.assign(hook.getWorkflowStaticData('node'), registration);
	latest.set(triggerName(hook), registration);
}

/**
 * Forgets the registration, and everything else this node keeps in n8n's static data.
 *
 * @param hook the hook's `this`
 */
export function forgetRegistration(hook: IHookFunctions): void {
	const stored = hook.getWorkflowStaticData('node');
	for (const [trigger, { webhookId }] of latest) {
		if (webhookId === stored.webhookId) latest.delete(trigger);
	}
	for (const name of Object.keys(stored)) delete stored[name];
}
