import { parsedJson } from './json';
import { kindOf } from './kindOf';
import { isPlainObject } from './plainObject';
import { Unreadable } from './unreadable';

/**
 * Reads a text. Spreadsheets and databases give a phone number or a postal code as a number.
 *
 * @param value the value of a text field
 */
export function textFrom(value: unknown): string | Unreadable {
	if (typeof value === 'string') return value;
	if (typeof value === 'boolean' || typeof value === 'bigint' || Number.isFinite(value)) {
		return String(value);
	}
	const { toISO } = (value ?? {}) as { toISO?: () => unknown };
	const text = value instanceof Date ? value : typeof toISO === 'function' && toISO.call(value);
	if (text instanceof Date && !Number.isNaN(+text)) return text.toISOString();
	if (typeof text === 'string') return text;
	return new Unreadable(`is ${kindOf(value)}, not a text`, 'Let the expression give a text.');
}

/**
 * Reads a switch.
 *
 * @param value the value of a boolean field; an expression may give the words true and false, in any case
 */
export function booleanFrom(value: unknown): boolean | Unreadable {
	if (typeof value === 'boolean') return value;
	const word = typeof value === 'string' ? value.trim().toLowerCase() : undefined;
	if (word === 'true' || word === 'false') return word === 'true';
	return new Unreadable('is neither true nor false', 'Let the expression give true or false.');
}

/**
 * Reads a number.
 *
 * @param value the value of a number field; an expression may give the number as a text
 */
export function numberFrom(value: unknown): number | Unreadable {
	const isText = typeof value === 'string' && value.trim() !== '';
	const number = isText || typeof value === 'number' ? Number(value) : NaN;
	return Number.isFinite(number) ? number : new Unreadable('is not a number', 'Enter a number.');
}

/**
 * Reads a JSON object, which a field gives as a text and an expression may give as the object itself.
 *
 * @param value the value of a JSON field
 */
export function objectFrom(value: unknown): Record<string, unknown> | Unreadable {
	const parsed = parsedJson(value);
	return isPlainObject(parsed)
		? parsed
		: new Unreadable('is not a JSON object', 'Enter e.g. { "key": "value" }.');
}
