import type { IDataObject } from 'n8n-workflow';
import type { ApiRequest } from '../transport/connection';
import { Failure, isMissing } from '../transport/failure';
import { pathSegment } from '../transport/pathSegment';
import { outcomeOf, type ComplyCubeEvent } from './events';

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

/** Reads the object, or says that there is none, or why it cannot be read. */
export type Look = (request: ApiRequest) => Promise<IDataObject | Failure>;

/** The object that an event is about. It is read when somebody asks for what the event does not say, and then once. */
export class Subject {
	private readonly kind: Kind | undefined;

	private reading?: Promise<IDataObject | null | Failure>;

	/** Whether ComplyCube had to be asked. */
	isRead = false;

	/**
	 * @param event the delivered event
	 * @param look sends a request
	 */
	constructor(
		private readonly event: ComplyCubeEvent,
		private readonly look: Look,
	) {
		this.kind = KINDS.find(({ events }) => String(event.type).startsWith(events));
	}

	/**
	 * Reads a trait, from the event if that tells it: its payload is a summary of which only `id` is sure.
	 *
	 * @returns undefined if the object has none; a failure if that cannot be found out now
	 */
	async trait(name: Trait): Promise<unknown> {
		const read = this.kind?.traits[name];
		const told = read?.(this.event.payload ?? {});
		if (!read || told) return told;
		const object = await this.whole();
		return object instanceof Failure ? object : object && read(object);
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
		const { type, payload } = this.event;
		const id = pathSegment(payload?.id, 'id');
		if (!this.kind || id instanceof Failure || String(type).endsWith('.deleted')) return null;
		this.isRead = true;
		const object = await this.look({ method: 'GET', path: `${this.kind.path}/${id}` });
		return isMissing(object) ? null : object;
	}
}
