import { tryToParseDateTime } from 'n8n-workflow';
import { AMBIGUOUS_NUMBER } from './time';
import { Unreadable } from './unreadable';

type DateTime = ReturnType<typeof tryToParseDateTime>;

const DAY = /^\d{4}-\d\d-\d\d(?!\d)/;

/** A text with nothing but a date, or a date and a time without a zone. A zone right behind the date changes nothing. */
const PLAIN = /^.{10}([T ][\d:.,]+( ?[ap]m)?|Z|[+-]\d\d:\d\d)?$/i;

/** A text with a time that says its zone or offset, and so a moment. */
const WITH_ZONE = /^.{10}[T ]\d.*(Z|UTC|GMT|[+-]\d\d(:?\d\d)?|[a-z_]+\/[\w/+-]+|\])$/i;

const NOT_A_DAY = new Unreadable('is not a date', 'Pick a date, or use e.g. 1990-01-31.');

/** How a moment reads on one clock. */
interface Reading {
	zone: string;
	day: string;
	isMidnight: boolean;
	time: string;
}

function readingOf(moment: DateTime, zone: string): Reading {
	const local = zone === 'own' ? moment : moment.setZone(zone);
	return {
		zone: local.zoneName ?? zone,
		day: local.toISODate() ?? '',
		// Where clocks go forward at midnight, the day starts later
		isMidnight: +local.startOf('day') === +local,
		time: local.toFormat('HH:mm'),
	};
}

/** The readings in words, but without the date itself, which may be somebody's date of birth. */
function inWords(readings: Reading[]): string {
	const latest = readings
		.map(({ day }) => day)
		.sort()
		.at(-1);
	const words = readings.map(
		({ zone, day, time }) => `${time}${day === latest ? '' : ' of the day before'} in ${zone}`,
	);
	return [...new Set(words)].join(', ');
}

/** The one day that a moment stands for: the day it begins somewhere, or the day it falls on everywhere. */
function dayOf(moment: DateTime, zones: string[], mustBegin: boolean): string | Unreadable {
	const readings = zones.map((zone) => readingOf(moment, zone));
	const daysOf = (some: Reading[]) => [...new Set(some.map(({ day }) => day))];
	const beginning = daysOf(readings.filter(({ isMidnight }) => isMidnight));
	const days = beginning.length > 0 ? beginning : mustBegin ? [] : daysOf(readings);
	const [day] = days;
	if (day && days.length === 1) return day;
	if (days.length === 0) return NOT_A_DAY;
	return new Unreadable(
		`is a moment that falls on different days: ${inWords(readings)}`,
		'Give the date alone, e.g. 1990-01-31, or .toISODate() of a DateTime.',
	);
}

function momentFrom(value: unknown, timezone: string): DateTime | undefined {
	try {
		const moment = tryToParseDateTime(
			typeof value === 'number' ? new Date(value) : value,
			timezone,
		);
		return moment.isValid ? moment : undefined;
	} catch {
		return undefined;
	}
}

/**
 * Reads a day, `YYYY-MM-DD`.
 *
 * A text with a date and no time zone is that date, whatever time follows. Anything else is a moment: a Date, a DateTime, a
 * text with a zone, or milliseconds since 1970, as databases, spreadsheets and expressions give a date. One that is midnight
 * on its own clock, the workflow's, the server's or in UTC is that day; otherwise it must fall on the same day on all of them.
 *
 * @param value the value of a date field
 * @param timezone the workflow's time zone
 */
export function dayFrom(value: unknown, timezone: string): string | Unreadable {
	if (typeof value === 'string') {
		const text = value.trim();
		const [day] = DAY.exec(text) ?? [];
		const time = Date.parse(`${day}T00:00:00Z`);
		// A day that does not exist, e.g. 30 February, would turn into another one
		const exists = !Number.isNaN(time) && new Date(time).toISOString().startsWith(day ?? '-');
		if (!day || !exists) return NOT_A_DAY;
		if (PLAIN.test(text)) return day;
		const moment = WITH_ZONE.test(text) ? momentFrom(text, timezone) : undefined;
		return moment ? dayOf(moment, ['own', timezone, 'system', 'utc'], false) : NOT_A_DAY;
	}
	if (typeof value !== 'number' && (typeof value !== 'object' || Array.isArray(value))) {
		return NOT_A_DAY;
	}
	const moment = momentFrom(value, timezone);
	if (!moment) return NOT_A_DAY;
	const mayBeNoMilliseconds = typeof value === 'number' && Math.abs(value) < AMBIGUOUS_NUMBER;
	return dayOf(moment, ['own', timezone, 'system', 'utc'], mayBeNoMilliseconds);
}
