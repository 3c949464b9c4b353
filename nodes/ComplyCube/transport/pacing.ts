import { createHash } from 'node:crypto';
import { sleep } from 'n8n-workflow';

/** Requests per second that ComplyCube documents for a key's environment (API page "Rate Limits"). */
const DOCUMENTED_LIMIT = { test: 5, live: 10 };

/** Starts are a little further apart than the limit asks, so that network jitter does not bunch them up again. */
const MARGIN = 1.03;

/**
 * After a rest of this long, in ms, the first request takes longer to arrive than those that follow (host name, first
 * connection), so that the second keeps more distance; else they would arrive as a bunch that goes over the limit.
 */
const REST = 1_000;
const DISTANCE_AFTER_REST = 1.5;

/** A start that its timer lets come late by less than this part of the distance takes it from the next, lest it adds up. */
const MADE_UP = 0.1;

/** How long a wait may go without a look at whether the execution was cancelled, in ms. */
const SLICE = 250;

/** A lane nobody used for this long is dropped, and with it what it remembers of refusals, in ms. */
const IDLE = 60_000;

/** How a request waits for its turn. */
export interface TurnOptions {
	/** n8n's cancel signal of the execution */
	signal?: AbortSignal;
	/** When the turn is of no use any more, in epoch ms */
	deadline?: number;
	/** Goes to the head of the queue: it was sent before, or somebody waits for the answer with a clock in hand */
	urgent?: boolean;
}

interface Waiter {
	spacing: number;
	signal?: AbortSignal;
	deadline: number;
	urgent: boolean;
	settle: (mayStart: boolean) => void;
}

const isOver = ({ signal, deadline }: Waiter) => signal?.aborted || Date.now() >= deadline;

/**
 * Waits, but not longer than the execution lives.
 *
 * @param ms how long, in milliseconds
 * @param signal n8n's cancel signal of the execution
 * @returns whether the time passed; false if the execution was cancelled meanwhile
 */
export async function pause(ms: number, signal?: AbortSignal): Promise<boolean> {
	const end = Date.now() + ms;
	for (let left = ms; left > 0 && !signal?.aborted; left = end - Date.now()) {
		await sleep(Math.min(left, SLICE));
	}
	return !signal?.aborted;
}

/**
 * The one queue of an API key in this process: all items, nodes and executions start their requests through it, evenly
 * spaced, first come first served.
 */
export class Lane {
	private waiting: Waiter[] = [];

	private nextStart = 0;

	private refusedSince?: number;

	private pumping = false;

	private lastStart = 0;

	private readonly begin = Date.now();

	/** Whether the lane has had nothing to do, and nothing to remember, for a while. */
	get idle(): boolean {
		return Date.now() - Math.max(this.begin, this.lastStart, this.nextStart) > IDLE;
	}

	/**
	 * Waits for this request's turn. A lone request does not wait.
	 *
	 * @param spacing least time between two starts, in ms
	 * @param options what ends the wait, and whether it goes first
	 * @returns whether it may start; false if the execution was cancelled, or the deadline passed, meanwhile
	 */
	async turn(
		spacing: number,
		{ signal, deadline = Infinity, urgent = false }: TurnOptions = {},
	): Promise<boolean> {
		return await new Promise((settle) => {
			const waiter = { spacing, signal, deadline, urgent, settle };
			const later = urgent ? this.waiting.findIndex((other) => !other.urgent) : -1;
			this.waiting.splice(later === -1 ? this.waiting.length : later, 0, waiter);
			void this.pump();
		});
	}

	/**
	 * Notes a 429. It is the key that was refused, not only this item.
	 *
	 * @returns for how long the key has been refused without a break, in ms
	 */
	refused(): number {
		this.refusedSince ??= Date.now();
		return Date.now() - this.refusedSince;
	}

	/** Notes that a request of the key was let through. */
	accepted(): void {
		this.refusedSince = undefined;
	}

	/** For how long from now the next start is held back, in ms. */
	get heldFor(): number {
		return this.nextStart - Date.now();
	}

	/**
	 * Holds back every request of the key.
	 *
	 * @param ms for how long from now
	 */
	hold(ms: number): void {
		this.nextStart = Math.max(this.nextStart, Date.now() + ms);
	}

	private async pump(): Promise<void> {
		if (this.pumping) return;
		this.pumping = true;
		let lastLook = Date.now();
		while (this.waiting.length > 0) {
			const now = Date.now();
			if (now - lastLook >= SLICE) {
				lastLook = now;
				this.dismissOver();
			}
			const wait = this.nextStart - now;
			if (wait >= 1) {
				await sleep(Math.min(wait, SLICE));
				continue;
			}
			const next = this.waiting.shift();
			if (!next || isOver(next)) {
				next?.settle(false);
				continue;
			}
			const distance = now - this.lastStart > REST ? DISTANCE_AFTER_REST : 1;
			this.lastStart = now;
			const due = now - this.nextStart < next.spacing * MADE_UP ? this.nextStart : now;
			this.nextStart = due + next.spacing * distance;
			next.settle(true);
		}
		this.pumping = false;
	}

	private dismissOver(): void {
		this.waiting = this.waiting.filter((waiter) => {
			const over = isOver(waiter);
			if (over) waiter.settle(false);
			return !over;
		});
	}
}

const lanes = new Map<string, Lane>();

/**
 * Finds the lane of an API key. The map holds a fingerprint, never the key.
 *
 * @param apiKey the trimmed key
 * @returns the lane that everything with this key shares in this process
 */
export function laneOf(apiKey: string): Lane {
	const fingerprint = createHash('sha256').update(apiKey).digest('base64');
	for (const [other, { idle }] of lanes) {
		if (idle) lanes.delete(other);
	}
	const lane = lanes.get(fingerprint) ?? new Lane();
	lanes.set(fingerprint, lane);
	return lane;
}

/**
 * The time between two starts.
 *
 * @param apiKey the trimmed key; its prefix tells the environment
 * @param requestsPerSecond the credential's own limit; 0 means the documented one
 * @returns milliseconds
 */
export function spacingFor(apiKey: string, requestsPerSecond: unknown): number {
	const own = Number(requestsPerSecond);
	const limit = own > 0 ? own : DOCUMENTED_LIMIT[apiKey.startsWith('test_') ? 'test' : 'live'];
	return (1000 / limit) * MARGIN;
}
