import type { IDataObject } from 'n8n-workflow';
import type { ApiRequest } from '../transport/connection';
import { Failure, isMissing } from '../transport/failure';
import { pathSegment } from '../transport/pathSegment';
import { outcomeOf } from '../values/outcome';
import { plainText } from '../values/text';
import { eventType, type ComplyCubeEvent } from './events';

/** What an object can be filtered by. */
export type Trait = 'outcome' | 'workflowTemplateId' | 'clientId';

interface Kind {
	/** How the names of its events begin */
	events: string;
	path: string;
	/** Where each trait stands, both in the whole object and in an event's payload; it has no others */
	traits: Partial<Record<Trait, (object: IDataObject) => unknown>>;
}

const clientId = (object: IDataObject) => object.clientId;

/** What events are about (API page "Webhooks"). */
const KINDS: Kind[] = [
	{
		events: 'workflow.session.',
		path: '/workflowSessions',
		traits: {
			outcome: outcomeOf,
			workflowTemplateId: ({ workflowTemplateId }) => workflowTemplateId,
			clientId,
		},
	},
	{ events: 'check.', path: '/checks', traits: { outcome: outcomeOf, clientId } },
	{ events: 'client.', path: '/clients', traits: { clientId: ({ id }) => id } },
	{ events: 'document.', path: '/documents', traits: { clientId } },
	{ events: 'address.', path: '/addresses', traits: { clientId } },
];

/** Sends a GET for an object. */
export type ReadObject = (request: ApiRequest) => Promise<IDataObject | Failure>;

/** The object that an event is about. It is only read for what the event itself does not say, and then once. */
export class Subject {
	private readonly kind: Kind | undefined;

	private reading?: Promise<IDataObject | null | Failure>;

	/** Whether the object had to be read from ComplyCube. */
	isRead = false;

	/**
	 * @param event the delivered event
	 * @param readObject sends the GET
	 */
	constructor(
		private readonly event: ComplyCubeEvent,
		private readonly readObject: ReadObject,
	) {
		this.kind = KINDS.find(({ events }) => eventType(event).startsWith(events));
	}

	/**
	 * Reads a trait, from the event if it is there: the payload is a summary in which only `id` is certain.
	 *
	 * @returns undefined or null if the object has none; a failure if that cannot be found out now
	 */
	async trait(name: Trait): Promise<string | null | undefined | Failure> {
		const read = this.kind?.traits[name];
		if (!read) return undefined;
		const told = plainText(read(this.event.payload ?? {}));
		if (told) return told;
		const object = await this.whole();
		if (object instanceof Failure) return object;
		return object ? plainText(read(object)) : null;
	}

	/**
	 * Reads the object as the API returns it.
	 *
	 * @returns null if it is gone, or of a kind that cannot be read; a failure if that cannot be found out now
	 */
	async whole(): Promise<IDataObject | null | Failure> {
		this.reading ??= this.read();
		return await this.reading;
	}

	private async read(): Promise<IDataObject | null | Failure> {
		const id = pathSegment(this.event.payload?.id, 'id');
		const isDeleted = eventType(this.event).endsWith('.deleted');
		if (!this.kind || id instanceof Failure || isDeleted) return null;
		this.isRead = true;
		const object = await this.readObject({ method: 'GET', path: `${this.kind.path}/${id}` });
		return isMissing(object) ? null : object;
	}
}
