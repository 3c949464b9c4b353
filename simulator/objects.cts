import type { z } from 'zod';
import { invalidRequest, notFound, Refusal } from './errors.cts';
import { mergePatch } from './mergePatch.cts';
import { listReply } from './pagination.cts';
import type { Announce, ApiCall, ApiReply, Collection, Mode, Query, Route } from './resource.cts';
import type { Settings } from './settings.cts';
import { newId, Store, withoutEmpty } from './store.cts';
import { isoTime } from './time.cts';
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
	/** Includes the fields that the API does not show. */
	data: T;
}

type DeepPartial<T> = T extends unknown[]
	? T
	: T extends object
		? { [K in keyof T]?: DeepPartial<T[K]> }
		: T;

/** An object to put in place; whatever is left out gets a sensible value. */
export type Seed<T extends ApiObject> = DeepPartial<T> & {
	mode?: Mode;
	/** How many, each created a second after the one before, the last one now; 1 unless given. */
	count?: number;
};

/** An object as the admin side sees it, with what the API does not show. */
export type View<T extends ApiObject> = T & { mode: Mode };

export type Fields = Record<string, unknown>;

const pick = (fields: Fields, names: string[]): Fields =>
	Object.fromEntries(Object.entries(fields).filter(([name]) => names.includes(name)));

const omit = (fields: Fields, names: string[]): Fields =>
	Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)));

/** The value at a dotted path; a key may itself contain dots, as keys of `metadata` may. */
function readPath(object: unknown, path: string): unknown {
	if (typeof object !== 'object' || object === null) return undefined;
	if (Object.hasOwn(object, path)) return (object as Fields)[path];
	const [name, ...rest] = path.split('.');
	return rest.length > 0 ? readPath((object as Fields)[name], rest.join('.')) : undefined;
}

/**
 * The objects of one resource. A subclass picks the routes that its resource has from those offered
 * here, adds its own, and overrides the hooks where its objects behave differently.
 */
export abstract class Objects<T extends ApiObject> implements Collection<Seed<T>, View<T>> {
	/** In paths of the API and of the admin side. */
	abstract readonly name: string;
	abstract readonly routes: Route[];
	/** What error messages call one object, e.g. `live photo`. */
	protected abstract readonly thing: string;
	/** First part of its event types, e.g. `check`; a resource without it has no events. */
	protected readonly event?: string;
	/** What an ID looks like. */
	protected readonly idForm: RegExp = /^[0-9a-f]{24}$/i;
	/** What callers may set. */
	protected abstract readonly inputs: z.AnyZodObject;
	/** Fields that the API does not show. */
	protected readonly hidden: string[] = [];
	protected readonly filters: string[] = ['clientId'];
	/** Whether a list must be narrowed down to one client, as the documentation has it. */
	protected readonly isListedByClient: boolean = true;

	protected readonly store = new Store<StoredObject<T>>();

	constructor(
		protected readonly settings: Settings,
		protected readonly announce: Announce,
	) {}

	/** @returns What a seed is completed with. */
	protected abstract defaults(seed: Seed<T>): Fields;

	/**
	 * Puts history in place; nothing is announced.
	 *
	 * @throws When an ID is taken.
	 */
	seed(seeds: Seed<T> | Seed<T>[] = {} as Seed<T>): View<T>[] {
		return [seeds]
			.flat()
			.flatMap(({ count = 1, ...seed }) =>
				Array.from({ length: count }, (_, index) =>
					this.seedOne(seed as Seed<T>, Date.now() - (count - 1 - index) * 1000),
				),
			);
	}

	list(): View<T>[] {
		return this.store.all().map((object) => this.view(this.catchUp(object)));
	}

	/** @returns The object with that ID in either mode; undefined when there is none. */
	inspect(id: string): View<T> | undefined {
		const object = this.store.findInAnyMode(id);
		return object && this.view(this.catchUp(object));
	}

	change(id: string, changes: Fields): View<T> | undefined {
		const object = this.store.findInAnyMode(id);
		if (!object) return undefined;
		// A caller may send back a whole view; its ID and mode stay as they are.
		const { id: _id, mode: _mode, ...fields } = changes;
		const before = { ...this.catchUp(object).data };
		Object.assign(object.data, { updatedAt: isoTime() }, fields);
		for (const [name, value] of Object.entries(fields)) {
			if (value === null) delete (object.data as Fields)[name];
		}
		this.store.resort();
		this.afterChange(object, before);
		return this.view(object);
	}

	get isRemovable(): boolean {
		const path = `/${this.name}/:id`;
		return this.routes.some((route) => route.method === 'DELETE' && route.path === path);
	}

	/** Unlike the API's deletion, this is never refused. */
	remove(id: string): boolean {
		const object = this.store.findInAnyMode(id);
		if (!object) return false;
		this.store.remove(id);
		this.afterDeletion(object);
		return true;
	}

	clear(): void {
		this.store.clear();
	}

	/** @returns The object; undefined when there is none with that ID in that mode. */
	find(mode: Mode, id: string): T | undefined {
		const object = this.store.find(mode, id);
		return object && this.catchUp(object).data;
	}

	/**
	 * @param param The field that refers to the object; the error names it.
	 * @param clientId The client that the object must belong to, if it must.
	 * @throws {Refusal} When there is no such object.
	 */
	findReferenced(mode: Mode, id: string, param: string, clientId?: string): T {
		const data = this.find(mode, id);
		if (data && (clientId === undefined || data.clientId === clientId)) return data;
		if (this.settings.unknownReferenceReply === 'notFound') {
			throw new Refusal(notFound(this.thing, id));
		}
		return refuse(`Invalid ${this.thing} id '${id}'`, param);
	}

	/**
	 * Checks what the schema of `inputs` cannot: rules between fields, and references.
	 *
	 * @returns The fields, with those that are derived from them.
	 * @throws {Refusal} When a rule is broken.
	 */
	protected applyRules(fields: Fields, _mode: Mode): Fields {
		return fields;
	}

	/** @returns The fields after an update. */
	protected merge(fields: Fields, changes: Fields): Fields {
		return mergePatch(fields, changes) as Fields;
	}

	/** Hook: gives a seeded object what its status implies. */
	protected afterSeed(_object: StoredObject<T>): void {}

	/** Hook: follows a change by the admin side. */
	protected afterChange(object: StoredObject<T>, _before: T): void {
		this.announceEvent('updated', object);
	}

	/** Hook: follows a deletion by the API or the admin side. */
	protected afterDeletion(object: StoredObject<T>): void {
		this.announceEvent('deleted', object);
	}

	/** Hook: applies whatever time has done to the object since it was last read. */
	protected catchUp(object: StoredObject<T>): StoredObject<T> {
		return object;
	}

	/** @returns Whether the API shows this field of the object at present. */
	protected isShown(field: string, _data: T): boolean {
		return !this.hidden.includes(field);
	}

	/** @returns The object as the API sends it. */
	protected apiBody({ data }: StoredObject<T>): Fields {
		const shown = Object.entries(data).filter(([field]) => this.isShown(field, data));
		return withoutEmpty(Object.fromEntries(shown));
	}

	/** @returns The object as the API's lists have it. */
	protected listItem(object: StoredObject<T>): Fields {
		return this.apiBody(object);
	}

	/** Stores a new object without announcing it. */
	protected insert(mode: Mode, fields: Fields): StoredObject<T> {
		const at = isoTime();
		const data = { id: newId(), createdAt: at, updatedAt: at, ...fields } as unknown as T;
		const object = { mode, data };
		this.store.add(object);
		return object;
	}

	/**
	 * @param change The rest of the event's type, e.g. `created`.
	 * @param before The object as the API sent it before the change, if it was one.
	 */
	protected announceEvent(change: string, object: StoredObject<T>, before?: Fields): void {
		if (!this.event) return;
		const { id, clientId, status, createdAt, updatedAt } = object.data;
		const outcome = readPath(this.apiBody(object), 'result.outcome');
		this.announce({
			mode: object.mode,
			type: `${this.event}.${change}`,
			resourceType: this.event,
			payload: withoutEmpty({ id, clientId, status, outcome, createdAt, updatedAt }),
			...(before && { before, after: this.apiBody(object) }),
		});
	}

	protected okReply(object: StoredObject<T>): ApiReply {
		return { status: 200, body: this.apiBody(object) };
	}

	/**
	 * @param path What follows the object's ID, e.g. `/redact`.
	 * @param act Replies for the object that the path names.
	 */
	protected actionRoute(
		method: Route['method'],
		path: string,
		act: (object: StoredObject<T>, call: ApiCall) => ApiReply,
	): Route {
		return {
			method,
			path: `/${this.name}/:id${path}`,
			handle: (call) => {
				const { id } = call.params;
				if (this.settings.malformedIdReply === 'invalidRequest' && !this.idForm.test(id)) {
					return invalidRequest(`Invalid ${this.thing} id '${id}'`, 'id');
				}
				const object = this.store.find(call.mode, id);
				return object ? act(this.catchUp(object), call) : notFound(this.thing, id);
			},
		};
	}

	protected getRoute(): Route {
		return this.actionRoute('GET', '', (object) => this.okReply(object));
	}

	protected listRoute(): Route {
		return { method: 'GET', path: `/${this.name}`, handle: (call) => this.listPage(call) };
	}

	protected createRoute(): Route {
		return {
			method: 'POST',
			path: `/${this.name}`,
			handle: ({ mode, body }) => {
				const object = this.insert(mode, this.applyRules(parse(this.inputs, body), mode));
				this.announceEvent('created', object);
				return this.okReply(object);
			},
		};
	}

	/** The updated object must satisfy the rules of a creation. Its client stays the same. */
	protected updateRoute(): Route {
		const names = Object.keys(this.inputs.shape);
		const changeable = names.filter((name) => name !== 'clientId');
		return this.actionRoute('POST', '', (object, { mode, body }) => {
			const changes = pick(readObject(body), changeable);
			const merged = parse(this.inputs, this.merge(pick(object.data, names), changes));
			const fields = this.applyRules(merged, mode);
			const before = this.apiBody(object);
			object.data = {
				...omit(object.data, names),
				...fields,
				updatedAt: isoTime(),
			} as unknown as T;
			this.announceEvent('updated', object, before);
			return this.okReply(object);
		});
	}

	protected deleteRoute(): Route {
		return this.actionRoute('DELETE', '', (object) => {
			this.refuseDeletion(object);
			this.remove(object.data.id);
			return { status: 204 };
		});
	}

	protected crudRoutes(): Route[] {
		return [
			this.createRoute(),
			this.getRoute(),
			this.listRoute(),
			this.updateRoute(),
			this.deleteRoute(),
		];
	}

	/** @throws {Refusal} When the API does not delete this object. */
	protected refuseDeletion(_object: StoredObject<T>): void {}

	/** @returns The attributes that a list with this query can be filtered by. */
	protected filtersFor(_query: Query): string[] {
		return this.filters;
	}

	private seedOne({ mode = 'test', ...seed }: Seed<T>, createdMs: number): View<T> {
		const given = seed as Seed<T>;
		const createdAt = given.createdAt ?? isoTime(createdMs);
		const defaults = { createdAt, updatedAt: createdAt, ...this.defaults(given) };
		const object = this.insert(mode, mergePatch(defaults, given) as Fields);
		this.afterSeed(object);
		return this.view(object);
	}

	private listPage({ mode, query }: ApiCall): ApiReply {
		if (
			this.isListedByClient &&
			!query.clientId &&
			this.settings.listWithoutClientId === 'reject'
		) {
			return invalidRequest("'clientId' must be provided", 'clientId');
		}
		return listReply(
			this.store.newestFirst(mode).map((object) => this.catchUp(object)),
			query,
			{
				filters: this.filtersFor(query),
				read: ({ data }, name) =>
					this.isShown(name.split('.')[0], data) ? readPath(data, name) : undefined,
				toItem: (object) => this.listItem(object),
			},
			this.settings,
		);
	}

	private view({ data, mode }: StoredObject<T>): View<T> {
		return structuredClone({ ...data, mode });
	}
}
