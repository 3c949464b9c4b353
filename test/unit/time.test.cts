import fc from 'fast-check';
import { tryToParseDateTime } from 'n8n-workflow';
import { timeFrom } from '../../nodes/ComplyCube/values/time';
import { Unreadable } from '../../nodes/ComplyCube/values/unreadable';

/** A DateTime of luxon, as n8n's expressions give it. */
const dateTime = (value: unknown, zone: string) => tryToParseDateTime(value, zone);

describe('timeFrom', () => {
	const utc = (value: unknown, zone = 'UTC') => timeFrom(value, zone);

	it.each([
		['2026-01-31T09:00:00Z', 'America/New_York', '2026-01-31T09:00:00.000Z'],
		['2026-01-31T09:00:00.123+05:30', 'America/New_York', '2026-01-31T03:30:00.123Z'],
		['2026-01-31T09:00:00', 'UTC', '2026-01-31T09:00:00.000Z'],
		['2026-01-31T09:00:00', 'America/New_York', '2026-01-31T14:00:00.000Z'],
		['2026-07-31T09:00:00', 'America/New_York', '2026-07-31T13:00:00.000Z'],
		['2026-01-31T09:00:00', 'Asia/Kolkata', '2026-01-31T03:30:00.000Z'],
		['2026-01-31', 'Europe/Berlin', '2026-01-30T23:00:00.000Z'],
		['2026-01-31 09:00:00', 'Europe/Berlin', '2026-01-31T08:00:00.000Z'],
		['  2026-01-31T09:00:00Z  ', 'UTC', '2026-01-31T09:00:00.000Z'],
		['Sat, 31 Jan 2026 09:00:00 GMT', 'Europe/Berlin', '2026-01-31T09:00:00.000Z'],
		['Sat, 31 Jan 2026 09:00:00 +0200', 'Europe/Berlin', '2026-01-31T07:00:00.000Z'],
	])('reads %p in %s as %s', (value, zone, time) => {
		expect(utc(value, zone)).toBe(time);
	});

	it.each(['January 31, 2026 09:00', '01/31/2026 09:00', '2026/01/31 09:00'])(
		"reads %p in the workflow's time zone or not at all, but never in that of n8n's machine",
		(value) => {
			const times = ['America/New_York', 'Asia/Tokyo'].map((zone) => utc(value, zone));
			if (times[0] instanceof Unreadable) return;
			expect(times).toEqual(['2026-01-31T14:00:00.000Z', '2026-01-31T00:00:00.000Z']);
		},
	);

	it("takes the objects that n8n's expressions give", () => {
		const berlin = dateTime('2026-01-31T09:00:00', 'Europe/Berlin');
		expect(utc(berlin, 'America/New_York')).toBe('2026-01-31T08:00:00.000Z');
		expect(utc(new Date(Date.UTC(2026, 0, 31, 9)), 'Asia/Tokyo')).toBe('2026-01-31T09:00:00.000Z');
	});

	it.each([
		'yesterday',
		'on 2026-01-31',
		'after 2026-01-31T09:00:00Z',
		'12026-01-31',
		'31.01.2026',
		'2026-13-01',
		'2026-02-30T09:00:00Z',
		'25:00',
		'   ',
		{},
		[],
		true,
		new Date(NaN),
		dateTime('2026-01-31', 'UTC').setZone('Atlantis'), // an invalid DateTime
	])('refuses %p', (value) => {
		const refused = utc(value, 'Europe/Berlin');
		expect(refused).toBeInstanceOf(Unreadable);
		expect((refused as Unreadable).advice).toContain('ISO 8601');
	});

	it('gives any moment back exactly, whatever the zone', () => {
		const date = fc.date({
			min: new Date('1970-01-01T00:00:00Z'),
			max: new Date('2999-12-31T23:59:59Z'),
			noInvalidDate: true,
		});
		const zone = fc.constantFrom('UTC', 'Asia/Kathmandu', 'America/St_Johns', 'Pacific/Apia');
		fc.assert(
			fc.property(date, zone, zone, (moment, own, workflow) => {
				const text = dateTime(moment, own).toISO() as string;
				expect(utc(text, workflow)).toBe(moment.toISOString());
				expect(utc(moment, workflow)).toBe(moment.toISOString());
			}),
		);
	});
});
