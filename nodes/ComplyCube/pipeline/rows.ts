import type { IDataObject } from 'n8n-workflow';
import { Failure } from '../transport/failure';
import { isBlank } from '../values/blank';
import { isPlainObject } from '../values/plainObject';
import { Unreadable } from '../values/unreadable';
import { invalidValue, type BodyStep } from './body';

/** A field of every row. */
export interface Column {
	/** What the editor calls it */
	label: string;
	name: string;
	read: (value: unknown, timezone: string) => unknown;
}

/** The rows that a field with several entries has; an expression may give the list itself. */
const rowsIn = (value: unknown): unknown => (isPlainObject(value) ? (value.values ?? []) : value);

/**
 * Reads the rows of a field.
 *
 * @param value the field's value, `{ values: [row, …] }` or the rows themselves
 * @param columns what every row may have; anything else is left out, as is what was left blank
 * @param timezone the workflow's time zone
 */
export function rowsFrom(
	value: unknown,
	columns: Column[],
	timezone: string,
): IDataObject[] | Unreadable {
	const rows = rowsIn(value);
	if (!Array.isArray(rows) || !rows.every(isPlainObject)) {
		return new Unreadable('is not a list of objects', 'Add each entry in the editor.');
	}
	const result: IDataObject[] = [];
	for (const row of rows) {
		const read: IDataObject = {};
		for (const column of columns) {
			if (isBlank(row[column.name])) continue;
			const cell = column.read(row[column.name], timezone);
			if (cell instanceof Unreadable) {
				return new Unreadable(`has an entry whose '${column.label}' ${cell.problem}`, cell.advice);
			}
			read[column.name] = cell as IDataObject;
		}
		result.push(read);
	}
	return result;
}

/**
 * Turns each row of a field into what ComplyCube wants.
 *
 * @param path where the rows are in the body
 * @param convert turns a row; undefined if something is missing in it
 * @param problem what to say of such a row, one sentence
 * @param advice what to do about it
 */
export const eachRow =
	(
		path: string,
		convert: (row: IDataObject, body: IDataObject) => unknown,
		problem: string,
		advice: string,
	): BodyStep =>
	(body): IDataObject | Failure => {
		const rows = body[path];
		if (!Array.isArray(rows)) return body;
		const converted = (rows as IDataObject[]).map((row) => convert(row, body));
		return converted.includes(undefined)
			? invalidValue(path, problem, advice)
			: { ...body, [path]: converted as IDataObject[] };
	};
