import type { IDataObject } from 'n8n-workflow';
import { isPlainObject } from '../values/plainObject';

/** An array of texts. */
interface TextEntries {
	/** What the array is called where it is kept whole, e.g. `lists` */
	array: string;
	/** What each text is called in an item of its own, e.g. `name` */
	text: string;
}

/** Objects in objects, whose names are data, e.g. `{ "passport": { "GB": { "sides": 1 } } }`. */
interface NestedEntries {
	/** What the names on each level are called, from the outside in, e.g. `documentType` and `country` */
	levels: string[];
}

/** Where the entries of a reply are. */
export type Entries = TextEntries | NestedEntries;

function nestedEntries(value: unknown, [level, ...deeper]: string[]): IDataObject[] | undefined {
	if (!isPlainObject(value)) return undefined;
	if (level === undefined) return [value];
	const entries: IDataObject[] = [];
	for (const [name, inner] of Object.entries(value)) {
		const found = nestedEntries(inner, deeper);
		if (!found) return undefined;
		entries.push(...found.map((entry) => ({ [level]: name, ...entry })));
	}
	return entries;
}

/**
 * Makes an object of each entry of a reply.
 *
 * @param reply as ComplyCube sent it; an array as `{ items }`
 * @param entries where the entries are
 * @returns the objects; undefined if the reply does not have that form
 */
export function entriesOf(reply: IDataObject, entries: Entries): IDataObject[] | undefined {
	if ('levels' in entries) return nestedEntries(reply, entries.levels);
	const { items } = reply;
	return Array.isArray(items) ? items.map((text) => ({ [entries.text]: text })) : undefined;
}

/**
 * Names the array of a reply for an item that has all of it.
 *
 * @param reply as ComplyCube sent it; an array as `{ items }`
 * @param entries where the entries are
 * @returns the reply; an array under its name
 */
export const wholeOf = (reply: IDataObject, entries: Entries): IDataObject =>
	'array' in entries && Array.isArray(reply.items) ? { [entries.array]: reply.items } : reply;
