import type { IDataObject } from 'n8n-workflow';
import { Failure } from '../transport/failure';
import { pathSegment } from '../transport/pathSegment';
import { isBlank } from '../values/blank';
import { labelOf } from '../values/label';
import { valueAt, withValue } from '../values/path';
import { isPlainObject } from '../values/plainObject';

/** Turns what the fields of an operation put into the body into what ComplyCube wants, or says what is wrong with it. */
export type BodyStep = (body: IDataObject) => IDataObject | Failure;

const isEmpty = (value: unknown) => value === undefined || value === null || value === '';

/**
 * Tells whether a list or an object has nothing in it.
 *
 * @param value anything
 */
export const isVoid = (value: unknown): boolean =>
	(Array.isArray(value) || isPlainObject(value)) && Object.keys(value).length === 0;

/**
 * Says what is wrong with a value that was about to be sent.
 *
 * @param path where it is in the body or query
 * @param message what is wrong, one sentence
 * @param advice what to enter instead
 */
export const invalidValue = (path: string, message: string, advice: string): Failure =>
	new Failure(message, { param: path, description: `${advice} Nothing was sent for this item.` });

/**
 * Chosen names, which ComplyCube wants as an object with `true` for each.
 *
 * @param path where the list of names is in the body
 */
export const flags =
	(path: string): BodyStep =>
	(body) => {
		const names = valueAt(body, path);
		return Array.isArray(names)
			? withValue(body, path, Object.fromEntries(names.map((name) => [String(name), true])))
			: body;
	};

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
 * A value that is the same as another if it was left blank.
 *
 * @param name where it is in the body
 * @param other where the other one is
 */
export const orElse =
	(name: string, other: string): BodyStep =>
	(body) =>
		isBlank(body[name]) ? { ...body, [name]: body[other] } : body;

/**
 * A value that must be there: an expression may give none, which n8n's own check of required fields does not see.
 *
 * @param name where it is in the body
 * @param advice what to do about it
 * @param label what the editor calls it, where its name does not say so
 */
export const required =
	(name: string, advice: string, label = labelOf(name)): BodyStep =>
	(body) => {
		const value = body[name];
		const isMissing = Array.isArray(value) ? value.length === 0 : isBlank(value);
		return isMissing ? invalidValue(name, `The '${label}' parameter is empty`, advice) : body;
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

const NOTHING_TO_CHANGE = new Failure('There is nothing to change', {
	description: "Add at least one field under 'Update Fields'. Nothing was sent for this item.",
});

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
