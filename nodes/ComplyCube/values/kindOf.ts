import { isPlainObject } from './plainObject';

/**
 * Says what a value is, for a sentence about one that is of no use.
 *
 * @param value anything but a text
 * @returns e.g. "an object", "a list", "a date", "NaN"
 */
export function kindOf(value: unknown): string {
	if (Array.isArray(value)) return 'a list';
	if (isPlainObject(value)) return 'an object';
	if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
	return typeof value === 'object' ? 'a date' : `a ${typeof value}`;
}
