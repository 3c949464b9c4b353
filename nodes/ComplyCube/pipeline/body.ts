import type { IDataObject } from 'n8n-workflow';
import { Failure } from '../transport/failure';
import { pathSegment } from '../transport/pathSegment';
import { parsedJson } from '../values/json';
import { labelOf } from '../values/label';
import { listFrom } from '../values/list';
import { isPlainObject } from '../values/plainObject';

/** Turns what the fields of an operation put into the body into what ComplyCube wants, or says what is wrong with it. */
export type BodyStep = (body: IDataObject) => IDataObject | Failure;

/** Reads a value of a body by its path, e.g. `personDetails.dob`. */
function valueAt(body: IDataObject, path: string): unknown {
	return path
		.split('.')
		.reduce<unknown>((object, name) => (isPlainObject(object) ? object[name] : undefined), body);
}

/** Puts a value in its place. */
function withValue(body: IDataObject, path: string, value: unknown): IDataObject {
	const dot = path.indexOf('.');
	if (dot === -1) return { ...body, [path]: value as IDataObject };
	const name = path.slice(0, dot);
	return { ...body, [name]: withValue(body[name] as IDataObject, path.slice(dot + 1), value) };
}

const isEmpty = (value: unknown) => value === undefined || value === null || value === '';

const isVoid = (value: unknown) =>
	(Array.isArray(value) || isPlainObject(value)) && Object.keys(value).length === 0;

/** The label of a body's field, e.g. "Dob" of `personDetails.dob`. */
const labelAt = (path: string) => labelOf(path.split('.').at(-1)!);

/**
 * Says what is wrong with a field of the body.
 *
 * @param path where the field is in the body
 * @param message what is wrong, one sentence
 * @param advice what to enter instead
 */
export const invalidField = (path: string, message: string, advice: string): Failure =>
	new Failure(message, { param: path, description: `${advice} Nothing was sent to ComplyCube.` });

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
 * A date without a time, `YYYY-MM-DD` (API page "Clients"). The date picker adds a time, which is cut off: a date of birth is
 * the same in all time zones.
 *
 * @param path where it is in the body, e.g. `personDetails.dob`
 * @param field what the field is called, if that does not follow from the path
 */
export const date = (path: string, field = labelAt(path)): BodyStep =>
	replace(path, (value) => {
		const [day] = DATE.exec(dateText(value)) ?? [];
		// A day that does not exist, e.g. 30 February, would turn into another one
		const time = Date.parse(`${day}T00:00:00Z`);
		return day && !Number.isNaN(time) && new Date(time).toISOString().startsWith(day)
			? day
			: invalidField(path, `'${field}' is not a date`, 'Pick a date, or use e.g. 1990-01-31.');
	});

/**
 * A JSON object: a field gives it as a text, an expression may give the object itself.
 *
 * @param path where it is in the body
 */
export const jsonObject = (path: string): BodyStep =>
	replace(path, (value) => {
		const parsed = parsedJson(value);
		return isPlainObject(parsed)
			? parsed
			: invalidField(
					path,
					`'${labelAt(path)}' is not a JSON object`,
					'Enter e.g. { "key": "value" }.',
				);
	});

/**
 * A list, which an expression may give as a text with commas.
 *
 * @param path where it is in the body
 */
export const list = (path: string): BodyStep =>
	replace(path, (value) => {
		const entries = listFrom(value);
		return entries
			? entries
			: invalidField(
					path,
					`'${labelAt(path)}' is not a list`,
					'Choose in the list, or use e.g. a, b.',
				);
	});

/**
 * Chosen names, which ComplyCube wants as an object with `true` for each. An expression may give that object itself.
 *
 * @param path where the list of names is in the body
 */
export const flags = (path: string): BodyStep =>
	replace(path, (value) => {
		if (isPlainObject(value)) return value;
		const names = listFrom(value);
		return names
			? Object.fromEntries(names.map((name) => [String(name), true]))
			: invalidField(
					path,
					`'${labelAt(path)}' is not a list`,
					'Choose in the list, or use e.g. a, b.',
				);
	});

/**
 * A step that only some bodies need.
 *
 * @param condition which ones
 * @param step what is done with them
 */
export const onlyIf =
	(condition: (body: IDataObject) => boolean, step: BodyStep): BodyStep =>
	(body) =>
		condition(body) ? step(body) : body;

/**
 * A list that must have an entry: an expression may give an empty one, which n8n's own check of required fields does not see.
 *
 * @param name where it is in the body
 */
export const requiredList =
	(name: string): BodyStep =>
	(body) => {
		const entries = body[name];
		return Array.isArray(entries) && entries.length > 0
			? body
			: invalidField(name, `The '${labelOf(name)}' parameter is empty`, 'Choose at least one.');
	};

/**
 * An ID that must be there: an expression may give an empty one, which n8n's own check of required fields does not see.
 *
 * @param name where it is in the body
 */
export const requiredId =
	(name: string): BodyStep =>
	(body) => {
		const id = pathSegment(body[name], name);
		return id instanceof Failure ? id : { ...body, [name]: String(body[name]).trim() };
	};

/** Limits of metadata (API page "Clients"). */
const METADATA = { keys: 50, key: 40, value: 500 };

/** What is in the field of key-value pairs; an expression may give a plain object. ComplyCube keeps texts. */
function pairsIn(field: unknown): IDataObject | undefined {
	if (field === undefined) return {};
	if (!isPlainObject(field)) return undefined;
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
 * Joins the fields `metadata` (key-value pairs) and `metadataJson` into ComplyCube's `metadata`. If they are there but empty, so
 * is `metadata`, which clears it in an update.
 */
export const metadata: BodyStep = (body) => {
	const { metadata: field, metadataJson, ...rest } = body;
	if (field === undefined && metadataJson === undefined) return rest;
	const json = isEmpty(metadataJson) ? {} : parsedJson(metadataJson);
	const pairs = pairsIn(field);
	if (!isPlainObject(json) || !pairs) {
		return invalidField(
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
	// Neither key nor value is quoted, because they may be personal
	const place = all.findIndex(isWrong);
	if (place >= 0 || all.length > METADATA.keys) {
		return invalidField(
			'metadata',
			place >= 0
				? `Metadata entry ${place + 1} is not allowed as it is`
				: `There are more than ${METADATA.keys} metadata entries`,
			`ComplyCube takes up to ${METADATA.keys} of them, with keys of 1 to ${METADATA.key} characters and plain values of up to ${METADATA.value}.`,
		);
	}
	return { ...rest, metadata: Object.fromEntries(all) as IDataObject };
};

/** Leaves out what was left blank, at every depth. */
function pruned(body: IDataObject): IDataObject {
	return Object.fromEntries(
		Object.entries(body)
			.map(([name, value]) => [name, isPlainObject(value) ? pruned(value) : value] as const)
			.filter(([, value]) => !isEmpty(value) && !isVoid(value)),
	);
}

/** Leaves out what is undefined, and the objects that are empty without it. */
function defined(body: IDataObject): IDataObject {
	const isGone = (value: unknown, before: unknown) =>
		value === undefined || (isVoid(value) && !isVoid(before));
	return Object.fromEntries(
		Object.entries(body)
			.map(([name, value]) => [name, isPlainObject(value) ? defined(value) : value, value] as const)
			.filter(([, value, before]) => !isGone(value, before))
			.map(([name, value]) => [name, value]),
	);
}

const NOTHING_TO_CHANGE = invalidField(
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
