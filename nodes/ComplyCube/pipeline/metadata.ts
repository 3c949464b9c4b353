import type { IDataObject } from 'n8n-workflow';
import { Failure } from '../transport/failure';
import { isBlank } from '../values/blank';
import { parsedJson } from '../values/json';
import { textsFrom } from '../values/list';
import { isPlainObject } from '../values/plainObject';
import { textFrom } from '../values/scalar';
import { plainText } from '../values/text';
import { Unreadable } from '../values/unreadable';
import { invalidValue, type BodyStep } from './body';

/** Limits of metadata (API page "Clients"). */
const LIMITS = { keys: 50, key: 40, value: 500 };

const WITHIN_LIMITS = `ComplyCube takes up to ${LIMITS.keys} of them, with keys of 1 to ${LIMITS.key} characters and plain values of up to ${LIMITS.value}.`;

/** A value as a text, a date in ISO 8601; a list or an object stays what it is, and is refused later. */
function asText(value: unknown): string | IDataObject {
	const text = textFrom(value);
	if (!(text instanceof Unreadable)) return text;
	return typeof value === 'object' ? (value as IDataObject) : String(value);
}

/** ComplyCube refuses numbers, booleans and null as values (its own integration tests): they become texts, null is left out. */
const withTexts = (object: IDataObject): IDataObject =>
	Object.fromEntries(
		Object.entries(object)
			.filter(([, value]) => value !== null && value !== undefined)
			.map(([key, value]) => [key.trim(), asText(value)]),
	);

/** The field of key-value pairs as an object; an expression may give that object. Undefined if there is nothing in it. */
function objectOfPairs(field: unknown): IDataObject | undefined {
	if (!isPlainObject(field)) return undefined;
	const { pairs } = field;
	if (pairs === undefined && Object.keys(field).length > 0) return withTexts(field);
	if (!Array.isArray(pairs) || pairs.length === 0) return undefined;
	return Object.fromEntries(
		(pairs as IDataObject[]).map(({ key, value }) => [plainText(key) ?? '', asText(value ?? '')]),
	);
}

/** What is wrong with an entry; nothing of it is quoted, because it may be personal. */
function problemOf([key, value]: [string, unknown]): string | undefined {
	if (key === '') return 'has no key';
	if (key.length > LIMITS.key) return 'has too long a key';
	if (typeof value !== 'string') return 'has a list or an object as its value';
	return value.length > LIMITS.value ? 'has too long a value' : undefined;
}

function checked(metadata: IDataObject): IDataObject | Failure {
	const problems = Object.entries(metadata).map(problemOf);
	const place = problems.findIndex((problem) => problem !== undefined);
	if (place === -1 && problems.length <= LIMITS.keys) return metadata;
	return invalidValue(
		'metadata',
		place >= 0
			? `Metadata entry ${place + 1} ${problems[place]}`
			: `There are more than ${LIMITS.keys} metadata entries`,
		WITHIN_LIMITS,
	);
}

/**
 * Joins the fields `metadata` (key-value pairs) and `metadataJson` into ComplyCube's `metadata`. An empty text or `{}` as JSON is
 * the wish to clear the metadata; null or undefined leaves them alone. A field without pairs is refused: n8n takes everything
 * else out of it before we see it, so that it might have been an object with metadata.
 */
export const metadata: BodyStep = (body) => {
	const { metadata: field, metadataJson, ...rest } = body;
	const pairs = field === undefined ? {} : objectOfPairs(field);
	if (!pairs) {
		return invalidValue(
			'metadata',
			"'Metadata' has no pairs",
			"Add a pair or remove the field. A whole object goes into 'Metadata (JSON)', where {} takes all metadata away.",
		);
	}
	if (metadataJson === undefined || metadataJson === null) {
		if (field === undefined) return rest;
		const ownMetadata = checked(pairs);
		return ownMetadata instanceof Failure ? ownMetadata : { ...rest, metadata: ownMetadata };
	}
	const json = isBlank(metadataJson) ? {} : parsedJson(metadataJson);
	if (!isPlainObject(json)) {
		return invalidValue(
			'metadata',
			"'Metadata (JSON)' is not a JSON object",
			'Enter e.g. { "plan": "gold" }.',
		);
	}
	const all = checked({ ...withTexts(json), ...pairs });
	return all instanceof Failure ? all : { ...rest, metadata: all };
};

const NO_PAIRS = invalidValue(
	'metadataToSet',
	"'Metadata to Set' has no pairs",
	'Add a pair or remove the field.',
);

/** The field without the pairs that have no value; one that was left empty by hand has an empty text. */
const withValues = (field: unknown): unknown =>
	isPlainObject(field) && Array.isArray(field.pairs)
		? {
				pairs: (field.pairs as IDataObject[]).filter(
					({ value }) => value !== undefined && value !== null,
				),
			}
		: field;

/**
 * Reads the entries to set. One whose expression gives nothing leaves the entry alone.
 *
 * @param field the field of key-value pairs; undefined if it was not added
 */
export function metadataToSet(field: unknown): IDataObject | Failure {
	const pairs = field === undefined ? {} : objectOfPairs(withValues(field));
	return pairs ? checked(pairs) : NO_PAIRS;
}

/**
 * Reads the keys of entries to remove.
 *
 * @param field a text with commas; undefined if it was not added
 */
export function metadataToRemove(field: unknown): string[] | Failure {
	const keys = textsFrom(field);
	return field === undefined || keys.length > 0
		? keys
		: invalidValue(
				'metadataToRemove',
				"'Metadata to Remove' is empty",
				'Enter the keys, or remove the field.',
			);
}

/**
 * Changes single entries of metadata.
 *
 * @param metadata as ComplyCube has it; undefined for none
 * @param set the entries to set
 * @param removed the keys of entries to remove
 * @returns all entries, or why ComplyCube would not take them
 */
export function changedMetadata(
	metadata: unknown,
	set: IDataObject,
	removed: string[],
): IDataObject | Failure {
	const before = isPlainObject(metadata) ? metadata : {};
	const kept = Object.entries(before).filter(([key]) => !removed.includes(key));
	const all = checked({ ...Object.fromEntries(kept), ...set });
	// To know the entries, they were read before
	return all instanceof Failure
		? all.advising(`${WITHIN_LIMITS} Nothing was changed for this item.`)
		: all;
}

const PREFIX = 'metadata.';

const isPair = ([name]: [string, unknown]) => name.startsWith(PREFIX);

/**
 * Checks the metadata among the filters of a list: each pair needs a key and a value.
 *
 * @param qs the query, with `metadata.<key>` for each pair
 * @param field the filter as it was entered; undefined if it was not added
 * @param skipsEmpty whether a pair whose value is empty is left out
 * @returns the query with trimmed keys, or why it would find everybody
 */
export function withMetadataFilters(
	qs: IDataObject,
	field: unknown,
	skipsEmpty: boolean,
): IDataObject | Failure {
	const entries = Object.entries(qs);
	const pairs = entries
		.filter(isPair)
		.filter(([, value]) => !(skipsEmpty && isBlank(value)))
		.map(([name, value]) => [name.slice(PREFIX.length).trim(), asText(value ?? '')] as const);
	const isIncomplete = pairs.some(
		([key, value]) => key === '' || isBlank(value) || typeof value !== 'string',
	);
	const isSkipped = skipsEmpty && isPlainObject(field) && Array.isArray(field.pairs);
	if (isIncomplete || (field !== undefined && pairs.length === 0 && !isSkipped)) {
		return invalidValue(
			'metadata',
			"The 'Metadata' filter has no key and value",
			'Without them everything would be found. Enter both, or remove the filter.',
		);
	}
	return Object.fromEntries([
		...entries.filter((entry) => !isPair(entry)),
		...pairs.map(([key, value]) => [PREFIX + key, value]),
	]);
}
