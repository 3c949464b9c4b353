import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';
import { triggerName } from './context';
import { followAnswer, memoryOf, type DeliveryResponse, type EventMemory } from './eventMemory';
import { eventName, formsOf, type ComplyCubeEvent } from './events';
import type { Registration } from './storedRegistration';

/**
 * Events kept in n8n's static data, for other processes and for after a restart. n8n 2.40.7 does not store them: it starts the
 * run with a second workflow made of the same data, which does not know that the data changed.
 */
const STORED_EVENTS = 200;

/** Simultaneous deliveries overwrite each other's static data, so each one stores the latest events of the others as well. */
const PARALLEL_EVENTS = 20;

const isName = (name: string | undefined): name is string => name !== undefined;

/** What is known of earlier deliveries of an event, and what is kept of this one. */
export class Repeats {
	private readonly memory: EventMemory;
	private readonly staticData: IDataObject;
	private readonly stored: string[];
	/** What the event is remembered by, and by what it is known to have come before */
	private readonly names: { own: string[]; earlier: string[] } = { own: [], earlier: [] };
	private answer?: DeliveryResponse;

	/**
	 * @param context the delivery's `this`
	 * @param event the delivered event
	 * @param chosen the events that the user chose
	 * @param isIgnored whether an event that comes again is of no interest
	 */
	constructor(
		private readonly context: IWebhookFunctions,
		event: ComplyCubeEvent,
		chosen: string[],
		isIgnored: boolean,
	) {
		this.memory = memoryOf(triggerName(context));
		this.staticData = context.getWorkflowStaticData('node');
		this.stored = (this.staticData.seenEvents ?? []) as string[];
		// Somebody who listens for a test event may want the same one again
		if (!isIgnored || context.getMode() === 'manual') return;
		const forms = formsOf(event, chosen);
		this.names.own = [eventName(event), forms?.own].filter(isName);
		this.names.earlier = [eventName(event), forms?.other].filter(isName);
	}

	/** Whether the event was accepted before, or is about to be. */
	get isRepeated(): boolean {
		return this.names.earlier.some((name) => this.memory.has(name) || this.stored.includes(name));
	}

	/** Remembers the event as long as it is not answered with an error. */
	note(): void {
		this.answer = followAnswer(this.context.getResponseObject());
		this.memory.note(this.names.own, this.answer);
	}

	/** Forgets an event that starts nothing. */
	forget(): void {
		if (this.answer) this.memory.forget(this.names.own, this.answer);
	}

	/**
	 * Stores the event in n8n's static data, and with it the registration if an older one was stored over it.
	 *
	 * @param registration the registration that verified the delivery
	 */
	store(registration: Registration): void {
		const { staticData, names } = this;
		if (staticData.webhookId !== registration.webhookId) Object.assign(staticData, registration);
		if (names.own.length === 0) return;
		const recent = [
			...this.stored,
			...this.memory.accepted().slice(-PARALLEL_EVENTS),
			...names.own,
		];
		const lastFirst = new Set(recent.reverse());
		staticData.seenEvents = [...lastFirst].slice(0, STORED_EVENTS).reverse();
	}
}
