import { createHash } from 'node:crypto';
import { sleep } from 'n8n-workflow';

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

/** Nor is one kept longer than this for the sake of its next start: somebody may ask for one request a year. In ms. */
const LONGEST_MEMORY_MS = 3_600_000;

/** The longest that a key is held back, in ms, whatever the service asks for: it may be wrong, or no longer mean it. */
const LONGEST_HOLD_MS = 120_000;

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

	private pumping = false;

	private lastStart = 0;

	/** When the last start was due: its timer may have delayed it */
	private lastDue = 0;

	/** The least time from that to the next start, in ms */
	private lastSpacing = 0;

	/** How much longer than its spacing the next start waits */
	private stretch = 1;

	private refusedSince?: number;

	private heldUntil = 0;

	/** Until when the service asked to be left alone */
	private askedUntil = 0;

	/** After a hold that was shorter than asked for, one request finds out, and the others wait for it */
	private probe: 'none' | 'due' | 'underWay' = 'none';

	private readonly begin = Date.now();

	/** Whether the lane has had nothing to do for a while. */
	get isIdle(): boolean {
		if (this.waiting.length > 0) return false;
		const next = Math.min(this.startAfter(this.lastSpacing), this.lastStart + LONGEST_MEMORY_MS);
		return Date.now() - Math.max(this.begin, this.heldUntil, next) > LANE_LIFETIME_MS;
	}

	/**
	 * Waits for this request's turn. A lone request does not wait.
	 *
	 * @param spacing least time between two starts, in ms
	 * @param options what ends the wait, and whether it goes first
	 * @returns whether it may start; false if the execution was cancelled, the deadline passed, or the key was put on hold for
	 * longer than anybody waits, meanwhile
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
	 * Notes a 429: it refuses the key, not only this request.
	 *
	 * @returns for how long the key has been refused without a break, in ms
	 */
	noteRefusal(): number {
		this.refusedSince ??= Date.now();
		return Date.now() - this.refusedSince;
	}

	/** Notes that a request of the key was let through. */
	noteAcceptance(): void {
		this.refusedSince = undefined;
		if (this.probe === 'underWay') this.probe = 'none';
	}

	/** Notes that a request did not tell whether the key is let through: if it was the one to find out, the next one is. */
	noteDoubt(): void {
		if (this.probe === 'underWay') this.probe = 'due';
	}

	/** How long the service asked for, from now, in ms, if the key is held back because of that and for less than that. */
	get askedFor(): number | undefined {
		const isShortened = Date.now() < this.heldUntil && this.heldUntil < this.askedUntil;
		return isShortened ? this.askedUntil - Date.now() : undefined;
	}

	/**
	 * How long the next start waits for no other reason than the pace, in ms.
	 *
	 * @param spacing least time between two starts, in ms
	 */
	pacedFor(spacing: number): number {
		return this.startAfter(spacing) - Date.now();
	}

	/**
	 * Holds back every request of the key, but no longer than two minutes. After a hold that was shorter than asked for, one
	 * request finds out; what waits already is let go.
	 *
	 * @param ms for how long from now
	 */
	hold(ms: number): void {
		const now = Date.now();
		this.noteDoubt();
		this.heldUntil = Math.max(this.heldUntil, now + Math.min(ms, LONGEST_HOLD_MS));
		if (ms <= LONGEST_HOLD_MS) return;
		this.askedUntil = now + ms;
		this.probe = 'due';
		for (const { resolve } of this.waiting.splice(0)) resolve(false);
	}

	private startAfter(spacing: number): number {
		return this.lastDue + spacing * this.stretch;
	}

	private async pump(): Promise<void> {
		if (this.pumping) return;
		this.pumping = true;
		let lastCheck = Date.now();
		for (;;) {
			const now = Date.now();
			if (now - lastCheck >= SLICE_MS) {
				lastCheck = now;
				this.dismissEnded();
			}
			const [next] = this.waiting;
			if (!next) break;
			const start = Math.max(this.heldUntil, this.startAfter(next.spacing));
			const wait = this.probe === 'underWay' ? SLICE_MS : start - now;
			if (wait >= 1) {
				await sleep(Math.min(wait, SLICE_MS));
				continue;
			}
			this.waiting.shift();
			if (hasEnded(next)) next.resolve(false);
			else this.start(next, now, start);
		}
		this.pumping = false;
	}

	private start({ spacing, resolve }: Waiter, now: number, due: number): void {
		this.stretch = now - this.lastStart > IDLE_GAP_MS ? SPACING_AFTER_IDLE_GAP : 1;
		this.lastStart = now;
		this.lastDue = now - due < spacing * CATCH_UP_SHARE ? due : now;
		this.lastSpacing = spacing;
		if (this.probe === 'due') this.probe = 'underWay';
		resolve(true);
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
 * @param requestsPerSecond the credential's own limit; 0, or what is no number above it, means the documented one
 * @returns milliseconds
 */
export function spacingFor(apiKey: string, requestsPerSecond: unknown): number {
	const isText = typeof requestsPerSecond === 'string';
	const own = isText ? Number(requestsPerSecond) : requestsPerSecond;
	const hasOwn = typeof own === 'number' && own > 0 && own < Infinity;
	const limit = hasOwn ? own : DOCUMENTED_LIMIT[apiKey.startsWith('test_') ? 'test' : 'live'];
	return (1000 / limit) * MARGIN;
}
