import { tryToParseDateTime, type IDataObject } from 'n8n-workflow';
import { Failure } from '../transport/failure';
import { labelOf } from '../values/label';

const TIME_FILTERS = ['createdAfter', 'createdBefore', 'updatedAfter', 'updatedBefore'];

/** A text that says its time zone, or one that starts like ISO 8601; others would be read in the time zone of n8n's machine. */
const CLEAR_TIME = /^\d{4}-\d\d-\d\d|(GMT|UTC|[+-]\d{4})$/;

/** @throws UserError of n8n, or RangeError, if the value is no time */
function utc(value: unknown, timezone: string): string {
	const text = typeof value === 'string' ? value.trim() : undefined;
	if (text !== undefined && !CLEAR_TIME.test(text)) throw new RangeError();
	const time = tryToParseDateTime(value, timezone);
	// A day that does not exist, e.g. 30 February, would turn into another one
	if (text && /^\d/.test(text) && time.toISODate() !== text.slice(0, 10)) throw new RangeError();
	return time.toUTC().toISO() as string;
}

/**
 * Turns the four time filters of a list into the times that ComplyCube compares with: UTC with milliseconds.
 *
 * @param qs the query, with times as the user or an expression gave them
 * @param timezone the workflow's time zone, which a time without one is in
 * @returns the query with ISO 8601 times, or the failure of a value that is no time; ComplyCube would answer such a
 * filter with an empty list (API page "Filtering")
 */
export function withUtcTimes(qs: IDataObject, timezone: string): IDataObject | Failure {
	const result = { ...qs };
	for (const name of TIME_FILTERS) {
		const value = qs[name];
		if (value === undefined || value === null || value === '') continue;
		try {
			result[name] = utc(value, timezone);
		} catch {
			return new Failure(`The '${labelOf(name)}' filter is not a date and time`, {
				param: name,
				description: 'Pick a date, or use ISO 8601 such as 2026-01-31T09:00:00Z.',
			});
		}
	}
	return result;
}
