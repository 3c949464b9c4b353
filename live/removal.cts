import { setTimeout as sleep } from 'node:timers/promises';
import { valueAt, type Known } from './calls/call.cts';
import { MARK } from './calls/clients.cts';
import { exchange, jsonOf, type Exchange, type Reply } from './proxy.cts';

/** What can be made and deleted, in the order in which it has to go. */
const REMOVABLE = ['webhooks', 'livePhotos', 'documents', 'addresses', 'clients'];

/** Pauses before each further try, in ms. */
const PAUSES = [1_000, 4_000, 10_000, 30_000];

/** How a removal ended. */
export interface Removal {
	/** How many objects were deleted here, besides those that calls deleted */
	removed: number;
	/** What may still be there, e.g. `/clients/5eb04fcd0f3e360008035eb1` */
	left: string[];
}

/** Notes what is made and deleted. */
export class Inventory {
	private readonly paths = new Set<string>();

	note({ method, path, status, ...reply }: Exchange): void {
		if (status < 200 || status > 299) return;
		const [, resource, id, ...rest] = path.split('?')[0].split('/');
		if (method === 'DELETE' && rest.length === 0) this.paths.delete(`/${resource}/${id}`);
		if (method !== 'POST' || id || !REMOVABLE.includes(resource)) return;
		const made = valueAt(jsonOf({ status, ...reply }), 'id');
		if (typeof made === 'string') this.paths.add(`/${resource}/${made}`);
	}

	/** @returns What is still there, in the order in which it has to go */
	get left(): string[] {
		const rank = (path: string) => REMOVABLE.indexOf(path.split('/')[1]);
		return [...this.paths].sort((one, other) => rank(one) - rank(other));
	}
}

interface Account {
	url: string;
	apiKey: string;
	requestsPerSecond: number;
}

/** Sends a request, again if there was no answer or none that lasts. Undefined if it never succeeded. */
async function send(
	{ url, apiKey, requestsPerSecond }: Account,
	method: 'GET' | 'DELETE',
	path: string,
): Promise<Reply | undefined> {
	for (const pause of [1000 / requestsPerSecond, ...PAUSES]) {
		await sleep(pause);
		const reply = await exchange(url + path, method, { authorization: apiKey });
		if (reply.status !== 0 && reply.status !== 429 && reply.status < 500) return reply;
	}
	return undefined;
}

/** Finds objects by a mark in them, also those whose making was never answered. */
async function findMarked(
	account: Account,
	list: string,
	isMarked: (item: unknown) => boolean,
): Promise<string[] | undefined> {
	const reply = await send(account, 'GET', list);
	const items = reply?.status === 200 && valueAt(jsonOf(reply), 'items');
	if (!Array.isArray(items)) return undefined;
	const [resource] = list.split('?');
	return items.filter(isMarked).map((item) => `${resource}/${String(valueAt(item, 'id'))}`);
}

/**
 * Deletes what a run has made, and looks for what it made without being told.
 *
 * @param account Where it was made
 * @param inventory What is known to be there
 * @param run The mark of the run
 */
export async function removeAll(
	account: Account,
	inventory: Inventory,
	{ run }: Known,
): Promise<Removal> {
	const left: string[] = [];
	let removed = 0;
	const remove = async (path: string): Promise<void> => {
		const reply = await send(account, 'DELETE', path);
		const isGone = reply !== undefined && (reply.status < 300 || reply.status === 404);
		if (!isGone) left.push(path);
		else if (reply.status < 300) removed++;
	};
	for (const path of inventory.left) await remove(path);

	const searches: Array<[list: string, isMarked: (item: unknown) => boolean]> = [
		['/webhooks?pageSize=1000', (item) => String(valueAt(item, 'url')).endsWith(`/${run}`)],
		[
			`/clients?pageSize=1000&metadata.${MARK}=${run}`,
			(item) => valueAt(item, `metadata.${MARK}`) === run,
		],
	];
	for (const [list, isMarked] of searches) {
		const found = await findMarked(account, list, isMarked);
		if (!found) left.push(`${list} could not be read`);
		for (const path of found ?? []) if (!left.includes(path)) await remove(path);
	}
	return { removed, left };
}
