import type { IWebhookFunctions } from 'n8n-workflow';
import { triggerName, type TriggerContext } from './context';

/** What this node keeps of its webhook in n8n's static data. */
export interface Registration {
	webhookId: string;
	/** Signs the deliveries; ComplyCube tells it only once, when the webhook is created */
	webhookSecret: string;
	/** In epoch ms */
	createdAt: number;
	/** What the API key is recognised by that last saw the webhook; not stored by earlier versions of this node */
	keyFingerprint?: string;
}

/**
 * The latest registration of each trigger in this process. What a delivery registers is not stored before n8n has answered it,
 * and a run in which another node changes the static data makes n8n store all of it as it was when the run began.
 */
const latest = new Map<string, Registration>();

/**
 * Reads what n8n's static data has of a registration.
 *
 * @param context the hook's or delivery's `this`
 * @returns what is there; a secret only if it is a text, since nothing else can sign
 */
export function readRegistration(context: TriggerContext): Partial<Registration> {
	const stored = context.getWorkflowStaticData('node') as Partial<Registration>;
	const { webhookId, webhookSecret, createdAt, keyFingerprint } = stored;
	return {
		webhookId,
		webhookSecret: typeof webhookSecret === 'string' ? webhookSecret : undefined,
		createdAt,
		keyFingerprint,
	};
}

/**
 * The registration whose signature deliveries carry.
 *
 * @param context the delivery's `this`
 * @returns the stored one, or what this process knows better: n8n may have overwritten a newer one by an old one; undefined if
 * nothing is stored
 */
export function storedRegistration(context: IWebhookFunctions): Registration | undefined {
	const stored = readRegistration(context);
	if (!stored.webhookSecret) return undefined;
	const since = latest.get(triggerName(context));
	return since && since.createdAt >= (stored.createdAt ?? 0) ? since : (stored as Registration);
}

/**
 * Keeps a registration in this process, until n8n has a newer one in its static data.
 *
 * @param context the hook's or delivery's `this`
 * @param registration what to keep
 */
export function noteRegistration(context: TriggerContext, registration: Registration): void {
	latest.set(triggerName(context), registration);
}

/**
 * Keeps a registration in n8n's static data, and in this process.
 *
 * @param context the hook's or delivery's `this`
 * @param registration what to keep
 */
export function storeRegistration(context: TriggerContext, registration: Registration): void {
	Object.assign(context.getWorkflowStaticData('node'), registration);
	noteRegistration(context, registration);
}

/**
 * Forgets the registration, and whatever else is left of this node in n8n's static data.
 *
 * @param context the hook's or delivery's `this`
 */
export function forgetRegistration(context: TriggerContext): void {
	const stored = context.getWorkflowStaticData('node');
	for (const [trigger, { webhookId }] of latest) {
		if (webhookId === stored.webhookId) latest.delete(trigger);
	}
	for (const name of Object.keys(stored)) delete stored[name];
}
