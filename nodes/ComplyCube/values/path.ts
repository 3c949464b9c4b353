import type { IDataObject } from 'n8n-workflow';
import { isPlainObject } from './plainObject';

/**
 * Reads a value by its path.
 *
 * @param object a body, or a query whose own names may have dots
 * @param path e.g. `personDetails.dob`
 */
export function valueAt(object: IDataObject, path: string): unknown {
	if (Object.hasOwn(object, path)) return object[path];
	return path
		.split('.')
		.reduce<unknown>((inner, name) => (isPlainObject(inner) ? inner[name] : undefined), object);
}

/**
 * Puts a value in its place.
 *
 * @param object a body, or a query whose own names may have dots
 * @param path e.g. `personDetails.dob`
 * @param value the new value
 * @returns a copy with the new value
 */
export function withValue(object: IDataObject, path: string, value: unknown): IDataObject {
	const dot = Object.hasOwn(object, path) ? -1 : path.indexOf('.');
	if (dot === -1) return { ...object, [path]: value as IDataObject };
	const name = path.slice(0, dot);
	return { ...object, [name]: withValue(object[name] as IDataObject, path.slice(dot + 1), value) };
}
