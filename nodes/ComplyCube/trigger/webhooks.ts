import type { IDataObject, NodeApiError } from 'n8n-workflow';
import { connect, type ApiRequest, type Connection } from '../transport/connection';
import { Failure, isMissing } from '../transport/failure';
import { nodeApiError } from '../transport/nodeApiError';
import { readPages } from '../transport/pages';
import { pathSegment } from '../transport/pathSegment';
import type { TriggerContext } from './context';
import { logWarning } from './log';

/** Most webhooks of an account (API page "Create a webhook"). */
const MOST_WEBHOOKS = 20;

/** Somebody who publishes waits for this, and n8n gives up after a minute and a half, its own retries included; in ms. */
const PATIENCE_MS = 20_000;

/** What can be set of a webhook. */
export interface WebhookSettings {
	url: string;
	events: string[];
	enabled: boolean;
	description: string;
}

/**
 * A webhook as ComplyCube shows it (API page "Webhooks"); the secret only comes with its creation. No field is certain to be
 * what it should be.
 */
export type Webhook = Partial<Record<keyof WebhookSettings | 'id' | 'secret', unknown>>;

/** Events that ComplyCube may not know: only others than ComplyCube name them. */
const UNCONFIRMED_EVENTS = ['workflow.session.abandoned'];

const NO_OTHER_EVENT =
	"ComplyCube does not know this event by itself: choose 'All Events' in 'Trigger On', which covers it should ComplyCube deliver it.";

/** A webhook as it was sent, or why it was not, and the settings that it was sent with. */
export interface SetWebhook {
	webhook: Webhook | Failure;
	/** As asked for, or without the events that ComplyCube does not know */
	settings: WebhookSettings;
}

const LATER =
	'Publish the workflow again in a few minutes. See https://status.complycube.com for the state of the service.';

/** Whether ComplyCube did not take a request as it was: sending it otherwise is safe. */
const isRefusal = (reply: unknown): reply is Failure =>
	reply instanceof Failure && /^4(00|22)$/.test(reply.details.httpCode ?? '');

/** Tells whether a webhook can be addressed by what ComplyCube shows as its ID. */
export const isWebhookId = (id: unknown): id is string =>
	typeof id === 'string' && !(pathSegment(id, 'webhookId') instanceof Failure);

/** The account's webhooks, for n8n's hooks: what fails is thrown as n8n's own error. */
export class Webhooks {
	private constructor(
		private readonly context: TriggerContext,
		private readonly connection: Connection,
		private readonly deadline: number,
	) {}

	/**
	 * @param context the hook's or delivery's `this`
	 * @param deadline when to give up, in epoch ms
	 * @throws NodeApiError if the credential cannot be used
	 */
	static async of(context: TriggerContext, deadline = Date.now() + PATIENCE_MS): Promise<Webhooks> {
		const connection = await connect(context);
		if (connection instanceof Failure) throw nodeApiError(context.getNode(), connection);
		return new Webhooks(context, connection, deadline);
	}

	async all(): Promise<Webhook[]> {
		const list = await readPages(
			{ ...this.connection, send: async (request) => await this.send(request) },
			{ method: 'GET', path: '/webhooks' },
			Infinity,
		);
		return this.orThrow(list) as Webhook[];
	}

	/** @returns the webhook; undefined if ComplyCube says that there is none: no other failure means that */
	async get(id: string): Promise<Webhook | undefined | Failure> {
		const webhook = await this.send({ method: 'GET', path: this.pathOf(id) });
		return isMissing(webhook) ? undefined : webhook;
	}

	async update(id: string, settings: WebhookSettings): Promise<SetWebhook> {
		return await this.set(this.pathOf(id), settings);
	}

	async create(settings: WebhookSettings): Promise<SetWebhook> {
		return await this.set('/webhooks', settings);
	}

	/** @returns false if ComplyCube says that there is none */
	async remove(id: string): Promise<boolean> {
		const reply = await this.send({ method: 'DELETE', path: this.pathOf(id) });
		if (isMissing(reply)) return false;
		this.orThrow(reply);
		return true;
	}

	/**
	 * Removes the webhooks that point here, but not the one whose secret is known.
	 *
	 * @returns how many webhooks the account has left
	 */
	async removeStrays(url: string, known?: string): Promise<number> {
		const webhooks = await this.all();
		let count = webhooks.length;
		for (const { id, url: address } of webhooks) {
			if (!isWebhookId(id) || id === known || address !== url) continue;
			await this.remove(id);
			count -= 1;
		}
		return count;
	}

	/** The failure as n8n's own error, with advice for somebody who publishes. */
	error(failure: Failure): NodeApiError {
		const isTransient = failure.cause?.cause === 'temporarily-unavailable';
		return nodeApiError(this.context.getNode(), isTransient ? failure.advising(LATER) : failure);
	}

	/** @throws NodeApiError if the result is a failure */
	orThrow<T>(result: T | Failure): T {
		if (result instanceof Failure) throw this.error(result);
		return result;
	}

	private pathOf(id: string): string {
		return `/webhooks/${this.orThrow(pathSegment(id, 'webhookId'))}`;
	}

	/** Leaves out the events that ComplyCube may not know if it refuses them, and says so. */
	private async set(path: string, settings: WebhookSettings): Promise<SetWebhook> {
		const webhook = await this.send({ method: 'POST', path, body: settings });
		const unknown = settings.events.filter((event) => UNCONFIRMED_EVENTS.includes(event));
		if (unknown.length === 0 || !isRefusal(webhook)) return { webhook, settings };
		const events = settings.events.filter((event) => !unknown.includes(event));
		if (events.length === 0) return { webhook: webhook.advising(NO_OTHER_EVENT), settings };
		const fewer = { ...settings, events };
		const second = await this.send({ method: 'POST', path, body: fewer });
		if (!(second instanceof Failure)) {
			logWarning(
				this.context,
				`ComplyCube does not know the event ${unknown.join(', ')}, so the webhook is registered without it. 'All Events' covers it should ComplyCube deliver it.`,
			);
		}
		return { webhook: second, settings: fewer };
	}

	private async send(request: ApiRequest): Promise<IDataObject | Failure> {
		return await this.connection.send(request, { deadline: this.deadline, urgent: true });
	}
}

/**
 * Tidies up after a creation that failed. Whatever was answered, by ComplyCube or by something in between, a webhook may be
 * there all the same, and its secret is lost. How ComplyCube says that an account has no webhook left is not documented, so
 * they are counted.
 *
 * @param context the hook's or delivery's `this`
 * @param failure why the webhook was not created
 * @param url the address of the webhook
 * @returns the same failure, or one that names the limit
 */
export async function tidyUpAfter(
	context: TriggerContext,
	failure: Failure,
	url: string,
): Promise<Failure> {
	const isRefused = /^4(?!01|29)/.test(failure.details.httpCode ?? '');
	if (!isRefused && !failure.doubtful) return failure;
	// What stays is found at the next publication
	const webhooks = await Webhooks.of(context);
	const count = await webhooks.removeStrays(url).catch(() => 0);
	if (!isRefused || count < MOST_WEBHOOKS) return failure;
	return new Failure(
		`ComplyCube allows ${MOST_WEBHOOKS} webhooks, and this account has ${count}: delete one in ComplyCube's Web Portal, then try again`,
		{
			...failure.details,
			description:
				'The description of a webhook says which n8n workflow it belongs to. Every published workflow with a ComplyCube Trigger takes one, and so does listening for a test event.',
		},
	);
}
