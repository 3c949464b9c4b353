import type { IExecuteFunctions } from 'n8n-workflow';
import { pause } from '../transport/pacing';
import { triggerName } from './context';

/** n8n reads and writes all that is kept for a trigger with every event, so that each further name costs a little. */
const KEPT_NAMES = 2_000;

/** How long an event waits for the store, in ms. It takes milliseconds unless something is wrong with n8n's database. */
const PATIENCE_MS = 5_000;

/** n8n's store does not lock: another process may have written over what this one wrote last. So it is written once more. */
const WRITTEN_AGAIN = 40;

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

/** Reads and writes the names that n8n keeps of one trigger, one event after the other, as the store does not lock. */
class Store {
	private recent: string[] = [];
	private last: Promise<unknown> = Promise.resolve();

	async record(context: IExecuteFunctions, names: string[]): Promise<string[]> {
		const recorded = withinPatience(this.last.then(async () => await this.write(context, names)));
		const noted = recorded.finally(() => {
			this.recent = [...new Set([...this.recent, ...names])].slice(-WRITTEN_AGAIN);
		});
		this.last = noted.catch(() => undefined);
		return await noted;
	}

	private async write({ helpers }: IExecuteFunctions, names: string[]): Promise<string[]> {
		const { recent } = this;
		const send = async () =>
			await helpers.checkProcessedAndRecord([...new Set([...recent, ...names])], 'node', {
				mode: 'entries',
				maxEntries: KEPT_NAMES,
			});
		const { processed } = await send().catch(async (error: Error) => {
			if (WRITTEN_FIRST_ELSEWHERE.test(error.message)) return await send();
			throw error;
		});
		return names.filter((name) => recent.includes(name) || processed.includes(name));
	}
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
