import type { IDataObject, IHookFunctions, NodeApiError } from 'n8n-workflow';
import { connect, type ApiRequest, type Connection } from '../transport/connection';
import { Failure, isMissing } from '../transport/failure';
import { nodeApiError } from '../transport/nodeApiError';
import { readPages } from '../transport/pages';
import { pathSegment } from '../transport/pathSegment';

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

/** A webhook as ComplyCube shows it (API page "Webhooks"); the secret only comes with its creation. */
export interface Webhook extends Partial<WebhookSettings> {
	id?: string;
	secret?: string;
}

const LATER =
	'Publish the workflow again in a few minutes. See https://status.complycube.com for the state of the service.';

/** The account's webhooks, for n8n's hooks: what fails is thrown as n8n's own error. */
export class Webhooks {
	private constructor(
		private readonly hook: IHookFunctions,
		private readonly connection: Connection,
		private readonly deadline: number,
	) {}

	/** @throws NodeApiError if the credential cannot be used */
	static async of(hook: IHookFunctions): Promise<Webhooks> {
		const connection = await connect(hook);
		if (connection instanceof Failure) throw nodeApiError(hook.getNode(), connection);
		return new Webhooks(hook, connection, Date.now() + PATIENCE_MS);
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

	async update(id: string, body: WebhookSettings): Promise<Webhook> {
		return this.orThrow(await this.send({ method: 'POST', path: this.pathOf(id), body }));
	}

	async create(body: WebhookSettings): Promise<Webhook | Failure> {
		return await this.send({ method: 'POST', path: '/webhooks', body });
	}

	async remove(id: string): Promise<void> {
		const reply = await this.send({ method: 'DELETE', path: this.pathOf(id) });
		if (!isMissing(reply)) this.orThrow(reply);
	}

	/** Removes the webhooks that point here, but not the one whose secret is known. */
	async removeStrays(url: string, known?: string): Promise<void> {
		for (const { id, url: address } of await this.all()) {
			if (id && id !== known && address === url) await this.remove(id);
		}
	}

	/** The failure as n8n's own error, with advice for somebody who publishes. */
	error(failure: Failure): NodeApiError {
		const isTransient = failure.cause?.cause === 'temporarily-unavailable';
		return nodeApiError(this.hook.getNode(), isTransient ? failure.advising(LATER) : failure);
	}

	/** @throws NodeApiError if the result is a failure */
	orThrow<T>(result: T | Failure): T {
		if (result instanceof Failure) throw this.error(result);
		return result;
	}

	private pathOf(id: string): string {
		return `/webhooks/${this.orThrow(pathSegment(id, 'webhookId'))}`;
	}

	private async send(request: ApiRequest): Promise<IDataObject | Failure> {
		return await this.connection.send(request, { deadline: this.deadline, urgent: true });
	}
}

/**
 * Explains a refused creation if the account has no webhook left. How ComplyCube says that is not documented, so the webhooks
 * are counted.
 *
 * @param webhooks the account's webhooks
 * @param failure why the webhook was not created
 * @returns the same failure, or one that names the limit
 */
export async function withLimitHint(webhooks: Webhooks, failure: Failure): Promise<Failure> {
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
