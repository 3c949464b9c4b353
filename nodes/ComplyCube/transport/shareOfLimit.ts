/** Refusals are judged by what was let through in the time before them, in ms. */
const LOOKBACK_MS = 2_000;

/** A younger process is judged by what part of its requests was let through, counting this many more for the benefit of the doubt. */
const HEAD_START = 3;

/**
 * With this share of the limit let through, nobody else can be using the key to speak of: a 429 is then a fluke.
 * Below it, somebody else has the rest.
 */
const ALONE_FROM = 0.7;

/** What a 429 leaves of the share: to a process that has the key to itself, and to one that shares it. */
const SLOWING_ALONE = 0.98;
const SLOWING_SHARED = 0.85;

/** How much the share grows in a second, relative to itself, and at least. */
const GROWTH = 0.015;
const LEAST_GROWTH = 0.002;

/** The least share of the limit, so that there is always a request to find out. */
const LEAST_SHARE = 0.02;

/**
 * How much of its limit a process uses of an API key: all of it until the service refuses a request by 429, then less by a
 * factor, and a little more each second until it is all again. Processes that share a key settle like that without knowing of
 * each other (a variant of what the literature calls "additive increase, multiplicative decrease", and AWS' SDKs "adaptive").
 */
export class ShareOfLimit {
	/** The share after the last 429, and when that was, in epoch ms */
	private slowedTo = 1;

	private slowedAt = -Infinity;

	private readonly begin = Date.now();

	/** When requests were let through, the latest at the end, in epoch ms */
	private accepted: number[] = [];

	private refusals = 0;

	/** The share of the limit to use now, above 0 and at most 1. */
	get current(): number {
		const seconds = (Date.now() - this.slowedAt) / 1_000;
		const grown = this.slowedTo * (1 + GROWTH) ** seconds;
		return Math.min(1, Math.max(grown, this.slowedTo + LEAST_GROWTH * seconds));
	}

	/** Notes that the service let a request through. */
	noteAcceptance(): void {
		this.accepted.push(Date.now());
		this.forget();
	}

	/**
	 * Notes a 429. Requests that were under way when the pace was slowed do not slow it again.
	 *
	 * @param startedAt when the refused request was sent, in epoch ms
	 * @param spacing the time between two starts at the limit, in ms
	 */
	noteRefusal(startedAt: number, spacing: number): void {
		this.refusals += 1;
		if (startedAt <= this.slowedAt) return;
		const isAlone = this.shareLetThrough(spacing) >= ALONE_FROM;
		const slowing = isAlone ? SLOWING_ALONE : SLOWING_SHARED;
		this.slowedTo = Math.max(LEAST_SHARE, this.current * slowing);
		this.slowedAt = Date.now();
	}

	private shareLetThrough(spacing: number): number {
		this.forget();
		if (Date.now() - this.begin >= LOOKBACK_MS)
			return (this.accepted.length * spacing) / LOOKBACK_MS;
		const letThrough = HEAD_START + this.accepted.length;
		return letThrough / (letThrough + this.refusals);
	}

	private forget(): void {
		const from = Date.now() - LOOKBACK_MS;
		while ((this.accepted[0] ?? Infinity) <= from) this.accepted.shift();
	}
}
