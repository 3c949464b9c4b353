import { NodeApiError, NodeOperationError, type IHookFunctions } from 'n8n-workflow';
import { isLoopback } from '../transport/baseUrl';
import { CREDENTIAL_TYPE } from '../transport/exchange';
import { Failure } from '../transport/failure';
import { textsFrom } from '../values/list';
import { cutText } from '../values/text';
import type { TriggerContext } from './context';
import { chosenEvents, subscription } from './events';
import { readFilters } from './filters';
import { environmentOf, keyFingerprint } from './keyFingerprint';
import { logWarning } from './log';
import {
	forgetRegistration,
	readRegistration,
	storeRegistration,
	type Registration,
} from './storedRegistration';
import { isWebhookId, Webhooks, tidyUpAfter, type Webhook, type WebhookSettings } from './webhooks';

/** Longest description that is sent, in characters. */
const LONGEST_DESCRIPTION = 200;

/**
 * Webhooks that could not be checked. n8n calls `unregister` after every failed `isRegistered`, which must not remove a webhook
 * that may well be in order.
 */
const undecided = new Set<string>();

/** The part of an address that the user can change; the rest is n8n's own path. */
const originOf = (url: string) => (URL.canParse(url) ? new URL(url).origin : 'not known');

/** What the webhook has to be like, from the node's parameters and n8n's address. */
async function desiredWebhook(hook: TriggerContext): Promise<WebhookSettings> {
	const url = hook.getNodeWebhookUrl('default') ?? '';
	const { baseUrl } = await hook.getCredentials(CREDENTIAL_TYPE);
	if (!url.startsWith('https:') && !isLoopback(baseUrl)) {
		// All of it in the message: where a workflow cannot be published, n8n 2 shows nothing else
		throw new NodeOperationError(
			hook.getNode(),
			`ComplyCube delivers events to https addresses only, but n8n's address is ${originOf(url)}. Set the environment variable N8N_WEBHOOK_URL (WEBHOOK_URL in older versions of n8n) to the https address at which the internet reaches n8n, and start n8n again. On your own computer, use a tunnel and set it to the tunnel's address.`,
		);
	}
	const events = subscription(chosenEvents(hook.getNodeParameter('events', [])));
	if (events.length === 0) {
		throw new NodeOperationError(hook.getNode(), "Choose at least one event in 'Trigger On'");
	}
	const { id, name } = hook.getWorkflow();
	const kind = hook.getMode() === 'manual' ? 'n8n test of workflow' : 'n8n workflow';
	const description = `${kind} "${name}" (${id}), node "${hook.getNode().name}"`;
	return { url, events, enabled: true, description: cutText(description, LONGEST_DESCRIPTION) };
}

const isAsDesired = (webhook: Webhook, { url, events }: WebhookSettings): boolean =>
	webhook.url === url &&
	webhook.enabled === true &&
	textsFrom(webhook.events).sort().join() === [...events].sort().join();

const NOT_AS_DESIRED = new Failure('ComplyCube did not set up the webhook as asked', {
	description:
		"Look at the webhook in ComplyCube's Web Portal (Developers, Webhooks), delete it there, and publish the workflow again.",
});

/**
 * Puts in order the webhook whose secret we have.
 *
 * @returns whether it is there; also true if that cannot be found out now
 */
async function repairWebhook(
	hook: IHookFunctions,
	registration: Registration,
	target: WebhookSettings,
): Promise<boolean> {
	const webhooks = await Webhooks.of(hook);
	const { webhookId } = registration;
	const webhook = await webhooks.get(webhookId);
	if (webhook instanceof Failure) {
		// For a hiccup at its start, n8n would take the published trigger down for good
		logWarning(
			hook,
			`the webhook could not be checked, which the next start makes up for. ${webhook.message}`,
		);
		return true;
	}
	if (!webhook) return false;
	if (!isAsDesired(webhook, target)) {
		const { webhook: changed, settings } = await webhooks.update(webhookId, target);
		if (!isAsDesired(webhooks.orThrow(changed), settings)) throw webhooks.error(NOT_AS_DESIRED);
	}
	// Found with this key, whichever it was registered with
	storeRegistration(hook, { ...registration, keyFingerprint: await keyFingerprint(hook) });
	// Any other webhook with this address would deliver everything twice, with a signature we cannot verify
	await webhooks.removeStrays(target.url, webhookId).catch(() => undefined);
	return true;
}

/** Warns of a filter that lets nothing pass as things are: n8n has no data for expressions while it publishes. */
function warnOfEmptyFilters(hook: IHookFunctions): void {
	const filters = readFilters(hook);
	if (!(filters instanceof Failure)) return;
	logWarning(
		hook,
		`${filters.message} at publication. If it gives nothing for an event either, that event does not start the workflow.`,
	);
}

/**
 * Tells of a webhook that cannot be removed, because it belongs to another API key, and how the user can remove it.
 *
 * @param context the hook's or delivery's `this`
 * @param registration the webhook, and what the other key is recognised by
 */
export function logLeftBehind(
	context: TriggerContext,
	{ webhookId, keyFingerprint }: Partial<Registration>,
): void {
	const environment = keyFingerprint && environmentOf(keyFingerprint);
	const key = `another API key${environment ? ` of the ${environment} environment` : ''}`;
	const found = keyFingerprint
		? `was registered with ${key}, and the present one cannot see it. It is left behind there`
		: 'cannot be seen with the present API key. If it was registered with another one, it is left behind in the account of that one';
	logWarning(
		context,
		`webhook ${webhookId} ${found}: delete it in ComplyCube's Web Portal (Developers, Webhooks), or with the other key by DELETE /webhooks/${webhookId}.`,
	);
}

/** Removes and forgets whatever would be in the way of a new registration. */
async function clearTheWay(hook: IHookFunctions, url: string): Promise<void> {
	const webhooks = await Webhooks.of(hook);
	const registration = readRegistration(hook);
	const { webhookId } = registration;
	const isGone = webhookId !== undefined && !(await webhooks.remove(webhookId));
	if (isGone && registration.keyFingerprint !== (await keyFingerprint(hook))) {
		logLeftBehind(hook, registration);
	}
	await webhooks.removeStrays(url);
	forgetRegistration(hook);
}

/**
 * Puts the advice into the message of an error. Where a workflow cannot be published, n8n 2 shows the message only, and n8n 1
 * only the description.
 *
 * @param work the work of a hook that publishes
 * @returns what the work returns
 * @throws the work's error
 */
export async function adviceInMessage<T>(work: Promise<T>): Promise<T> {
	return await work.catch((error: Error) => {
		if (error instanceof NodeApiError && error.description) {
			error.message = `${error.message.replace(/\.$/, '')}. ${error.description}`;
			error.description = undefined;
		}
		throw error;
	});
}

/**
 * Checks our webhook at ComplyCube and puts it in order: called by n8n when the trigger is published, at every start, and when
 * somebody listens for a test event.
 *
 * @param hook n8n's `this` of the hook
 * @returns true if the webhook is there and as it has to be, or ComplyCube cannot be asked for it, which does not mean that
 * it is missing; false if it has to be created
 * @throws NodeOperationError if the address of n8n or the choice of events cannot work; NodeApiError if the webhook is not
 * as it has to be and cannot be put in order
 */
export async function isRegistered(hook: IHookFunctions): Promise<boolean> {
	const stored = readRegistration(hook);
	const { webhookId, webhookSecret } = stored;
	if (webhookId) undecided.add(webhookId);
	const target = await desiredWebhook(hook);
	warnOfEmptyFilters(hook);
	const known =
		webhookId && webhookSecret && (await repairWebhook(hook, stored as Registration, target));
	if (webhookId) undecided.delete(webhookId);
	if (known) return true;

	await clearTheWay(hook, target.url);
	return false;
}

/**
 * Creates the webhook.
 *
 * @param hook n8n's `this` of the hook or delivery
 * @returns true; never false, with which n8n would publish a workflow that receives nothing
 * @throws NodeOperationError as `isRegistered`; NodeApiError with ComplyCube's reason
 */
export async function register(hook: TriggerContext): Promise<boolean> {
	const target = await desiredWebhook(hook);
	const webhooks = await Webhooks.of(hook);
	const { webhook: created, settings } = await webhooks.create(target);
	if (created instanceof Failure) {
		throw webhooks.error(await tidyUpAfter(hook, created, target.url));
	}
	const { id, secret } = created;
	const isUsable = typeof secret === 'string' && secret.trim() !== '';
	if (!isWebhookId(id) || !isUsable || !isAsDesired(created, settings)) {
		await (isWebhookId(id) ? webhooks.remove(id) : webhooks.removeStrays(target.url));
		throw webhooks.error(NOT_AS_DESIRED);
	}
	storeRegistration(hook, {
		webhookId: id,
		webhookSecret: secret,
		createdAt: Date.now(),
		keyFingerprint: await keyFingerprint(hook),
	});
	return true;
}

/**
 * Removes the webhook: called when the workflow is unpublished, when the trigger changed, and when the test is over.
 *
 * @param hook n8n's `this` of the hook
 * @returns true; what could not be removed is logged, and found by its address at the next publication
 */
export async function unregister(hook: IHookFunctions): Promise<boolean> {
	const registration = readRegistration(hook);
	const { webhookId } = registration;
	if (!webhookId || undecided.delete(webhookId)) return true;
	const stays = (reason: string) =>
		logWarning(
			hook,
			`webhook ${webhookId} stays at ComplyCube. If nothing uses it any more, delete it in the Web Portal.`,
			{ reason },
		);
	forgetRegistration(hook);
	try {
		const webhooks = await Webhooks.of(hook);
		const webhook = webhooks.orThrow(await webhooks.get(webhookId));
		const isSameKey = registration.keyFingerprint === (await keyFingerprint(hook));
		const url = hook.getNodeWebhookUrl('default') ?? '';
		// If a copy of n8n's database runs elsewhere, the webhook may belong to that one by now
		if (webhook?.url === url) await webhooks.remove(webhookId);
		else if (webhook) stays('It has another address by now');
		else if (!isSameKey) {
			logLeftBehind(hook, registration);
			// A delivery may have registered anew, and n8n written over it
			await webhooks.removeStrays(url);
		}
	} catch (error) {
		stays((error as Error).message);
	}
	return true;
}
