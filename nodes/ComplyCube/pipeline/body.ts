import type { IDataObject } from 'n8n-workflow';
import { Failure } from '../transport/failure';
import { label } from '../transport/pathSegment';

/** Turns what the fields of an operation put into the body into what ComplyCube wants, or says what is wrong with it. */
export type BodyStep = (body: IDataObject) => IDataObject | Failure;

/** A plain object: not a list, nor a Date or n8n's DateTime from an expression. */
const isObject = (value: unknown): value is IDataObject =>
	Object.prototype.toString.call(value) === '[object Object]' &&
	typeof (value as { toISO?: unknown }).toISO !== 'function';

/** Reads a value of a body by its path, e.g. `personDetails.dob`. */
function valueAt(body: IDataObject, path: string): unknown {
	return path
		.split('.')
		.reduce<unknown>((object, name) => (isObject(object) ? object[name] : undefined), body);
}

/** Puts a value in its place. */
function withValue(body: IDataObject, path: string, value: unknown): IDataObject {
	const [name, ...rest] = path.split('.');
	const inner = rest.length > 0;
	const own = inner ? withValue(body[name] as IDataObject, rest.join('.'), value) : value;
	return { ...body, [name]: own as IDataObject };
}

const isEmpty = (value: unknown) => value === undefined || value === null || value === '';

const isVoid = (value: unknown) =>
	(Array.isArray(value) || isObject(value)) && Object.keys(value).length === 0;

/** The label of a body's field, e.g. "Dob" of `personDetails.dob`. */
const labelAt = (path: string) => label(path.split('.').at(-1)!);

const wrong = (path: string, message: string, description: string) =>
	new Failure(message, {
		param: path,
		description: `${description} Nothing was sent to ComplyCube.`,
	});

/** Replaces the value of a path if there is one; what is left empty stays as it is. */
const replace =
	(path: string, change: (value: unknown) => unknown): BodyStep =>
	(body) => {
		const value = valueAt(body, path);
		if (isEmpty(value)) return body;
		const changed = change(value);
		return changed instanceof Failure ? changed : withValue(body, path, changed);
	};

const DATE = /^\d{4}-\d\d-\d\d(?!\d)/;

/** A text, or a Date or n8n's DateTime from an expression, as a text that starts with its date. */
const dateText = (value: unknown): string => {
	const { toISO } = value as { toISO?: () => string };
	if (typeof toISO === 'function') return toISO.call(value);
	return value instanceof Date ? value.toISOString() : String(value).trim();
};

/**
 * A date without a time, `YYYY-MM-DD` (API page "Clients"). The date picker gives a time as well, which is cut off as it
 * stands: a date of birth is the same in all time zones.
 *
 * @param path where it is in the body, e.g. `personDetails.dob`
 * @param field what the field is called, if that does not follow from the path
 */
export const date = (path: string, field = labelAt(path)): BodyStep =>
	replace(path, (value) => {
		const [day] = DATE.exec(dateText(value)) ?? [];
		// A day that does not exist, such as 30 February, would become another
		const time = Date.parse(`${day}T00:00:00Z`);
		return day && !Number.isNaN(time) && new Date(time).toISOString().startsWith(day)
			? day
			: wrong(path, `'${field}' is not a date`, 'Pick a date, or use e.g. 1990-01-31.');
	});

/**
 * A JSON object, which n8n gives as text, or an expression as an object.
 *
 * @param path where it is in the body
 */
export const jsonObject = (path: string): BodyStep =>
	replace(path, (value) => {
		const parsed = parsedJson(value);
		return isObject(parsed)
			? parsed
			: wrong(path, `'${labelAt(path)}' is not a JSON object`, 'Enter e.g. { "key": "value" }.');
	});

function parsedJson(value: unknown): unknown {
	if (typeof value !== 'string') return value;
	try {
		return JSON.parse(value);
	} catch {
		return undefined;
	}
}

/** A list, a text with commas, or a JSON list in a text, as an AI agent may write it. */
function listed(value: unknown): unknown {
	if (typeof value !== 'string') return value;
	const json = value.trim().startsWith('[') ? parsedJson(value) : undefined;
	if (json !== undefined) return json;
	return value
		.split(',')
		.map((entry) => entry.trim())
		.filter(Boolean);
}

/**
 * A list, which an expression may give as text with commas.
 *
 * @param path where it is in the body
 */
export const list = (path: string): BodyStep =>
	replace(path, (value) => {
		const entries = listed(value);
		return Array.isArray(entries)
			? entries
			: wrong(path, `'${labelAt(path)}' is not a list`, 'Choose in the list, or use e.g. a, b.');
	});

/**
 * Names that are chosen, as ComplyCube wants them: an object with `true` for each. An expression may give that object.
 *
 * @param path where the list of names is in the body
 */
export const flags = (path: string): BodyStep =>
	replace(path, (value) => {
		const names = listed(value);
		if (isObject(names)) return names;
		return Array.isArray(names)
			? Object.fromEntries(names.map((name) => [String(name), true]))
			: wrong(path, `'${labelAt(path)}' is not a list`, 'Choose in the list, or use e.g. a, b.');
	});

/** Limits of metadata (API page "Clients"). */
const METADATA = { keys: 50, key: 40, value: 500 };

/** What is in the field of key-value pairs; an expression may give a plain object. ComplyCube keeps texts. */
function pairsIn(field: unknown): IDataObject | undefined {
	if (field === undefined) return {};
	if (!isObject(field)) return undefined;
	if (!('pairs' in field)) return field;
	if (!Array.isArray(field.pairs)) return undefined;
	return Object.fromEntries(
		(field.pairs as IDataObject[]).map(({ key, value }) => [
			String(key ?? '').trim(),
			String(value ?? ''),
		]),
	);
}

/**
 * Own facts about an object: joins the fields `metadata` (key-value pairs) and `metadataJson` to ComplyCube's `metadata`. If
 * both are there and empty, so is `metadata`, by which an update clears it.
 */
export const metadata: BodyStep = (body) => {
	const { metadata: field, metadataJson, ...rest } = body;
	if (field === undefined && metadataJson === undefined) return rest;
	const json = isEmpty(metadataJson) ? {} : parsedJson(metadataJson);
	const pairs = pairsIn(field);
	if (!isObject(json) || !pairs) {
		return wrong(
			'metadata',
			pairs ? "'Metadata (JSON)' is not a JSON object" : "'Metadata' has no pairs",
			'Enter e.g. { "plan": "gold" }.',
		);
	}
	const all = Object.entries({ ...json, ...pairs });
	const isWrong = ([key, value]: [string, unknown]) =>
		key === '' ||
		key.length > METADATA.key ||
		String(value ?? '').length > METADATA.value ||
		(typeof value === 'object' && value !== null);
	// Neither key nor value is quoted: they may be somebody's
	const place = all.findIndex(isWrong);
	if (place >= 0 || all.length > METADATA.keys) {
		return wrong(
			'metadata',
			place >= 0
				? `Metadata entry ${place + 1} is not allowed as it is`
				: `There are more than ${METADATA.keys} metadata entries`,
			`ComplyCube takes up to ${METADATA.keys} of them, with keys of 1 to ${METADATA.key} characters and plain values of up to ${METADATA.value}.`,
		);
	}
	return { ...rest, metadata: Object.fromEntries(all) as IDataObject };
};

/** Leaves out what nobody filled in, at every depth. */
function pruned(body: IDataObject): IDataObject {
	return Object.fromEntries(
		Object.entries(body)
			.map(([name, value]) => [name, isObject(value) ? pruned(value) : value] as const)
			.filter(([, value]) => !isEmpty(value) && !isVoid(value)),
	);
}

/** Leaves out what an expression gave no value for, and the objects that are empty without it. */
function defined(body: IDataObject): IDataObject {
	const isGone = (value: unknown, before: unknown) =>
		value === undefined || (isVoid(value) && !isVoid(before));
	return Object.fromEntries(
		Object.entries(body)
			.map(([name, value]) => [name, isObject(value) ? defined(value) : value, value] as const)
			.filter(([, value, before]) => !isGone(value, before))
			.map(([name, value]) => [name, value]),
	);
}

const NOTHING_TO_CHANGE = wrong(
	'updateFields',
	'There is nothing to change',
	"Add at least one field under 'Update Fields'.",
);

/**
 * Completes the body of a request.
 *
 * @param body what the fields put into it
 * @param steps what is done with it, in order
 * @param keepsEmptied whether a field that was emptied is sent empty: an update shall be able to do that
 * @returns the body, undefined if there is nothing in it, which is no update; or the failure of the first step that has one
 */
export function completedBody(
	body: IDataObject,
	steps: BodyStep[],
	keepsEmptied: boolean,
): IDataObject | undefined | Failure {
	let result: IDataObject | Failure = body;
	for (const step of steps) {
		result = step(result);
		if (result instanceof Failure) return result;
	}
	const sent: IDataObject = keepsEmptied ? defined(result) : pruned(result);
	if (Object.keys(sent).length > 0) return sent;
	return keepsEmptied ? NOTHING_TO_CHANGE : undefined;
}
