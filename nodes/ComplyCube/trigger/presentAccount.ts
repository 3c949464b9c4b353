import type { IWebhookFunctions } from 'n8n-workflow';
import { triggerName } from './context';
import { keyFingerprint } from './keyFingerprint';
import { logLeftBehind, register } from './lifecycle';
import { logNowAndThen, logWarning } from './log';
import { noteRegistration, type Registration } from './storedRegistration';
import { Webhooks } from './webhooks';

/** Of each trigger the search that is under way, so that deliveries at the same time do not register it more than once. */
const searches = new Map<string, Promise<boolean>>();

/**
 * Makes sure that a delivery comes from the account of the present API key. n8n tells no node that its credential changed, so
 * this is where a trigger learns that it still listens to the account of an earlier key, e.g. to the test environment after
 * going live. Then it registers anew.
 *
 * @param context the delivery's `this`
 * @param registration what the delivery was verified by
 * @param deadline when to give up looking for the webhook, in epoch ms
 * @returns false if ComplyCube says that the present key has no such webhook; true also if that cannot be found out now
 */
export async function confirmAccount(
	context: IWebhookFunctions,
	registration: Registration,
	deadline: number,
): Promise<boolean> {
	// The webhook of a test lasts for two minutes at most
	if (context.getMode() === 'manual' || !registration.webhookId) return true;
	const present = await keyFingerprint(context).catch(() => undefined);
	if (!present || present === registration.keyFingerprint) return true;
	const trigger = triggerName(context);
	const search =
		searches.get(trigger) ??
		searchWithPresentKey(context, registration, present, deadline).finally(() =>
			searches.delete(trigger),
		);
	searches.set(trigger, search);
	return await search;
}

async function searchWithPresentKey(
	context: IWebhookFunctions,
	registration: Registration,
	present: string,
	deadline: number,
): Promise<boolean> {
	try {
		const webhooks = await Webhooks.of(context, deadline);
		const webhook = webhooks.orThrow(await webhooks.get(registration.webhookId));
		if (webhook) {
			noteRegistration(context, { ...registration, keyFingerprint: present });
			return true;
		}
	} catch (error) {
		logNowAndThen(
			context,
			'unknown account',
			(count) =>
				`${count} events accepted without knowing whether they are of the account of the present API key, which is another one than at registration. ${(error as Error).message}`,
		);
		return true;
	}
	await registerAnew(context, registration);
	return false;
}

/** Registers the trigger with the present key. What fails is logged, and the next delivery tries again. */
async function registerAnew(context: IWebhookFunctions, earlier: Registration): Promise<void> {
	try {
		const webhooks = await Webhooks.of(context);
		await webhooks.removeStrays(context.getNodeWebhookUrl('default') ?? '');
		await register(context);
		logLeftBehind(context, earlier);
		logWarning(context, 'registered anew with the present API key.');
	} catch (error) {
		logNowAndThen(
			context,
			'not registered anew',
			(count) =>
				`could not be registered with the present API key, so it hears nothing of its account (attempt ${count}). ${(error as Error).message}`,
		);
	}
}
