import { invalidRequest, unknownEvent, webhookLimitReached } from './errors.cts';
import { ALL_EVENTS } from './events.cts';
import { withObject } from './lookup.cts';
import { listReply } from './pagination.cts';
import type { ApiCall, ApiReply, Collection, Mode, Route } from './resource.cts';
import { eachSeed } from './seeds.cts';
import type { Settings } from './settings.cts';
import { newSecret } from './signature.cts';
import { newId, Store, withoutEmpty } from './store.cts';

/** The documented object. */
export interface Webhook {
	id: string;
	description?: string;
	url: string;
	enabled: boolean;
	events: string[];
	/** Shown by the API in the reply to create only. */
	secret: string;
	createdAt: string;
	updatedAt: string;
}

interface StoredWebhook {
	mode: Mode;
	data: Webhook;
}

/** What to put in place, without the API's checks; whatever is left out gets a sensible value. */
export interface WebhookSeed extends Partial<Webhook> {
	mode?: Mode;
	/** How many, each created a second before the next; 1 unless given. */
	count?: number;
}

export type WebhookView = Webhook & { mode: Mode };

type Fields = Partial<Pick<Webhook, 'url' | 'enabled' | 'events' | 'description'>>;

const REQUIRED = ['url', 'enabled', 'events'] as const;

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;

function acceptsUrl(text: string, rule: Settings['webhookUrls']): boolean {
	if (!URL.canParse(text)) return false;
	const { protocol, hostname } = new URL(text);
	if (protocol === 'https:') return true;
	if (protocol !== 'http:' || rule === 'https') return false;
	return rule === 'any' || LOOPBACK.test(hostname);
}

/** What is wrong with a field that was given. Assumption: words like those of other errors. */
const complaints: Record<
	keyof Fields,
	(value: unknown, settings: Settings) => ApiReply | undefined
> = {
	url: (value, { webhookUrls }) =>
		typeof value === 'string' && acceptsUrl(value, webhookUrls)
			? undefined
			: invalidRequest("'url' should be a valid HTTPS URL", 'url'),
	enabled: (value) =>
		typeof value === 'boolean'
			? undefined
			: invalidRequest("'enabled' should be a boolean", 'enabled'),
	events: (value, { unknownEvents, eventTypes }) => {
		const valid =
			Array.isArray(value) && value.length > 0 && value.every((type) => typeof type === 'string');
		if (!valid) return invalidRequest("'events' should be a list of event types", 'events');
		const known = [ALL_EVENTS, ...eventTypes];
		return unknownEvents === 'accept' || value.every((type) => known.includes(type))
			? undefined
			: unknownEvent(known);
	},
	description: (value) =>
		typeof value === 'string'
			? undefined
			: invalidRequest("'description' should be a string", 'description'),
};

const FIELDS = Object.keys(complaints) as Array<keyof Fields>;

/** @returns The fields of a body, or the refusal. A null counts as not given. */
function readFields(
	body: unknown,
	required: ReadonlyArray<keyof Fields>,
	settings: Settings,
): { fields: Fields } | { refusal: ApiReply } {
	if (typeof (body ?? {}) !== 'object' || Array.isArray(body)) {
		return { refusal: invalidRequest('The request body should be an object') };
	}
	const given: Record<string, unknown> = { ...(body as object) };
	const names = FIELDS.filter((name) => (given[name] ?? undefined) !== undefined);
	const missing = required.find((name) => !names.includes(name));
	const refusal = missing
		? invalidRequest(`'${missing}' must be provided`, missing)
		: names.map((name) => complaints[name](given[name], settings)).find(Boolean);
	if (refusal) return { refusal };
	return { fields: Object.fromEntries(names.map((name) => [name, given[name]])) };
}

const showWithSecret = ({ data }: StoredWebhook): Record<string, unknown> => withoutEmpty(data);

function show(webhook: StoredWebhook): Record<string, unknown> {
	const { secret, ...shown } = showWithSecret(webhook);
	return shown;
}

const view = ({ data, mode }: StoredWebhook): WebhookView => structuredClone({ ...data, mode });

/** Webhooks as objects of the API; `Deliveries` sends to them. [Webhooks] */
export class Webhooks implements Collection<WebhookSeed, WebhookView> {
	readonly name = 'webhooks';

	readonly routes: Route[] = [
		{ method: 'POST', path: '/webhooks', handle: (call) => this.create(call) },
		{ method: 'GET', path: '/webhooks', handle: (call) => this.listPage(call) },
		{
			method: 'GET',
			path: '/webhooks/:id',
			handle: (call) => this.withWebhook(call, (webhook) => ({ status: 200, body: show(webhook) })),
		},
		{
			method: 'POST',
			path: '/webhooks/:id',
			handle: (call) => this.withWebhook(call, (webhook) => this.update(webhook, call.body)),
		},
		{
			method: 'DELETE',
			path: '/webhooks/:id',
			handle: (call) =>
				this.withWebhook(call, ({ data }) => {
					this.remove(data.id);
					return { status: 204 };
				}),
		},
	];

	private readonly store = new Store<StoredWebhook>();

	/** @param stopped Told the ID of a webhook that was disabled or deleted. */
	constructor(
		private readonly settings: Settings,
		private readonly stopped: (id: string) => void,
	) {}

	seed(seeds: WebhookSeed | WebhookSeed[] = {}): WebhookView[] {
		return eachSeed(seeds, ({ mode = 'test', ...fields }, createdMs) =>
			view(
				this.add(mode, {
					url: 'https://example.com/my/webhook/endpoint',
					enabled: true,
					events: [ALL_EVENTS],
					createdAt: new Date(createdMs).toISOString(),
					...fields,
				}),
			),
		);
	}

	list(): WebhookView[] {
		return this.store.all().map(view);
	}

	find(id: string): WebhookView | undefined {
		const webhook = this.store.locate(id);
		return webhook && view(webhook);
	}

	change(id: string, changes: Record<string, unknown>): WebhookView | undefined {
		const webhook = this.store.locate(id);
		if (!webhook) return undefined;
		// Of a view that is sent back, these do not change.
		const { id: _id, mode, ...fields } = changes;
		this.assign(webhook, fields);
		if (fields.description === null) delete webhook.data.description;
		this.store.resort();
		return view(webhook);
	}

	remove(id: string): boolean {
		const existed = this.store.remove(id);
		if (existed) this.stopped(id);
		return existed;
	}

	clear(): void {
		this.store.clear();
	}

	private add(
		mode: Mode,
		fields: Partial<Webhook> & Pick<Webhook, 'url' | 'enabled' | 'events'>,
	): StoredWebhook {
		const createdAt = fields.createdAt ?? new Date().toISOString();
		const webhook = {
			mode,
			data: { id: newId(), secret: newSecret(), createdAt, updatedAt: createdAt, ...fields },
		};
		this.store.add(webhook);
		return webhook;
	}

	private assign({ data }: StoredWebhook, fields: object): void {
		Object.assign(data, { updatedAt: new Date().toISOString() }, fields);
		if (!data.enabled) this.stopped(data.id);
	}

	private withWebhook(call: ApiCall, act: (webhook: StoredWebhook) => ApiReply): ApiReply {
		return withObject(this.store, 'webhook', call, this.settings, act);
	}

	/** [Create a webhook] */
	private create({ mode, body }: ApiCall): ApiReply {
		const read = readFields(body, REQUIRED, this.settings);
		if ('refusal' in read) return read.refusal;
		const { webhookLimit, webhookLimitCode } = this.settings;
		if (this.store.newestFirst(mode).length >= webhookLimit) {
			return webhookLimitReached(webhookLimitCode, webhookLimit);
		}
		const webhook = this.add(mode, read.fields as Required<Fields>);
		return { status: 200, body: showWithSecret(webhook) };
	}

	/** Any of the fields of create; the others stay. [Node SDK] */
	private update(webhook: StoredWebhook, body: unknown): ApiReply {
		const read = readFields(body, [], this.settings);
		if ('refusal' in read) return read.refusal;
		this.assign(webhook, read.fields);
		return { status: 200, body: show(webhook) };
	}

	/** [List webhooks] */
	private listPage({ mode, query }: ApiCall): ApiReply {
		return listReply(
			this.store.newestFirst(mode),
			query,
			{
				filters: this.settings.webhookFilters,
				read: ({ data }, name) => show({ mode, data })[name],
				show,
			},
			this.settings,
		);
	}
}
