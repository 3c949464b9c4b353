/**
 * Cuts a text, but never in the middle of a character that takes two UTF-16 units.
 *
 * @param text the text
 * @param longest the most UTF-16 units to keep
 */
export const cutText = (text: string, longest: number): string =>
	text.slice(0, longest).replace(/\p{Cs}$/u, '');

/**
 * Reads what should be a text.
 *
 * @param value anything
 * @returns a text or a finite number as a text without blanks around it; undefined for anything else, and for a blank
 */
export function plainText(value: unknown): string | undefined {
	const isPlain = typeof value === 'string' || Number.isFinite(value);
	return (isPlain && String(value).trim()) || undefined;
}

/** Longest text that a sentence quotes, in UTF-16 units: ComplyCube's own IDs, types and statuses are shorter. */
const LONGEST_QUOTE = 50;

/**
 * Makes of a part of a reply what a sentence can quote: one short, plain line.
 *
 * @param value anything
 * @returns undefined if it is neither a text nor a number, or nothing of it is left
 */
export const quotable = (value: unknown): string | undefined =>
	cutText(plainLine(plainText(value) ?? ''), LONGEST_QUOTE) || undefined;

/**
 * The text of a value. `String` throws for objects without a usable `toString`, which JSON can bring about.
 *
 * @param value anything
 * @returns an empty text for undefined and null, e.g. "[object Object]" for an object that has no text
 */
export function textOf(value: unknown): string {
	try {
		return String(value ?? '');
	} catch {
		return Object.prototype.toString.call(value);
	}
}

/**
 * Makes one plain line of a text from outside: without line breaks, control characters, halves of characters, and those that
 * nobody sees or that turn the direction of what follows.
 *
 * @param text the text
 */
export const plainLine = (text: string): string =>
	text
		.replace(/[\p{Cf}\p{Cs}]+/gu, '')
		.replace(/[\s\p{Cc}]+/gu, ' ')
		.trim();
