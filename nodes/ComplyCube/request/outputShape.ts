import type { IDataObject } from 'n8n-workflow';

/** The values of the 'Output' parameter. */
export type OutputShape = 'raw' | 'simplified' | 'selected';

/** An expression may give the fields as "status, outcome"; the editor gives a list. */
const listed = (fields: string[] | string): string[] =>
	(Array.isArray(fields) ? fields : fields.split(',')).map((field) => field.trim());

/**
 * Says which fields of an object reach the next node.
 *
 * @param shape the 'Output' parameter
 * @param simplified the fields that this operation calls useful
 * @param selected the 'Fields' parameter: a list, or text with commas
 * @returns the fields to keep; undefined to keep all
 */
export function fieldsToKeep(
	shape: OutputShape,
	simplified: string[],
	selected: string[] | string,
): string[] | undefined {
	const fields = {
		raw: () => undefined,
		simplified: () => simplified,
		selected: () => [...new Set(['id', ...listed(selected)])],
	};
	return fields[shape]();
}

/**
 * Keeps some fields of an object. A field that ComplyCube left out stays out.
 *
 * @param object as ComplyCube sent it
 * @param fields the fields to keep; undefined for all, untouched
 * @returns the object for the next node
 */
export function shaped(object: IDataObject, fields?: string[]): IDataObject {
	if (!fields) return object;
	return Object.fromEntries(
		fields.filter((field) => field in object).map((field) => [field, object[field]]),
	);
}
