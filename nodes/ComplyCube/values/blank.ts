/**
 * Tells whether a field or an expression gave nothing.
 *
 * @param value anything
 * @returns true for undefined, null, and a text without anything but blanks
 */
export const isBlank = (value: unknown): boolean =>
	value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
