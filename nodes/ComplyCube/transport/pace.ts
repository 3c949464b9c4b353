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

/** How long the last start is remembered, in ms, however slow the pace: somebody may ask for one request a year. */
const LONGEST_MEMORY_MS = 3_600_000;

/**
 * The time between two starts.
 *
 * @param apiKey the trimmed key; its prefix tells the environment
 * @param requestsPerSecond the credential's own limit; 0, or anything but a number above it, means the documented one
 * @returns milliseconds
 */
export function spacingFor(apiKey: string, requestsPerSecond: unknown): number {
	const isText = typeof requestsPerSecond === 'string';
	const own = isText ? Number(requestsPerSecond) : requestsPerSecond;
	const hasOwn = typeof own === 'number' && own > 0 && own < Infinity;
	const limit = hasOwn ? own : DOCUMENTED_LIMIT[apiKey.startsWith('test_') ? 'test' : 'live'];
	return (1000 / limit) * MARGIN;
}

/** Spaces the starts of a key's requests evenly. */
export class Pace {
	private lastStart = 0;

	/** When the last start was due: its timer may have delayed it */
	private lastDue = 0;

	private lastSpacing = 0;

	/** How many times its spacing the next start waits */
	private stretch = 1;

	/**
	 * When the next request may start, in epoch ms.
	 *
	 * @param spacing least time between two starts, in ms: the next request's own, since credentials of a key may differ
	 */
	nextStart(spacing: number): number {
		return this.lastDue + spacing * this.stretch;
	}

	/** Until when the last start matters to the next one, in epoch ms. */
	get memoryEnd(): number {
		return Math.min(this.nextStart(this.lastSpacing), this.lastStart + LONGEST_MEMORY_MS);
	}

	/**
	 * Notes a start.
	 *
	 * @param now when it is, in epoch ms
	 * @param due when it was due, in epoch ms
	 * @param spacing as in `nextStart`
	 */
	noteStart(now: number, due: number, spacing: number): void {
		this.stretch = now - this.lastStart > IDLE_GAP_MS ? SPACING_AFTER_IDLE_GAP : 1;
		this.lastStart = now;
		this.lastDue = now - due < spacing * CATCH_UP_SHARE ? due : now;
		this.lastSpacing = spacing;
	}
}
