/**
 * Cuts a text, but never in the middle of a character that takes two UTF-16 units.
 *
 * @param text the text
 * @param longest the most UTF-16 units to keep
 */
export const cutText = (text: string, longest: number): string =>
	text.slice(0, longest).replace(/\p{Cs}$/u, '');

/**
 * Makes one plain line of a text from outside: without line breaks, control characters, and those that nobody sees or that turn the
 * direction of what follows.
 *
 * @param text the text
 */
export const plainLine = (text: string): string =>
	text
		.replace(/\p{Cf}+/gu, '')
		.replace(/[\s\p{Cc}]+/gu, ' ')
		.trim();
