import {
	NodeOperationError,
	type IDataObject,
	type IHookFunctions,
	type IWebhookFunctions,
	type NodeApiError,
} from 'n8n-workflow';
import { isLoopback } from '../ComplyCube/request/baseUrl';
import { connect, type ApiRequest, type Connection } from '../ComplyCube/request/connection';
import { CREDENTIAL_TYPE } from '../ComplyCube/request/exchange';
import { Failure, isMissing } from '../ComplyCube/request/failure';
import { nodeApiError } from '../ComplyCube/request/nodeApiError';
import { readPages } from '../ComplyCube/request/pages';
import { pathSegment } from '../ComplyCube/request/pathSegment';
import { subscription } from './events';

/** Most webhooks of an account (API page "Create a webhook"). */
const MOST_WEBHOOKS = 20;

/** n8n publishes one workflow after the other when it starts, and tries again by itself: nobody may be kept long, in ms. */
const PATIENCE = 20_000;

/** Longest description that is sent, in characters. */
const LONGEST_DESCRIPTION = 200;

/** What this node keeps of its webhook in n8n's static data. */
export interface Registration {
	webhookId: string;
	/** Signs the deliveries; ComplyCube tells it only once, when the webhook is created */
	webhookSecret: string;
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
 * The registrations whose signature a delivery may carry.
 *
 * @param context the delivery's `this`
 * @returns the stored one, and the one made since if n8n stored an old one over it; none if nothing is stored
 */
export function registrations(context: IWebhookFunctions): Registration[] {
	const stored = context.getWorkflowStaticData('node') as Partial<Registration>;
	if (!stored.webhookSecret) return [];
	const since = latest.get(triggerName(context));
	return [stored as Registration, ...(since ? [since] : [])];
}

function keep(hook: IHookFunctions, registration: Registration): void {
	Object.assign(hook.getWorkflowStaticData('node'), registration);
	latest.set(triggerName(hook), registration);
}

function forget(hook: IHookFunctions): Partial<Registration> {
	const stored = hook.getWorkflowStaticData('node');
	const registration = { ...stored } as Partial<Registration>;
	for (const name of Object.keys(stored)) delete stored[name];
	latest.delete(triggerName(hook));
	return registration;
}

/** What the webhook has to be like. */
async function wanted(hook: IHookFunctions) {
	const url = hook.getNodeWebhookUrl('default') ?? '';
	const { baseUrl } = await hook.getCredentials(CREDENTIAL_TYPE);
	if (!url.startsWith('https:') && !isLoopback(baseUrl)) {
		throw new NodeOperationError(
			hook.getNode(),
			`ComplyCube delivers events to https addresses only, but n8n's address is ${url}`,
			{
				description:
					'Set the environment variable WEBHOOK_URL to the https address at which n8n can be reached from the internet, and start n8n again. To try it on your own computer, use a tunnel and set WEBHOOK_URL to its address.',
			},
		);
	}
	const events = subscription(hook.getNodeParameter('events', []) as string[]);
	if (events.length === 0) {
		throw new NodeOperationError(hook.getNode(), "Choose at least one event in 'Trigger On'");
	}
	const { id, name } = hook.getWorkflow();
	const kind = hook.getMode() === 'manual' ? 'n8n test of workflow' : 'n8n workflow';
	const description = `${kind} "${name ?? ''}" (${id ?? 'not saved'}), node "${hook.getNode().name}"`;
	return { url, events, enabled: true, description: description.slice(0, LONGEST_DESCRIPTION) };
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
	async get(id: string): Promise<Webhook | undefined> {
		const webhook = await this.send({ method: 'GET', path: this.pathOf(id) });
		return isMissing(webhook) ? undefined : this.sure(webhook);
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

	/** Removes the webhooks that point here, and whose secret is not known any more. */
	async removeStrays(url: string): Promise<void> {
		for (const webhook of await this.all()) {
			if (webhook.url === url && webhook.id) await this.remove(webhook.id);
		}
	}

	error(failure: Failure): NodeApiError {
		return nodeApiError(this.hook.getNode(), failure);
	}

	private sure<T>(result: T | Failure): T {
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

const NOT_AS_WANTED = new Failure('ComplyCube did not set up the webhook as asked', {
	description:
		"Look at the webhook in ComplyCube's Web Portal (Developers, Webhooks), delete it there, and publish the workflow again.",
});

/** A refusal because the account has no webhook left is not documented, so that its webhooks are counted instead. */
async function explained(webhooks: Webhooks, failure: Failure): Promise<Failure> {
	if (!/^4(?!01|29)/.test(failure.details.httpCode ?? '')) return failure;
	const count = (await webhooks.all()).length;
	if (count < MOST_WEBHOOKS) return failure;
	return new Failure(`ComplyCube allows ${MOST_WEBHOOKS} webhooks, and this account has ${count}`, {
		...failure.details,
		description:
			"Delete one in ComplyCube's Web Portal (Developers, Webhooks), then publish the workflow again. The description of a webhook says which n8n workflow it belongs to. Every published workflow with a ComplyCube Trigger takes one, and so does listening for a test event.",
	});
}

/**
 * Makes sure that what ComplyCube has of our webhook is right: called by n8n at every publication, at every start, and
 * when somebody listens for a test event.
 *
 * @param hook n8n's `this` of the hook
 * @returns true if the webhook is there and as it has to be; false if it has to be created
 * @throws NodeOperationError if the address of n8n or the choice of events cannot work; NodeApiError if ComplyCube cannot
 * be asked, for a webhook that cannot be asked for is not a missing one
 */
export async function isRegistered(hook: IHookFunctions): Promise<boolean> {
	const target = await wanted(hook);
	const webhooks = await Webhooks.of(hook);
	const { webhookId, webhookSecret } = hook.getWorkflowStaticData('node') as Partial<Registration>;

	const found = webhookId ? await webhooks.get(webhookId) : undefined;
	if (found && webhookId && webhookSecret) {
		const repaired = isAsWanted(found, target) ? found : await webhooks.update(webhookId, target);
		if (!isAsWanted(repaired, target)) throw webhooks.error(NOT_AS_WANTED);
		keep(hook, { webhookId, webhookSecret });
		return true;
	}
	if (found && webhookId) await webhooks.remove(webhookId);
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
		// It may be there all the same, but nobody will ever learn its secret; if this fails too, `isRegistered` finds it
		if (created.doubtful) await webhooks.removeStrays(target.url).catch(() => undefined);
		throw webhooks.error(await explained(webhooks, created));
	}
	const { id, secret } = created;
	if (!id || !secret || !isAsWanted(created, target)) {
		if (id) await webhooks.remove(id);
		throw webhooks.error(NOT_AS_WANTED);
	}
	keep(hook, { webhookId: id, webhookSecret: secret });
	return true;
}

/**
 * Removes the webhook: called when the workflow is unpublished and when the test is over.
 *
 * @param hook n8n's `this` of the hook
 * @returns true; what could not be removed is logged, and found by its address at the next publication
 */
export async function unregister(hook: IHookFunctions): Promise<boolean> {
	const { webhookId } = forget(hook);
	if (!webhookId) return true;
	try {
		const webhooks = await Webhooks.of(hook);
		await webhooks.remove(webhookId);
	} catch (error) {
		hook.logger.warn(
			`ComplyCube Trigger: webhook ${webhookId} could not be removed. If the workflow stays unpublished, delete it in ComplyCube's Web Portal.`,
			{ workflowId: hook.getWorkflow().id, reason: (error as Error).message },
		);
	}
	return true;
}
