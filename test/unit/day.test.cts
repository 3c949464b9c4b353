import fc from 'fast-check';
import { tryToParseDateTime } from 'n8n-workflow';
import { dayFrom } from '../../nodes/ComplyCube/values/day';
import { Unreadable } from '../../nodes/ComplyCube/values/unreadable';

/** A DateTime of luxon, as n8n's expressions give it. */
const dateTime = (value: unknown, zone: string) => tryToParseDateTime(value, zone);

const BERLIN = 'Europe/Berlin';
const NEW_YORK = 'America/New_York';

/** Zones of every kind: half hours, summer time, summer time that begins at midnight, both ends of the world. */
const ZONES = [
	'UTC',
	BERLIN,
	NEW_YORK,
	'Asia/Kolkata',
	'Asia/Tokyo',
	'America/St_Johns',
	'America/Sao_Paulo',
	'Asia/Beirut',
	'Australia/Lord_Howe',
	'Pacific/Kiritimati',
	'Pacific/Pago_Pago',
];

describe('dayFrom', () => {
	it.each([
		['1990-01-31', '1990-01-31'],
		[' 1990-01-31 ', '1990-01-31'],
		['1990-01-31T00:00:00', '1990-01-31'],
		['1990-01-31T23:59:59.999', '1990-01-31'],
		['2000-02-29 12:00', '2000-02-29'],
	])('takes the date of the text %p as it stands', (value, day) => {
		for (const zone of ZONES) expect(dayFrom(value, zone)).toBe(day);
	});

	it.each([
		['a database row at local midnight', new Date('1990-01-30T23:00:00Z'), BERLIN],
		['the same as JSON', '1990-01-30T23:00:00.000Z', BERLIN],
		['UTC midnight, west of it', '1990-01-31T00:00:00.000Z', NEW_YORK],
		['a DateTime in UTC, west of it', dateTime('1990-01-31T00:00:00.000Z', 'UTC'), NEW_YORK],
		[
			'a DateTime that n8n moved west',
			dateTime('1990-01-31T00:00:00Z', 'UTC').setZone(NEW_YORK),
			NEW_YORK,
		],
		['a DateTime of the workflow', dateTime('1990-01-31', BERLIN), BERLIN],
		['midnight with an offset of its own', '1990-01-31T00:00:00+09:00', BERLIN],
		['milliseconds of UTC midnight, west of it', Date.UTC(1990, 0, 31), NEW_YORK],
		['milliseconds of local midnight', Date.UTC(1990, 0, 30, 23), BERLIN],
		['noon, which is the same day everywhere', '1990-01-31T12:00:00Z', BERLIN],
		['a time with an offset on the same day', '2020-02-29T20:00:00.000+02:00', BERLIN],
		['the first moment of a day that begins at one', '2018-11-04T03:00:00Z', 'America/Sao_Paulo'],
	])('reads %s', (what, value, zone) => {
		const day = what.startsWith('the first')
			? '2018-11-04'
			: String(what).includes('offset on')
				? '2020-02-29'
				: '1990-01-31';
		expect(dayFrom(value, zone)).toBe(day);
	});

	it('refuses a moment that falls on two days, with its readings but without the date', () => {
		const refused = dayFrom('1990-01-30T23:30:00Z', BERLIN) as Unreadable;
		expect(refused).toBeInstanceOf(Unreadable);
		expect(refused.problem).toBe(
			'is a moment that falls on different days: 23:30 of the day before in UTC, 00:30 in Europe/Berlin',
		);
		expect(refused.problem + refused.advice.replace('1990-01-31', '')).not.toMatch(/1990|Jan/);
	});

	it.each([
		'31.01.1990',
		'01/31/1990',
		'1990-1-31',
		'1990-02-30',
		'1990-02-30T00:00:00Z',
		'1990-13-01',
		'1990-01-311',
		'01990-01-31',
		'born 1990-01-31',
		'1990-01-31T99:00:00Z',
		'soon',
		'',
		5,
		19900131,
		633744000,
		NaN,
		Infinity,
		true,
		{},
		[],
		new Date(NaN),
		dateTime('2026-01-31', 'UTC').setZone('Atlantis'),
	])('refuses %p', (value) => {
		expect(dayFrom(value, 'UTC')).toEqual(
			new Unreadable('is not a date', 'Pick a date, or use e.g. 1990-01-31.'),
		);
	});

	it('finds the day again, whatever clock its midnight was taken from', () => {
		const days = fc
			.date({ min: new Date('1900-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
			.map((time) => time.toISOString().slice(0, 10));
		const zones = fc.constantFrom(...ZONES);
		fc.assert(
			fc.property(days, zones, (day, zone) => {
				const moment = dateTime(day, zone).startOf('day');
				for (const value of [moment, moment.toJSDate(), moment.toISO(), moment.toUTC().toISO()]) {
					const read = dayFrom(value, zone);
					// Two clocks a whole day apart strike midnight together: that is refused, never guessed
					if (read instanceof Unreadable) expect(read.problem).toContain('different days');
					else expect(read).toBe(day);
				}
				// A midnight of UTC is that day in every workflow, unless it is another one's midnight there
				const utc = dayFrom(`${day}T00:00:00.000Z`, zone);
				if (!(utc instanceof Unreadable)) expect(utc).toBe(day);
			}),
			{ numRuns: 500 },
		);
	});

	it('never gives a day that the moment has on no clock', () => {
		const moments = fc.date({
			min: new Date('1950-01-01'),
			max: new Date('2050-01-01'),
			noInvalidDate: true,
		});
		fc.assert(
			fc.property(moments, fc.constantFrom(...ZONES), (moment, zone) => {
				const read = dayFrom(moment, zone);
				const seen = [zone, 'UTC', 'system'].map((each) =>
					dateTime(moment, 'UTC').setZone(each).toISODate(),
				);
				if (read instanceof Unreadable) expect(new Set(seen).size).toBeGreaterThan(1);
				else expect(seen).toContain(read);
			}),
		);
	});
});
