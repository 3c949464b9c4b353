/**
 * Cuts a text, but never in the middle of a character that takes two UTF-16 units.
 *
 * @param text the text
 * @param longest the most UTF-16 units to keep
 */
export const cutText = (text: string, longest: number): string =>
	text.slice(0, longest).replace(/\p{Cs}$/u, '');
