import pLimit from 'p-limit';
import { eventsForWebhook, eventsOfOccurrence, isSubscribed } from './events.cts';
import type { WebhookEvent } from './events.cts';
import { forgedMessage, FORGERY_KINDS } from './forgeries.cts';
import type { ForgeryKind } from './forgeries.cts';
import { exactObject } from './jsonSchema.cts';
import { Post } from './post.cts';
import type { Attempt, Message } from './post.cts';
import type { Announce, Mode } from './resource.cts';
import type { Settings } from './settings.cts';
import { newSecret, sign, SIGNATURE_HEADER } from './signature.cts';
import { newId } from './store.cts';
import { isoTime } from './time.cts';
import type { Webhooks, WebhookView } from './webhooks.cts';

/** One message to one webhook. The record is live: attempts are added as they are made. */
export interface Delivery {
	id: string;
	/** Undefined for a forgery that was sent to a URL without a webhook. */
	webhookId?: string;
	/** Where the last attempt went; a webhook's URL may change between attempts. */
	url: string;
	/** Undefined when the body is not an event. */
	eventId?: string;
	type?: string;
	/** As sent. */
	body: string;
	/**
	 * `pending` includes the wait between attempts; `stopped`: the webhook was disabled or deleted.
	 */
	state: 'pending' | 'delivered' | 'failed' | 'stopped';
	attempts: Attempt[];
	forged?: ForgeryKind;
	/** ID of the delivery that this one repeats. */
	repeats?: string;
}

/** An event to send; whatever is left out gets a sensible value. */
export interface EventEmission {
	type: string;
	resourceType?: string;
	payload?: Record<string, unknown>;
	id?: string;
	createdAt?: string;
}

/** A body to send as it is, correctly signed, though the service would never send it. */
export interface RawEmission {
	raw: string;
}

export type Emission = (EventEmission | RawEmission) & {
	/** `test` unless given. */
	mode?: Mode;
	/**
	 * Sends to this webhook only, subscribed or not. Without it, an event goes to all webhooks that
	 * subscribed to it, and a raw body to all webhooks.
	 */
	webhookId?: string;
};

/** At least one of `webhookId` and `url`. */
export interface ForgeryOrder {
	kind: ForgeryKind;
	/** Whose deliveries to imitate. */
	webhookId?: string;
	/**
	 * Where to send; the webhook's own unless given. Without `webhookId` it also finds the webhook.
	 */
	url?: string;
	/** The event to imitate; unless given, a new one that the webhook subscribed to. */
	event?: EventEmission;
}

interface Job {
	delivery: Delivery;
	body: Buffer;
	/** The message of a forgery, sent in place of a signed one. */
	forgery?: Message;
	retry?: NodeJS.Timeout;
}

/** An HTTP 20x counts as received. [Webhooks] */
const isReceived = ({ status = 0, error }: Attempt): boolean =>
	!error && status >= 200 && status <= 209;

/** Sends events to the webhooks that subscribed to them, and forgeries to any URL. */
export class Deliveries {
	private readonly jobs = new Map<string, Job>();
	private readonly pending = new Set<Job>();
	private readonly limits = new Map<string, pLimit.Limit>();
	private readonly post = new Post();
	private idleWaiters: Array<() => void> = [];

	constructor(
		private readonly settings: Settings,
		private readonly webhooks: Webhooks,
	) {}

	/** For resources: sends what happened to the webhooks that subscribed to it. */
	readonly announce: Announce = (occurrence) => {
		const events = eventsOfOccurrence(occurrence, this.settings);
		for (const webhook of this.enabledWebhooks(occurrence.mode)) {
			for (const event of eventsForWebhook(webhook.events, events, this.settings)) {
				this.sendEvent(webhook, event);
			}
		}
	};

	/** Sends exactly what is given, even an event of a type that the service does not know. */
	emit(emission: Emission): Delivery[] {
		const { mode = 'test', webhookId } = emission;
		const targets = this.enabledWebhooks(mode).filter(({ id }) => id === (webhookId ?? id));
		if ('raw' in emission) {
			const body = Buffer.from(emission.raw);
			return targets.map((webhook) =>
				this.startDelivery({ webhookId: webhook.id, url: webhook.url }, body),
			);
		}
		const event = this.toEvent(emission);
		return targets
			.filter(({ events }) => webhookId || isSubscribed(events, event.type, this.settings))
			.map((webhook) => this.sendEvent(webhook, event));
	}

	/**
	 * Sends an imitation of a delivery: once, and without consequences for the webhook.
	 *
	 * @throws When the webhook is unknown, or neither webhook nor URL is given.
	 */
	forge({ kind, webhookId, url, event }: ForgeryOrder): Delivery {
		const webhooks = this.webhooks.list();
		const webhook = webhooks.find(({ id, url: own }) =>
			webhookId ? id === webhookId : own === url,
		);
		const target = url ?? webhook?.url;
		if (!target || (webhookId && !webhook)) throw new Error('No webhook or URL to forge for');
		const type = webhook?.events.find((name) => this.settings.eventTypes.includes(name));
		const imitated = this.toEvent(event ?? { type: type ?? 'workflow.session.completed' });
		const body = Buffer.from(JSON.stringify(imitated));
		const secret = webhook?.secret ?? newSecret();
		const message = forgedMessage(kind, {
			url: target,
			body,
			signature: sign(body, secret),
			secret,
			otherSecret: webhooks.find(({ id }) => id !== webhook?.id)?.secret ?? newSecret(),
		});
		const { id: eventId, type: eventType } = imitated;
		return this.startDelivery(
			{ webhookId: webhook?.id, url: message.url, eventId, type: eventType, forged: kind },
			message.body,
			message,
		);
	}

	/** Sends the same bytes as a new delivery; undefined when there is no such delivery. */
	redeliver(id: string): Delivery | undefined {
		const job = this.jobs.get(id);
		if (!job) return undefined;
		const { webhookId, url, eventId, type, forged } = job.delivery;
		return this.startDelivery(
			{ webhookId, url, eventId, type, forged, repeats: id },
			job.body,
			job.forgery,
		);
	}

	/** @returns Oldest first. */
	list(): Delivery[] {
		return [...this.jobs.values()].map(({ delivery }) => delivery);
	}

	/** @returns All deliveries, once none is under way or waiting for a retry. */
	async settled(): Promise<Delivery[]> {
		if (this.pending.size > 0) {
			await new Promise<void>((resolve) => this.idleWaiters.push(resolve));
		}
		return this.list();
	}

	/** Gives up the deliveries that wait for a retry, when their webhook was disabled or deleted. */
	stopRetries(webhookId: string): void {
		for (const job of this.pending) {
			if (job.retry && job.delivery.webhookId === webhookId) this.finish(job, 'stopped');
		}
	}

	clear(): void {
		for (const job of this.pending) clearTimeout(job.retry);
		this.jobs.clear();
		this.pending.clear();
		this.limits.clear();
		this.post.cut();
		this.resolveIdleWaiters();
	}

	private enabledWebhooks(mode: Mode): WebhookView[] {
		return this.webhooks.list().filter((webhook) => webhook.enabled && webhook.mode === mode);
	}

	private toEvent({ type, resourceType, payload, id, createdAt }: EventEmission): WebhookEvent {
		const resource = type.startsWith('workflow.session.')
			? this.settings.sessionResourceType
			: type.split('.')[0];
		return {
			id: id ?? newId(),
			type,
			resourceType: resourceType ?? resource,
			payload: payload ?? { id: newId() },
			createdAt: createdAt ?? isoTime(),
		};
	}

	private sendEvent({ id: webhookId, url }: WebhookView, event: WebhookEvent): Delivery {
		const { id: eventId, type } = event;
		return this.startDelivery(
			{ webhookId, url, eventId, type },
			Buffer.from(JSON.stringify(event)),
		);
	}

	private startDelivery(
		about: Omit<Delivery, 'id' | 'body' | 'state' | 'attempts'>,
		body: Buffer,
		forgery?: Message,
	): Delivery {
		const delivery: Delivery = {
			id: newId(),
			...about,
			body: body.toString(),
			state: 'pending',
			attempts: [],
		};
		const job = { delivery, body, forgery };
		this.jobs.set(delivery.id, job);
		this.pending.add(job);
		void this.makeAttempt(job);
		return delivery;
	}

	/** A limit cannot be changed, so a changed setting starts with a fresh one. */
	private limitFor(url: string): pLimit.Limit {
		const origin = URL.canParse(url) ? new URL(url).origin : url;
		const { deliveriesAtOnce } = this.settings;
		const key = `${deliveriesAtOnce} ${origin}`;
		const limit = this.limits.get(key) ?? pLimit(deliveriesAtOnce);
		this.limits.set(key, limit);
		return limit;
	}

	/**
	 * @returns The message for the webhook's current URL and secret; undefined when it was disabled
	 * or deleted.
	 */
	private messageFor({ delivery: { webhookId }, body, forgery }: Job): Message | undefined {
		if (forgery) return forgery;
		const webhook = this.webhooks.inspect(webhookId ?? '');
		if (!webhook?.enabled) return undefined;
		const { url, secret } = webhook;
		const headers = {
			'content-type': 'application/json',
			[SIGNATURE_HEADER]: sign(body, secret),
		};
		return { url, headers, body };
	}

	private makeAttempt(job: Job): Promise<void> {
		return this.limitFor(job.delivery.url)(async () => {
			if (!this.pending.has(job)) return;
			const message = this.messageFor(job);
			if (!message) return this.finish(job, 'stopped');
			job.delivery.url = message.url;
			const attempt = await this.post.send(message, this.settings.deliveryTimeoutMs);
			if (!this.pending.has(job)) return;
			job.delivery.attempts.push(attempt);
			if (isReceived(attempt)) this.finish(job, 'delivered');
			else this.retryOrFail(job);
		});
	}

	private retryOrFail(job: Job): void {
		const { webhookId, attempts } = job.delivery;
		if (job.forgery) return this.finish(job, 'failed');
		if (!this.messageFor(job)) return this.finish(job, 'stopped');
		const delay = this.settings.deliveryRetryDelaysMs[attempts.length - 1];
		if (delay === undefined) {
			this.finish(job, 'failed');
			this.webhooks.change(webhookId ?? '', { enabled: false });
			return;
		}
		job.retry = setTimeout(() => {
			job.retry = undefined;
			void this.makeAttempt(job);
		}, delay).unref();
	}

	private finish(job: Job, state: Delivery['state']): void {
		clearTimeout(job.retry);
		job.delivery.state = state;
		this.pending.delete(job);
		if (this.pending.size === 0) this.resolveIdleWaiters();
	}

	private resolveIdleWaiters(): void {
		const idleWaiters = this.idleWaiters;
		this.idleWaiters = [];
		for (const resolve of idleWaiters) resolve();
	}
}

const eventProperties = {
	type: { type: 'string' },
	resourceType: { type: 'string' },
	payload: { type: 'object' },
	id: { type: 'string' },
	createdAt: { type: 'string' },
};

const targetProperties = { mode: { enum: ['test', 'live'] }, webhookId: { type: 'string' } };

/** JSON Schema of an `Emission`. */
export const emissionSchema = {
	anyOf: [
		exactObject({ ...eventProperties, ...targetProperties }, ['type']),
		exactObject({ raw: { type: 'string' }, ...targetProperties }, ['raw']),
	],
};

/** JSON Schema of a `ForgeryOrder`. */
export const forgerySchema = exactObject(
	{
		kind: { enum: FORGERY_KINDS },
		webhookId: { type: 'string' },
		url: { type: 'string' },
		event: exactObject(eventProperties, ['type']),
	},
	['kind'],
);
