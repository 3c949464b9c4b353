import { z } from 'zod';
import { invalidUrl, Refusal, unknownEvent, webhookLimitReached } from './errors.cts';
import { ALL_EVENTS } from './events.cts';
import { Objects } from './objects.cts';
import type { ApiObject, Fields, Seed, StoredObject, View } from './objects.cts';
import type { ApiReply, Mode, Route } from './resource.cts';
import type { Settings } from './settings.cts';
import { newSecret } from './signature.cts';
import { withoutEmpty } from './store.cts';
import { isoTime } from './time.cts';
import { parse } from './validation.cts';

const inputs = z.object({
	url: z.string(),
	enabled: z.boolean(),
	events: z.array(z.string()).min(1),
	description: z.string().optional(),
});

/** The documented object. [Create a webhook] */
export interface Webhook extends ApiObject, z.infer<typeof inputs> {
	/** The API shows it once, in the reply to the creation. */
	secret: string;
}

export type WebhookSeed = Seed<Webhook>;

export type WebhookView = View<Webhook>;

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;

function isAcceptedUrl(text: string, rule: Settings['webhookUrls']): boolean {
	if (!URL.canParse(text)) return false;
	const { protocol, hostname } = new URL(text);
	if (protocol === 'https:') return true;
	if (protocol !== 'http:' || rule === 'https') return false;
	return rule === 'any' || LOOPBACK.test(hostname);
}

/** Webhooks as objects of the API; `Deliveries` sends to them. [Webhooks] */
export class Webhooks extends Objects<Webhook> {
	readonly name = 'webhooks';
	protected readonly thing = 'webhook';
	protected readonly inputs = inputs;
	protected override readonly hidden = ['secret'];
	protected override readonly isListedByClient = false;

	readonly routes: Route[] = [
		{ method: 'POST', path: '/webhooks', handle: ({ mode, body }) => this.create(mode, body) },
		this.getRoute(),
		this.listRoute(),
		this.actionRoute('POST', '', (webhook, { body }) => this.update(webhook, body)),
		this.deleteRoute(),
	];

	/** @param onStop Called with the ID of a webhook that was disabled or deleted. */
	constructor(
		settings: Settings,
		private readonly onStop: (id: string) => void,
	) {
		// Webhooks have no events of their own.
		super(settings, () => {});
	}

	protected defaults(): Fields {
		return {
			url: 'https://example.com/my/webhook/endpoint',
			enabled: true,
			events: [ALL_EVENTS],
			secret: newSecret(),
		};
	}

	protected override applyRules(fields: Fields): Fields {
		const { url, events } = fields as Partial<z.infer<typeof inputs>>;
		const { webhookUrls, unknownEvents, eventTypes } = this.settings;
		if (url !== undefined && !isAcceptedUrl(url, webhookUrls)) throw new Refusal(invalidUrl());
		const known = [ALL_EVENTS, ...eventTypes];
		if (unknownEvents === 'reject' && events?.some((type) => !known.includes(type))) {
			throw new Refusal(unknownEvent(known));
		}
		return fields;
	}

	protected override afterChange({ data }: StoredObject<Webhook>): void {
		if (!data.enabled) this.onStop(data.id);
	}

	protected override afterDeletion({ data }: StoredObject<Webhook>): void {
		this.onStop(data.id);
	}

	protected override filtersFor(): string[] {
		return this.settings.webhookFilters;
	}

	/** [Create a webhook] */
	private create(mode: Mode, body: unknown): ApiReply {
		const fields = this.applyRules(parse(inputs, body));
		const { webhookLimit, webhookLimitCode } = this.settings;
		if (this.store.newestFirst(mode).length >= webhookLimit) {
			return webhookLimitReached(webhookLimitCode, webhookLimit);
		}
		const { data } = this.insert(mode, { ...fields, secret: newSecret() });
		return { status: 200, body: withoutEmpty(data) };
	}

	/** Takes any of the fields of a creation; the others stay. [Node SDK] */
	private update(webhook: StoredObject<Webhook>, body: unknown): ApiReply {
		const changes = this.applyRules(parse(inputs.partial(), body));
		Object.assign(webhook.data, changes, { updatedAt: isoTime() });
		this.afterChange(webhook);
		return this.okReply(webhook);
	}
}
