import {
	NodeApiError,
	NodeOperationError,
	type IDataObject,
	type IHookFunctions,
	type IWebhookFunctions,
} from 'n8n-workflow';
import { isLoopback } from '../transport/baseUrl';
import { connect, type ApiRequest, type Connection } from '../transport/connection';
import { CREDENTIAL_TYPE } from '../transport/exchange';
import { Failure, isMissing } from '../transport/failure';
import { nodeApiError } from '../transport/nodeApiError';
import { readPages } from '../transport/pages';
import { pathSegment } from '../transport/pathSegment';
import { listed, subscription } from './events';

/** Most webhooks of an account (API page "Create a webhook"). */
const MOST_WEBHOOKS = 20;

/** Somebody who publishes waits for it, and n8n gives up after a minute and a half with all its own tries, in ms. */
const PATIENCE = 20_000;

/** Longest description that is sent, in characters. */
const LONGEST_DESCRIPTION = 200;

/** What this node keeps of its webhook in n8n's static data. */
export interface Registration {
	webhookId: string;
	/** Signs the deliveries; ComplyCube tells it only once, when the webhook is created */
	webhookSecret: string;
	/** In epoch ms */
	createdAt: number;
}

/** A webhook as ComplyCube shows it (API page "Webhooks"). */
interface Webhook extends IDataObject {
	id?: string;
	url?: string;
	enabled?: boolean;
	events?: string[];
	secret?: string;
}

/**
 * What this process registered last, by trigger. A delivery that began before a new registration and ends after it makes
 * n8n store the static data of before.
 */
const latest = new Map<string, Registration>();

/**
 * Webhooks of which it could not be found out whether they are right. n8n calls `unregister` after every failed
 * `isRegistered`, which must not cost a webhook that may well be in order.
 */
const undecided = new Set<string>();

/**
 * Names a trigger node. While somebody listens for a test event, that is another trigger beside the published one.
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
 * @returns the stored one, or the one made since if n8n stored an old one over it; undefined if nothing is stored
 */
export function registrationOf(context: IWebhookFunctions): Registration | undefined {
	const stored = context.getWorkflowStaticData('node') as Partial<Registration>;
	if (!stored.webhookSecret) return undefined;
	const since = latest.get(triggerName(context));
	return since && since.createdAt > (stored.createdAt ?? 0) ? since : (stored as Registration);
}

function keep(hook: IHookFunctions, registration: Registration): void {
	Object.assign(hook.getWorkflowStaticData('node'), registration);
	latest.set(triggerName(hook), registration);
}

function forget(hook: IHookFunctions): void {
	const stored = hook.getWorkflowStaticData('node');
	for (const [trigger, { webhookId }] of latest) {
		if (webhookId === stored.webhookId) latest.delete(trigger);
	}
	for (const name of Object.keys(stored)) delete stored[name];
}

/** What the webhook has to be like. */
async function wanted(hook: IHookFunctions) {
	const url = hook.getNodeWebhookUrl('default') ?? '';
	const { baseUrl } = await hook.getCredentials(CREDENTIAL_TYPE);
	if (!url.startsWith('https:') && !isLoopback(baseUrl)) {
		throw new NodeOperationError(
			hook.getNode(),
			`ComplyCube delivers events to https addresses only, but n8n's address is ${url}: set WEBHOOK_URL to the https address at which n8n can be reached from the internet, and start n8n again`,
			{
				description:
					'To try it on your own computer, use a tunnel and set the environment variable WEBHOOK_URL to its address.',
			},
		);
	}
	const events = subscription(listed(hook.getNodeParameter('events', [])));
	if (events.length === 0) {
		throw new NodeOperationError(hook.getNode(), "Choose at least one event in 'Trigger On'");
	}
	const { id, name } = hook.getWorkflow();
	const kind = hook.getMode() === 'manual' ? 'n8n test of workflow' : 'n8n workflow';
	const description = `${kind} "${name}" (${id}), node "${hook.getNode().name}"`;
	// A cut may leave half of a character at the end
	const cut = description.slice(0, LONGEST_DESCRIPTION).replace(/\p{Cs}$/u, '');
	return { url, events, enabled: true, description: cut };
}

type Wanted = Awaited<ReturnType<typeof wanted>>;

const isAsWanted = (webhook: Webhook, { url, events }: Wanted): boolean =>
	webhook.url === url &&
	webhook.enabled === true &&
	[...(webhook.events ?? [])].sort().join() === [...events].sort().join();

/** ComplyCube's webhooks as a hook of n8n uses them: its failures are thrown as n8n's own errors. */
class Webhooks {
	private constructor(
		private readonly hook: IHookFunctions,
		private readonly connection: Connection,
		private readonly deadline: number,
	) {}

	/** @throws NodeApiError if the credential cannot be used */
	static async of(hook: IHookFunctions): Promise<Webhooks> {
		const connection = await connect(hook);
		if (connection instanceof Failure) throw nodeApiError(hook.getNode(), connection);
		return new Webhooks(hook, connection, Date.now() + PATIENCE);
	}

	async all(): Promise<Webhook[]> {
		const list = await readPages(
			{ ...this.connection, send: async (request) => await this.send(request) },
			{ method: 'GET', path: '/webhooks' },
			Infinity,
		);
		return this.sure(list);
	}

	/** @returns the webhook; undefined if ComplyCube says that there is none: no other failure means that */
	async get(id: string): Promise<Webhook | undefined | Failure> {
		const webhook = await this.send({ method: 'GET', path: this.pathOf(id) });
		return isMissing(webhook) ? undefined : webhook;
	}

	async update(id: string, body: Wanted): Promise<Webhook> {
		return this.sure(await this.send({ method: 'POST', path: this.pathOf(id), body }));
	}

	async create(body: Wanted): Promise<Webhook | Failure> {
		return await this.send({ method: 'POST', path: '/webhooks', body });
	}

	async remove(id: string): Promise<void> {
		const reply = await this.send({ method: 'DELETE', path: this.pathOf(id) });
		if (!isMissing(reply)) this.sure(reply);
	}

	/** Removes the webhooks that point here, but not the one whose secret is known. */
	async removeStrays(url: string, known?: string): Promise<void> {
		for (const { id, url: address } of await this.all()) {
			if (id && id !== known && address === url) await this.remove(id);
		}
	}

	error(failure: Failure): NodeApiError {
		const passing = failure.cause?.cause === 'temporarily-unavailable';
		return nodeApiError(this.hook.getNode(), passing ? failure.advising(LATER) : failure);
	}

	sure<T>(result: T | Failure): T {
		if (result instanceof Failure) throw this.error(result);
		return result;
	}

	private pathOf(id: string): string {
		return `/webhooks/${this.sure(pathSegment(id, 'webhookId'))}`;
	}

	private async send(request: ApiRequest): Promise<IDataObject | Failure> {
		return await this.connection.send(request, { deadline: this.deadline, urgent: true });
	}
}

const LATER =
	'Publish the workflow again in a few minutes. See https://status.complycube.com for the state of the service.';

const NOT_AS_WANTED = new Failure('ComplyCube did not set up the webhook as asked', {
	description:
		"Look at the webhook in ComplyCube's Web Portal (Developers, Webhooks), delete it there, and publish the workflow again.",
});

/** A refusal because the account has no webhook left is not documented, so that its webhooks are counted instead. */
async function explained(webhooks: Webhooks, failure: Failure): Promise<Failure> {
	if (!/^4(?!01|29)/.test(failure.details.httpCode ?? '')) return failure;
	const count = await webhooks.all().then(
		({ length }) => length,
		() => 0,
	);
	if (count < MOST_WEBHOOKS) return failure;
	return new Failure(
		`ComplyCube allows ${MOST_WEBHOOKS} webhooks, and this account has ${count}: delete one in ComplyCube's Web Portal, then try again`,
		{
			...failure.details,
			description:
				'The description of a webhook says which n8n workflow it belongs to. Every published workflow with a ComplyCube Trigger takes one, and so does listening for a test event.',
		},
	);
}

/**
 * Brings the webhook whose secret we have in order.
 *
 * @returns whether it is there; also true if that cannot be found out now
 */
async function repaired(
	hook: IHookFunctions,
	registration: Registration,
	target: Wanted,
): Promise<boolean> {
	const webhooks = await Webhooks.of(hook);
	const { webhookId, webhookSecret, createdAt } = registration;
	const webhook = await webhooks.get(webhookId);
	if (webhook instanceof Failure) {
		// n8n would take the published trigger down, and not up again, for a hiccup while it starts
		hook.logger.warn(
			`ComplyCube Trigger: the webhook could not be checked, which the next start makes up for. ${webhook.message}`,
			{ workflowId: hook.getWorkflow().id },
		);
		return true;
	}
	if (!webhook) return false;
	if (!isAsWanted(webhook, target)) {
		const changed = await webhooks.update(webhookId, target);
		if (!isAsWanted(changed, target)) throw webhooks.error(NOT_AS_WANTED);
	}
	keep(hook, { webhookId, webhookSecret, createdAt });
	// What else points here would deliver everything twice, with a signature that nobody knows
	await webhooks.removeStrays(target.url, webhookId).catch(() => undefined);
	return true;
}

/**
 * Puts what to do into the message of an error: where a workflow cannot be published, n8n 2 shows the message only, and n8n 1
 * the description instead of it.
 *
 * @param work of a hook that publishes
 * @returns what the work returns
 * @throws the work's error
 */
export async function toldInOne<T>(work: Promise<T>): Promise<T> {
	return await work.catch((error: Error) => {
		if (error instanceof NodeApiError && error.description) {
			error.message = `${error.message.replace(/\.$/, '')}. ${error.description}`;
			error.description = undefined;
		}
		throw error;
	});
}

/**
 * Makes sure that what ComplyCube has of our webhook is right: called by n8n when the trigger is published, at every start,
 * and when somebody listens for a test event.
 *
 * @param hook n8n's `this` of the hook
 * @returns true if the webhook is there and as it has to be, or ComplyCube cannot be asked for it, which does not mean that
 * it is missing; false if it has to be created
 * @throws NodeOperationError if the address of n8n or the choice of events cannot work; NodeApiError if the webhook is not
 * as it has to be and cannot be put in order
 */
export async function isRegistered(hook: IHookFunctions): Promise<boolean> {
	const stored = hook.getWorkflowStaticData('node') as Partial<Registration>;
	const { webhookId, webhookSecret } = stored;
	if (webhookId) undecided.add(webhookId);
	const target = await wanted(hook);
	const known =
		webhookId && webhookSecret && (await repaired(hook, stored as Registration, target));
	if (webhookId) undecided.delete(webhookId);
	if (known) return true;

	const webhooks = await Webhooks.of(hook);
	if (webhookId) await webhooks.remove(webhookId);
	await webhooks.removeStrays(target.url);
	forget(hook);
	return false;
}

/**
 * Creates the webhook.
 *
 * @param hook n8n's `this` of the hook
 * @returns true; never false, with which n8n would publish a workflow that receives nothing
 * @throws NodeOperationError as `isRegistered`; NodeApiError with ComplyCube's reason
 */
export async function register(hook: IHookFunctions): Promise<boolean> {
	const target = await wanted(hook);
	const webhooks = await Webhooks.of(hook);
	const created = await webhooks.create(target);
	if (created instanceof Failure) {
		if (created.doubtful) await removeAfterDoubt(hook, target.url);
		throw webhooks.error(await explained(webhooks, created));
	}
	const { id, secret } = created;
	if (!id || !secret || !isAsWanted(created, target)) {
		await (id ? webhooks.remove(id) : webhooks.removeStrays(target.url));
		throw webhooks.error(NOT_AS_WANTED);
	}
	keep(hook, { webhookId: id, webhookSecret: secret, createdAt: Date.now() });
	return true;
}

/** It may have been created all the same, but nobody will ever learn its secret; `isRegistered` finds what stays. */
async function removeAfterDoubt(hook: IHookFunctions, url: string): Promise<void> {
	const webhooks = await Webhooks.of(hook);
	await webhooks.removeStrays(url).catch(() => undefined);
}

/**
 * Removes the webhook: called when the workflow is unpublished, when the trigger changed, and when the test is over.
 *
 * @param hook n8n's `this` of the hook
 * @returns true; what could not be removed is logged, and found by its address at the next publication
 */
export async function unregister(hook: IHookFunctions): Promise<boolean> {
	const { webhookId } = hook.getWorkflowStaticData('node') as Partial<Registration>;
	if (!webhookId || undecided.delete(webhookId)) return true;
	const stays = (reason: string) =>
		hook.logger.warn(
			`ComplyCube Trigger: webhook ${webhookId} stays at ComplyCube. If nothing uses it any more, delete it in the Web Portal.`,
			{ workflowId: hook.getWorkflow().id, reason },
		);
	forget(hook);
	try {
		const webhooks = await Webhooks.of(hook);
		const { url } = webhooks.sure(await webhooks.get(webhookId)) ?? {};
		// After a copy of n8n's database was started elsewhere, the webhook may be the other one's
		if (url === hook.getNodeWebhookUrl('default')) await webhooks.remove(webhookId);
		else if (url) stays('It has another address by now');
	} catch (error) {
		stays((error as Error).message);
	}
	return true;
}
