import { createHash } from 'node:crypto';
import { sleep } from 'n8n-workflow';
import { Pace } from './pace';

/** Requests per second that ComplyCube documents for a key's environment (API page "Rate Limits"). */
const DOCUMENTED_LIMIT = { test: 5, live: 10 };

/** Starts are spaced a little wider than the limit asks, because network jitter pushes some of them together again. */
const MARGIN = 1.03;

/**
 * The first request after an idle gap of this long, in ms, takes longer to arrive than the next (host name look-up, new
 * connection). The second one waits longer, so that the two do not arrive together and go over the limit.
 */
const IDLE_GAP_MS = 1_000;
const SPACING_AFTER_IDLE_GAP = 1.5;

/**
 * A start delayed by its timer, by less than this share of the spacing, shortens the next wait, so that delays do not
 * accumulate.
 */
const CATCH_UP_SHARE = 0.1;

/** How often a wait looks whether the execution was cancelled, in ms. */
const SLICE_MS = 250;

/** A lane that was not used for this long is dropped, with what it remembers of refusals, in ms. */
const LANE_LIFETIME_MS = 60_000;

/** The longest that a key is held back, in ms, whatever the service asks for: it may be wrong, or no longer mean it. */
const LONGEST_HOLD_MS = 120_000;

/** After so many refusals in a row, slowing down is not enough. */
const SHUT_FROM = 3;

/** How a request waits for its turn. */
export interface TurnOptions {
	/** n8n's cancel signal of the execution */
	signal?: AbortSignal;
	/** When the turn is no longer of use, in epoch ms */
	deadline?: number;
	/** Goes to the head of the queue: it was sent before, or its answer is needed within a fixed time */
	urgent?: boolean;
}

interface Waiter {
	spacing: number;
	signal?: AbortSignal;
	deadline: number;
	urgent: boolean;
	resolve: (mayStart: boolean) => void;
}

const hasEnded = ({ signal, deadline }: Waiter) => signal?.aborted || Date.now() >= deadline;

/**
 * Waits, but no longer than the execution runs.
 *
 * @param ms how long, in milliseconds
 * @param signal n8n's cancel signal of the execution
 * @returns whether the time passed; false if the execution was cancelled meanwhile
 */
export async function pause(ms: number, signal?: AbortSignal): Promise<boolean> {
	const end = Date.now() + ms;
	for (let left = ms; left > 0 && !signal?.aborted; left = end - Date.now()) {
		await sleep(Math.min(left, SLICE_MS));
	}
	return !signal?.aborted;
}

/**
 * The queue of an API key in this process. All items, nodes and executions start their requests through it, evenly spaced and
 * first come, first served.
 */
export class Lane {
	private waiting: Waiter[] = [];

	private nextStart = 0;

	/** Until when the key is held back, and until when the service asked for that, in epoch ms */
	private heldUntil = 0;

	private askedUntil = 0;

	private refusedSince?: number;

	private refusalsInARow = 0;

	private readonly pace = new Pace();

	private pumping = false;

	private lastStart = 0;

	private readonly begin = Date.now();

	/** Whether the lane has had nothing to do for a while. */
	get isIdle(): boolean {
		return Date.now() - Math.max(this.begin, this.lastStart, this.nextStart) > LANE_LIFETIME_MS;
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
		return await new Promise((resolve) => {
			const waiter = { spacing, signal, deadline, urgent, resolve };
			const later = urgent ? this.waiting.findIndex((other) => !other.urgent) : -1;
			this.waiting.splice(later === -1 ? this.waiting.length : later, 0, waiter);
			void this.pump();
		});
	}

	/**
	 * Notes a 429: it refuses the key, not only this request, which is why the others slow down.
	 *
	 * @param startedAt when the refused request was sent, in epoch ms
	 * @param spacing least time between two starts, in ms
	 * @returns for how long the key has been refused without a break, in ms
	 */
	noteRefusal(startedAt: number, spacing: number): number {
		this.refusalsInARow += 1;
		this.refusedSince ??= Date.now();
		this.pace.noteRefusal(startedAt, spacing);
		return Date.now() - this.refusedSince;
	}

	/** Notes that a request of the key was let through. */
	noteAcceptance(): void {
		this.refusalsInARow = 0;
		this.refusedSince = undefined;
		this.pace.noteAcceptance();
	}

	/** Whether the service lets nothing through at the moment. */
	get isShut(): boolean {
		return this.refusalsInARow >= SHUT_FROM;
	}

	/** For how long from now the next start is held back, in ms. */
	get heldFor(): number {
		return this.nextStart - Date.now();
	}

	/** For how long from now the service asked to be left alone, in ms; 0 once the hold is over, so that a request finds out. */
	get askedFor(): number {
		const now = Date.now();
		return now < this.heldUntil ? this.askedUntil - now : 0;
	}

	/**
	 * Holds back every request of the key, but no longer than two minutes.
	 *
	 * @param ms for how long from now the service asks
	 */
	hold(ms: number): void {
		const now = Date.now();
		this.askedUntil = now + ms;
		this.heldUntil = now + Math.min(ms, LONGEST_HOLD_MS);
		this.nextStart = Math.max(this.nextStart, this.heldUntil);
	}

	private async pump(): Promise<void> {
		if (this.pumping) return;
		this.pumping = true;
		let lastCheck = Date.now();
		while (this.waiting.length > 0) {
			const now = Date.now();
			if (now - lastCheck >= SLICE_MS) {
				lastCheck = now;
				this.dismissEnded();
			}
			const wait = this.nextStart - now;
			if (wait >= 1) {
				await sleep(Math.min(wait, SLICE_MS));
				continue;
			}
			const next = this.waiting.shift();
			if (!next || hasEnded(next)) {
				next?.resolve(false);
				continue;
			}
			const stretch = now - this.lastStart > IDLE_GAP_MS ? SPACING_AFTER_IDLE_GAP : 1;
			this.lastStart = now;
			const due = now - this.nextStart < next.spacing * CATCH_UP_SHARE ? this.nextStart : now;
			this.nextStart = due + (next.spacing * stretch) / this.pace.current;
			next.resolve(true);
		}
		this.pumping = false;
	}

	private dismissEnded(): void {
		this.waiting = this.waiting.filter((waiter) => {
			const ended = hasEnded(waiter);
			if (ended) waiter.resolve(false);
			return !ended;
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
	for (const [other, { isIdle }] of lanes) {
		if (isIdle) lanes.delete(other);
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
