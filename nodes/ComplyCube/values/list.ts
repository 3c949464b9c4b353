import { parsedJson } from './json';
import { textOf } from './text';

/**
 * Reads a list, which an expression may give as a text with commas, and an AI agent as a JSON list in a text.
 *
 * @param value the parameter's value
 * @returns the entries, texts without blanks around them; undefined if the value is no list
 */
export function listFrom(value: unknown): unknown[] | undefined {
	if (Array.isArray(value)) return value;
	if (typeof value !== 'string') return undefined;
	const json = value.trim().startsWith('[') ? parsedJson(value) : undefined;
	if (Array.isArray(json)) return json;
	return value
		.split(',')
		.map((entry) => entry.trim())
		.filter(Boolean);
}

/**
 * Reads a list of names or IDs.
 *
 * @param value the parameter's value; one ID may be a number
 * @returns the entries as texts without blanks around them, empty ones left out; empty if the value is no list
 */
export const textsFrom = (value: unknown): string[] =>
	(typeof value === 'number' ? [value] : (listFrom(value) ?? []))
		.map((entry) => textOf(entry).trim())
		.filter(Boolean);
