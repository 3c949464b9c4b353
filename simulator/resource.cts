/**
 * Keys that start with `test_` and `live_` each see only objects of their own mode. [Test and Live]
 */
export type Mode = 'test' | 'live';

/** One reply of the API; without `body` it has no body at all. */
export interface ApiReply {
	status: number;
	body?: unknown;
	headers?: Record<string, string>;
}

export type Query = Record<string, string | string[]>;

/** One request whose key has been accepted. */
export interface ApiCall {
	mode: Mode;
	params: Record<string, string>;
	query: Query;
	body: unknown;
}

export interface Route {
	method: 'GET' | 'POST' | 'DELETE';
	/** As in the documentation, without `/v1`. */
	path: string;
	/** Whether it counts towards the service quota. [Service Quota] */
	countsInQuota?: boolean;
	handle(call: ApiCall): ApiReply | Promise<ApiReply>;
}

/** Objects that tests can seed, inspect and change; also served below `/admin/<name>`. */
export interface Collection<Seed, View> {
	name: string;
	seed(seeds?: Seed | Seed[]): View[];
	list(): View[];
	/** Sets fields, and removes those that are `null`. Undefined when there is no such object. */
	change(id: string, changes: Record<string, unknown>): View | undefined;
	/** Whether the admin side offers `remove`: where the API can delete too. */
	isRemovable: boolean;
	/** @returns Whether there was such an object. */
	remove(id: string): boolean;
	clear(): void;
}

/**
 * Something that happened to an object, sent to the webhooks that subscribed to its type.
 * [Webhooks]
 */
export interface Occurrence {
	mode: Mode;
	/** E.g. `check.completed`. */
	type: string;
	/** The kind of object that `payload` summarises, e.g. `check`. */
	resourceType: string;
	/** `id`, `clientId`, `status`, `outcome`, `createdAt` and `updatedAt`, if the object has them. */
	payload: Record<string, unknown>;
	/** The whole object before and after a change by the API; no webhook sees them. */
	before?: Record<string, unknown>;
	after?: Record<string, unknown>;
}

/** Lets a resource tell what happened to its objects. */
export type Announce = (occurrence: Occurrence) => void;
