import type { IExecuteFunctions } from 'n8n-workflow';
import { pause } from '../transport/pacing';
import { triggerName } from './context';

/**
 * n8n reads and writes all that is kept for a trigger each time. With 10,000 events (20,000 names) an event took three times as
 * long as with none, with 1,000 hardly longer.
 */
const KEPT_NAMES = 2_000;

/** How long an event waits for the store, in ms. It takes milliseconds unless something is wrong with n8n's database. */
const PATIENCE_MS = 10_000;

/**
 * How many of the latest names are written once more with the next ones: n8n's store does not lock, so that another process may
 * have written over them.
 */
const WRITTEN_AGAIN = 100;

/** What databases say when another process has just written a trigger's first names. Ours are surely not written then. */
const WRITTEN_FIRST_ELSEWHERE = /unique|duplicate/i;

/** Waits for the store, but not for ever. */
async function withinPatience<T>(answer: Promise<T>): Promise<T> {
	// Ends the timer with the answer
	const answered = new AbortController();
	const late = pause(PATIENCE_MS, answered.signal).then((): never => {
		throw new Error(`no answer within ${PATIENCE_MS / 1_000} seconds`);
	});
	return await Promise.race([answer, late]).finally(() => answered.abort());
}

/** What is written to the store at once, for all events that come while it is busy. */
interface Batch {
	names: Set<string>;
	/** Which of the names were there before */
	found: Promise<string[]>;
}

/** What n8n keeps of one trigger. It is read and written by one batch after the other, because the store does not lock. */
class Store {
	private recent: string[] = [];
	private last: Promise<unknown> = Promise.resolve();
	private next?: Batch;

	async record(context: IExecuteFunctions, names: string[]): Promise<string[]> {
		this.next ??= this.nextBatch(context);
		const batch = this.next;
		const ofOthers = names.filter((name) => batch.names.has(name));
		for (const name of names) batch.names.add(name);
		const found = await withinPatience(batch.found);
		return names.filter((name) => ofOthers.includes(name) || found.includes(name));
	}

	private nextBatch(context: IExecuteFunctions): Batch {
		const names = new Set<string>();
		const found = this.last.then(async () => {
			this.next = undefined;
			const { recent } = this;
			const written = [...new Set([...recent, ...names])];
			this.recent = written.slice(-WRITTEN_AGAIN);
			const kept = await withinPatience(findAndKeep(context, written));
			return [...recent, ...kept];
		});
		this.last = found.catch(() => undefined);
		return { names, found };
	}
}

/** @returns those of the names that n8n kept before */
async function findAndKeep({ helpers }: IExecuteFunctions, names: string[]): Promise<string[]> {
	const options = { mode: 'entries', maxEntries: KEPT_NAMES } as const;
	const send = async () => await helpers.checkProcessedAndRecord(names, 'node', options);
	const { processed } = await send().catch(async (error: Error) => {
		if (WRITTEN_FIRST_ELSEWHERE.test(error.message)) return await send();
		throw error;
	});
	return names.filter((name) => processed.includes(name));
}

const stores = new Map<string, Store>();

/**
 * Records names in n8n's database, where all processes find them, also after a restart.
 *
 * @param context n8n's `this` of the trigger at the start of an execution
 * @param names the names, those to be forgotten first in front
 * @returns which of them were recorded before
 * @throws Error if n8n cannot read or write them, or not in time
 */
export async function recordNames(context: IExecuteFunctions, names: string[]): Promise<string[]> {
	const trigger = triggerName(context);
	const store = stores.get(trigger) ?? new Store();
	stores.set(trigger, store);
	return await store.record(context, names);
}
