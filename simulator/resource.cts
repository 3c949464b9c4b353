/** `test_` and `live_` keys each see only their own objects. [Test and Live] */
export type Mode = 'test' | 'live';

/** One reply of the API; `body` undefined means no body at all. */
export interface ApiReply {
	status: number;
	body?: unknown;
	headers?: Record<string, string>;
}

export type Query = Record<string, string | string[]>;

/** One request, with the key already accepted. */
export interface ApiCall {
	mode: Mode;
	params: Record<string, string>;
	query: Query;
	body: unknown;
}

export interface Route {
	method: 'GET' | 'POST' | 'DELETE';
	/** As the documentation writes it, without `/v1`. */
	path: string;
	/** Counts towards the service quota, which is a number of checks. [Service Quota] */
	startsChecks?: boolean;
	handle(call: ApiCall): ApiReply | Promise<ApiReply>;
}

/** Objects that tests can put in place, look into and change; also served under `/admin/<name>`. */
export interface Collection<Seed, View> {
	name: string;
	seed(seeds?: Seed | Seed[]): View[];
	list(): View[];
	/** Undefined when there is no such object. `null` removes a field. */
	change(id: string, changes: Record<string, unknown>): View | undefined;
	/** Whether the admin side offers `remove`: where the API can delete too. */
	isRemovable: boolean;
	/** @returns Whether there was such an object. */
	remove(id: string): boolean;
	clear(): void;
}

/** Something that happened to an object; whoever subscribed to its type hears of it. [Webhooks] */
export interface Occurrence {
	mode: Mode;
	/** E.g. `check.completed`. */
	type: string;
	/** What kind of object `payload` summarises, e.g. `check`. */
	resourceType: string;
	/** `id`, `clientId`, `status`, `outcome`, `createdAt`, `updatedAt`, as far as the object has them. */
	payload: Record<string, unknown>;
}

/** How a resource makes known what happened to its objects. */
export type Announce = (occurrence: Occurrence) => void;
