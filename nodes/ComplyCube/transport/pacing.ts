import { createHash } from 'node:crypto';
import { sleep } from 'n8n-workflow';
import { Hold } from './hold';
import { Pace } from './pace';
import { ShareOfLimit } from './shareOfLimit';
import { TimeLimits } from './timeLimits';

/** How often a wait looks whether it is over, in ms. */
const SLICE_MS = 250;

/** A lane that was not used for this long is dropped, with what it remembers of refusals, in ms. */
const LANE_LIFETIME_MS = 60_000;

/** After so many refusals in a row, slowing down is not enough. */
const SHUT_FROM = 5;

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
 * @param isNeedless whether nobody waits for it any more
 * @returns whether the time passed; false if the execution was cancelled, or the wait became needless
 */
export async function pause(
	ms: number,
	signal?: AbortSignal,
	isNeedless = () => false,
): Promise<boolean> {
	const isOver = () => signal?.aborted || isNeedless();
	const end = Date.now() + ms;
	for (let left = ms; left > 0 && !isOver(); left = end - Date.now()) {
		await sleep(Math.min(left, SLICE_MS));
	}
	return !isOver();
}

/**
 * The queue of an API key in this process. All items, nodes and executions start their requests through it, evenly spaced and
 * first come, first served.
 */
export class Lane {
	private waiting: Waiter[] = [];

	/** The time limits of the key's requests that are under way */
	readonly timeLimits = new TimeLimits();

	private readonly pace = new Pace();

	private readonly keyHold = new Hold();

	private readonly share = new ShareOfLimit();

	private refusedSince?: number;

	private refusalsInARow = 0;

	private pumping = false;

	private readonly begin = Date.now();

	/** Whether the lane has had nothing to do for a while. */
	get isIdle(): boolean {
		if (this.waiting.length > 0) return false;
		const lastUse = Math.max(this.begin, this.keyHold.end, this.pace.memoryEnd);
		return Date.now() - lastUse > LANE_LIFETIME_MS;
	}

	/**
	 * Waits for this request's turn. A lone request does not wait.
	 *
	 * @param spacing least time between two starts, in ms
	 * @param options what ends the wait, and whether it goes first
	 * @returns whether it may start; false if meanwhile the execution was cancelled, the deadline passed, or the service asked for
	 * a longer hold than anybody waits for
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
	 * Notes a 429: it refuses the key, not only this request, so that all of its requests slow down.
	 *
	 * @param startedAt when the refused request was sent, in epoch ms
	 * @param spacing least time between two starts, in ms
	 * @returns for how long the key has been refused without a break, in ms
	 */
	noteRefusal(startedAt: number, spacing: number): number {
		this.refusalsInARow += 1;
		this.share.noteRefusal(startedAt, spacing);
		this.refusedSince ??= Date.now();
		return Date.now() - this.refusedSince;
	}

	/** Notes that a request of the key was let through. */
	noteAcceptance(): void {
		this.refusalsInARow = 0;
		this.refusedSince = undefined;
		this.share.noteAcceptance();
		this.keyHold.noteAcceptance();
	}

	/** Whether the service lets nothing through at the moment. */
	get isShut(): boolean {
		return this.refusalsInARow >= SHUT_FROM;
	}

	/** Notes that a request has ended without telling whether the key is let through. */
	noteDoubt(): void {
		this.keyHold.noteDoubt();
	}

	/** For how long from now the service asked to be left alone, in ms, while the key is held back for less than that. */
	get askedFor(): number | undefined {
		return this.keyHold.askedFor;
	}

	/**
	 * For how long from now the pace alone holds back the next start, in ms.
	 *
	 * @param spacing least time between two starts, in ms
	 */
	pacedFor(spacing: number): number {
		return this.pace.nextStart(spacing) - Date.now();
	}

	/**
	 * Holds back every request of the key, but no longer than two minutes. Where the service asks for longer, nobody waits: what
	 * waits already is let go.
	 *
	 * @param ms for how long from now the service asks
	 */
	hold(ms: number): void {
		if (!this.keyHold.begin(ms)) return;
		for (const { resolve } of this.waiting.splice(0)) resolve(false);
	}

	private async pump(): Promise<void> {
		if (this.pumping) return;
		this.pumping = true;
		let lastCheck = Date.now();
		for (let next = this.waiting[0]; next; next = this.waiting[0]) {
			const now = Date.now();
			if (now - lastCheck >= SLICE_MS) {
				lastCheck = now;
				this.dismissEnded();
				continue;
			}
			const spacing = next.spacing / this.share.current;
			const due = Math.max(this.keyHold.end, this.pace.nextStart(spacing));
			const wait = this.keyHold.isProbing ? SLICE_MS : due - now;
			if (wait >= 1) {
				await sleep(Math.min(wait, SLICE_MS));
				continue;
			}
			this.waiting.shift();
			if (hasEnded(next)) next.resolve(false);
			else this.start(next, now, due);
		}
		this.pumping = false;
	}

	private start({ spacing, resolve }: Waiter, now: number, due: number): void {
		this.pace.noteStart(now, due, spacing);
		this.keyHold.noteStart();
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
