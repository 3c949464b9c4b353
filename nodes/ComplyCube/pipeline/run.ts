import type { IExecuteData, IExecutePaginationFunctions } from 'n8n-workflow';
import { Failure } from '../transport/failure';

/** What an item's request has done at ComplyCube: nothing, something that nobody can tell, or all that it was sent for. */
export type Effect = 'none' | 'unknown' | 'done';

/** How many items have had which effect. */
export type EffectCounts = Record<Effect, number>;

const RANK: Record<Effect, number> = { none: 0, unknown: 1, done: 2 };

/** One attempt at an item. */
export class Attempt {
	private current: Effect = 'none';

	/** What it has done so far. */
	get effect(): Effect {
		return this.current;
	}

	/** Notes that a request that changes something is about to be sent. */
	noteSending(): void {
		this.current = 'unknown';
	}

	/** Notes that ComplyCube carried it out, whatever goes wrong from here on. */
	noteCarriedOut(): void {
		this.current = 'done';
	}

	/** Notes the failure it ended with. */
	noteFailure({ doubtful }: Failure): void {
		if (this.current !== 'done') this.current = doubtful ? 'unknown' : 'none';
	}
}

/** What became of the items of one run of the node. */
export class Run {
	private readonly effects = new Map<number, Effect>();

	private readonly counts: EffectCounts = { none: 0, unknown: 0, done: 0 };

	/** The failure that n8n shows: it stops with that of the first item in order, once all have ended. */
	private stop?: { item: number; tell: (others: EffectCounts) => void };

	/**
	 * Begins an item, perhaps again: n8n's 'Retry On Fail' repeats the whole run.
	 *
	 * @param item its index
	 */
	begin(item: number): Attempt {
		if (this.stop?.item === item) this.stop = undefined;
		return new Attempt();
	}

	/**
	 * Ends an item. What an earlier attempt did stays done.
	 *
	 * @param item its index
	 * @param attempt how it went this time
	 */
	end(item: number, { effect }: Attempt): void {
		const before = this.effects.get(item);
		if (before !== undefined && RANK[before] >= RANK[effect]) return;
		if (before !== undefined) this.counts[before]--;
		this.effects.set(item, effect);
		this.counts[effect]++;
		this.tellStop();
	}

	/**
	 * Stops at a failed item. n8n started the others before and waits until all of them have ended, so what became of them is
	 * told now and whenever it changes.
	 *
	 * @param item the failed item's index
	 * @param tell what to do with the effects of the others
	 */
	stopAt(item: number, tell: (others: EffectCounts) => void): void {
		if (this.stop && this.stop.item < item) return;
		this.stop = { item, tell };
		this.tellStop();
	}

	private tellStop(): void {
		if (!this.stop) return;
		const own = this.effects.get(this.stop.item);
		const others = { ...this.counts };
		if (own !== undefined) others[own]--;
		this.stop.tell(others);
	}
}

const runs = new WeakMap<IExecuteData, Run>();

/**
 * Finds the run that an item belongs to.
 *
 * @param node the node's `this`, for any item: n8n gives all items of a run, and its retries, the same data
 */
export function runOf(node: Pick<IExecutePaginationFunctions, 'getExecuteData'>): Run {
	const data = node.getExecuteData();
	const run = runs.get(data) ?? new Run();
	runs.set(data, run);
	return run;
}
