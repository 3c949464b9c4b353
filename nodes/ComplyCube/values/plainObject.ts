import type { IDataObject } from 'n8n-workflow';

/**
 * Tells whether a value is a plain object: not a list, a Date or the DateTime of an n8n expression. A check of the prototype
 * would miss objects from n8n's expression sandbox.
 *
 * @param value anything
 */
export const isPlainObject = (value: unknown): value is IDataObject =>
	Object.prototype.toString.call(value) === '[object Object]' &&
	typeof (value as { toISO?: unknown }).toISO !== 'function';
