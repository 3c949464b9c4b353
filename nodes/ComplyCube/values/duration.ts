/** Units that a person counts in, in ms, and up to how many of the smaller one they like to hear. */
const UNITS = [
	['day', 86_400_000],
	['hour', 3_600_000],
	['minute', 60_000],
	['second', 1_000],
] as const;

/** In ms. The digits of a longer time would fill the sentence. */
const HUNDRED_YEARS = 100 * 365 * 86_400_000;

/**
 * Says a duration as a person would, rounded up.
 *
 * @param ms the duration in milliseconds
 * @returns e.g. "90 seconds", "2 hours", "26,800 days" or "more than a hundred years"
 */
export function durationInWords(ms: number): string {
	if (ms >= HUNDRED_YEARS) return 'more than a hundred years';
	const [unit, length] = UNITS.find(([, each]) => ms >= 2 * each) ?? UNITS[3];
	const count = Math.max(1, Math.ceil(ms / length));
	return `${count.toLocaleString('en')} ${unit}${count === 1 ? '' : 's'}`;
}
