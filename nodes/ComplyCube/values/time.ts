import { tryToParseDateTime } from 'n8n-workflow';
import { Unreadable } from './unreadable';

/** Numbers nearer to 1970 than this may as well be seconds, or digits of a date, rather than milliseconds; in ms. */
export const AMBIGUOUS_NUMBER = 1e11;

/**
 * A text that says its year and time zone, or one that starts like ISO 8601; others would be read in the time zone of n8n's
 * machine, or in a made-up year.
 */
const CLEAR_TIME = /^\d{4}-\d\d-\d\d|\b\d{4}\b.*(GMT|UTC|[+-]\d{4})$/;

const NOT_A_TIME = new Unreadable(
	'is not a date and time',
	'Pick a date, or use ISO 8601 such as 2026-01-31T09:00:00Z.',
);

/**
 * Shows a moment on the clock of whoever reads it.
 *
 * @param time ISO 8601
 * @param timezone e.g. `Europe/Berlin`
 * @returns e.g. "2026-01-31 09:00"; undefined if it is no time
 */
export function localTime(time: unknown, timezone: string): string | undefined {
	try {
		const local = tryToParseDateTime(typeof time === 'string' ? time : '', 'utc').setZone(timezone);
		return local.isValid ? local.toFormat('yyyy-MM-dd HH:mm') : undefined;
	} catch {
		return undefined;
	}
}

/** Anything else would be read as the text that it turns into, e.g. 5 as May 2001. */
const isMoment = (value: unknown) =>
	typeof value === 'number'
		? Math.abs(value) >= AMBIGUOUS_NUMBER
		: typeof value === 'object' && !Array.isArray(value);

/**
 * Reads a moment.
 *
 * @param value a text, a Date or DateTime from an expression, or milliseconds since 1970
 * @param timezone the workflow's time zone, which a text without one is in
 * @returns the moment as ISO 8601 in UTC with milliseconds, as ComplyCube compares times (API page "Filtering")
 */
export function timeFrom(value: unknown, timezone: string): string | Unreadable {
	const text = typeof value === 'string' ? value.trim() : undefined;
	if (text !== undefined && !CLEAR_TIME.test(text)) return NOT_A_TIME;
	if (text === undefined && !isMoment(value)) return NOT_A_TIME;
	try {
		const moment = typeof value === 'number' ? new Date(value) : value;
		const time = tryToParseDateTime(moment, timezone);
		// A day that does not exist, e.g. 30 February, would turn into another one
		if (text && /^\d/.test(text) && time.toISODate() !== text.slice(0, 10)) return NOT_A_TIME;
		return time.toUTC().toISO() ?? NOT_A_TIME;
	} catch {
		return NOT_A_TIME;
	}
}
