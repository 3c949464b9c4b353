import type { z } from 'zod';
import { invalidRequest, notFound, Refusal } from './errors.cts';
import { withObject } from './lookup.cts';
import { mergePatch } from './mergePatch.cts';
import { listReply } from './pagination.cts';
import type { Announce, ApiCall, ApiReply, Collection, Mode, Query, Route } from './resource.cts';
import { eachSeed } from './seeds.cts';
import type { Settings } from './settings.cts';
import { newId, Store, withoutEmpty } from './store.cts';
import { parse, readObject, refuse } from './validation.cts';

/** What all objects of the API have. */
export interface ApiObject {
	id: string;
	createdAt: string;
	updatedAt: string;
	[field: string]: unknown;
}

export interface StoredObject<T extends ApiObject> {
	mode: Mode;
	/** With the fields that the API does not show. */
	data: T;
}

type DeepPartial<T> = T extends unknown[]
	? T
	: T extends object
		? { [K in keyof T]?: DeepPartial<T[K]> }
		: T;

/** What to put in place; whatever is left out gets a sensible value. */
export type Seed<T extends ApiObject> = DeepPartial<T> & {
	mode?: Mode;
	/** How many, each created a second before the next; 1 unless given. */
	count?: number;
};

/** The whole truth about an object, also what the API does not show. */
export type View<T extends ApiObject> = T & { mode: Mode };

export type Fields = Record<string, unknown>;

export const now = (): string => new Date().toISOString();

const pick = (fields: Fields, names: string[]): Fields =>
	Object.fromEntries(Object.entries(fields).filter(([name]) => names.includes(name)));

const omit = (fields: Fields, names: string[]): Fields =>
	Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)));

/** The value at a dotted path; a key may itself hold dots, as those of `metadata` may. */
function readPath(object: unknown, path: string): unknown {
	if (typeof object !== 'object' || object === null) return undefined;
	if (Object.hasOwn(object, path)) return (object as Fields)[path];
	const [name, ...rest] = path.split('.');
	return rest.length > 0 ? readPath((object as Fields)[name], rest.join('.')) : undefined;
}

/**
 * The objects of one resource, with what most resources have in common: a resource takes the routes
 * that it has, and adds its own.
 */
export abstract class Objects<T extends ApiObject> implements Collection<Seed<T>, View<T>> {
	/** In paths, and on the admin side. */
	abstract readonly name: string;
	/** What a 404 calls it. */
	protected abstract readonly thing: string;
	/** What the types of its events start with; without, it has no events. */
	protected readonly event?: string;
	/** What callers may set. */
	protected abstract readonly inputs: z.AnyZodObject;
	/** Fields that the API does not show. */
	protected readonly hidden: string[] = [];
	protected readonly filters: string[] = ['clientId'];
	/** Whether lists are of one client only, as the documented calls are. */
	protected readonly listedByClient: boolean = true;

	/** There when `deleting` is among the routes; bound by none of their rules. */
	remove?: (id: string) => boolean;

	protected readonly store = new Store<StoredObject<T>>();

	constructor(
		protected readonly settings: Settings,
		protected readonly announce: Announce,
	) {}

	/** @returns What a seed that says nothing but this becomes. */
	protected abstract standard(seed: Seed<T>): Fields;

	seed(seeds: Seed<T> | Seed<T>[] = {} as Seed<T>): View<T>[] {
		return eachSeed(seeds, (seed, createdMs) => {
			const { mode = 'test', ...given } = seed as Seed<T>;
			const createdAt = given.createdAt ?? new Date(createdMs).toISOString();
			const standard = { createdAt, updatedAt: createdAt, ...this.standard(given as Seed<T>) };
			const object = this.put(mode, mergePatch(standard, given) as Fields);
			this.planted(object);
			return this.view(object);
		});
	}

	list(): View<T>[] {
		return this.store.all().map((object) => this.view(this.settle(object)));
	}

	change(id: string, changes: Fields): View<T> | undefined {
		const object = this.store.locate(id);
		if (!object) return undefined;
		// Of a view that is sent back, these are not the object's own.
		const { id: _id, mode: _mode, ...fields } = changes;
		const before = { ...this.settle(object).data };
		Object.assign(object.data, { updatedAt: now() }, fields);
		for (const [name, value] of Object.entries(fields)) {
			if (value === null) delete (object.data as Fields)[name];
		}
		this.store.resort();
		this.changed(object, before);
		return this.view(object);
	}

	clear(): void {
		this.store.clear();
	}

	/** @returns The object, if there is one of that ID in that mode. */
	find(mode: Mode, id: string): T | undefined {
		const object = this.store.find(mode, id);
		return object && this.settle(object).data;
	}

	/**
	 * @param param The field that refers to the object.
	 * @param clientId Whose it must be, if anybody's.
	 * @throws {Refusal} When there is no such object.
	 */
	refer(mode: Mode, id: string, param: string, clientId?: string): T {
		const data = this.find(mode, id);
		if (data && (clientId === undefined || data.clientId === clientId)) return data;
		if (this.settings.unknownReferenceReply === 'notFound') {
			throw new Refusal(notFound(this.thing, id));
		}
		return refuse(`Invalid ${this.thing} id '${id}'`, param);
	}

	/** Rules between fields and on what they refer to, and fields that follow from others. */
	protected accept(fields: Fields, _mode: Mode): Fields {
		return fields;
	}

	/** Gives a seeded object what belongs to its state. */
	protected planted(_object: StoredObject<T>): void {}

	/** Follows a change by the admin side. */
	protected changed(object: StoredObject<T>, _before: T): void {
		this.occurred('updated', object);
	}

	/** Brings an object up to the present. */
	protected settle(object: StoredObject<T>): StoredObject<T> {
		return object;
	}

	/** @returns An object as the API sends it. */
	protected show({ data }: StoredObject<T>): Fields {
		return withoutEmpty(omit(data, this.hidden));
	}

	/** Stores a new object, without a word. */
	protected put(mode: Mode, fields: Fields): StoredObject<T> {
		const at = now();
		const data = { id: newId(), createdAt: at, updatedAt: at, ...fields } as unknown as T;
		const object = { mode, data };
		this.store.add(object);
		return object;
	}

	/** @param what Happened, e.g. `created`. */
	protected occurred(what: string, object: StoredObject<T>): void {
		if (!this.event) return;
		const { id, clientId, status, createdAt, updatedAt } = object.data;
		const outcome = readPath(this.show(object), 'result.outcome');
		this.announce({
			mode: object.mode,
			type: `${this.event}.${what}`,
			resourceType: this.event,
			payload: withoutEmpty({ id, clientId, status, outcome, createdAt, updatedAt }),
		});
	}

	protected reply(object: StoredObject<T>): ApiReply {
		return { status: 200, body: this.show(object) };
	}

	/**
	 * @param path Below that of the object, e.g. `/redact`.
	 * @returns A route that acts on the object which its path names.
	 */
	protected acting(
		method: Route['method'],
		path: string,
		act: (object: StoredObject<T>, call: ApiCall) => ApiReply,
	): Route {
		return {
			method,
			path: `/${this.name}/:id${path}`,
			handle: (call) =>
				withObject(this.store, this.thing, call, this.settings, (object) =>
					act(this.settle(object), call),
				),
		};
	}

	protected getting(): Route {
		return this.acting('GET', '', (object) => this.reply(object));
	}

	protected listing(): Route {
		return { method: 'GET', path: `/${this.name}`, handle: (call) => this.listPage(call) };
	}

	protected creating(): Route {
		return {
			method: 'POST',
			path: `/${this.name}`,
			handle: ({ mode, body }) => {
				const object = this.put(mode, this.accept(parse(this.inputs, body), mode));
				this.occurred('created', object);
				return this.reply(object);
			},
		};
	}

	/** An update is in order when an object could be created so. Its client stays the same. */
	protected updating(): Route {
		const names = Object.keys(this.inputs.shape);
		const changeable = names.filter((name) => name !== 'clientId');
		return this.acting('POST', '', (object, { mode, body }) => {
			const changes = pick(readObject(body), changeable);
			const merged = mergePatch(pick(object.data, names), changes);
			const accepted = this.accept(parse(this.inputs, merged), mode);
			object.data = { ...omit(object.data, names), ...accepted, updatedAt: now() } as unknown as T;
			this.occurred('updated', object);
			return this.reply(object);
		});
	}

	/** Gives the admin side `remove` too. */
	protected deleting(): Route {
		this.remove = (id) => {
			const object = this.store.locate(id);
			if (!object) return false;
			this.store.remove(id);
			this.occurred('deleted', object);
			return true;
		};
		return this.acting('DELETE', '', (object) => {
			this.refuseDeletion(object);
			this.remove?.(object.data.id);
			return { status: 204 };
		});
	}

	/** @throws {Refusal} When the API must not delete it. */
	protected refuseDeletion(_object: StoredObject<T>): void {}

	/** What can be filtered on with this query. */
	protected filtersFor(_query: Query): string[] {
		return this.filters;
	}

	private listPage({ mode, query }: ApiCall): ApiReply {
		if (this.listedByClient && !query.clientId && this.settings.listWithoutClientId === 'reject') {
			return invalidRequest("'clientId' must be provided", 'clientId');
		}
		return listReply(
			this.store.newestFirst(mode).map((object) => this.settle(object)),
			query,
			{
				filters: this.filtersFor(query),
				read: (object, name) => readPath(this.show(object), name),
				show: (object) => this.show(object),
			},
			this.settings,
		);
	}

	private view({ data, mode }: StoredObject<T>): View<T> {
		return structuredClone({ ...data, mode });
	}
}
