import fc from 'fast-check';
import { tryToParseDateTime, type IDataObject } from 'n8n-workflow';
import { withUtcTimes } from '../../nodes/ComplyCube/pipeline/timeFilters';
import { Failure } from '../../nodes/ComplyCube/transport/failure';

/** A DateTime of luxon, as n8n's expressions give it. */
const dateTime = (value: unknown, zone: string) => tryToParseDateTime(value, zone);

describe('withUtcTimes', () => {
	const utc = (value: unknown, zone = 'UTC') => {
		const qs = withUtcTimes({ createdAfter: value as string }, zone);
		return qs instanceof Failure ? qs : qs.createdAfter;
	};

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
			if (times[0] instanceof Failure) return;
			expect(times).toEqual(['2026-01-31T14:00:00.000Z', '2026-01-31T00:00:00.000Z']);
		},
	);

	it("takes the objects that n8n's expressions give", () => {
		const berlin = dateTime('2026-01-31T09:00:00', 'Europe/Berlin');
		expect(utc(berlin, 'America/New_York')).toBe('2026-01-31T08:00:00.000Z');
		expect(utc(new Date(Date.UTC(2026, 0, 31, 9)), 'Asia/Tokyo')).toBe('2026-01-31T09:00:00.000Z');
	});

	it('turns all four filters, and only them', () => {
		const time = '2026-01-31T10:00:00+01:00';
		const filters = {
			createdAfter: time,
			createdBefore: time,
			updatedAfter: time,
			updatedBefore: time,
		};
		const others = { completedAfter: time, status: 'complete', page: 2 };
		const turned = withUtcTimes({ ...filters, ...others }, 'UTC') as IDataObject;
		for (const name of Object.keys(filters)) expect(turned[name]).toBe('2026-01-31T09:00:00.000Z');
		expect(turned).toMatchObject(others);
	});

	it.each([undefined, null, ''])('leaves the empty filter %p alone', (value) => {
		expect(withUtcTimes({ createdAfter: value }, 'UTC')).toEqual({ createdAfter: value });
		expect(withUtcTimes({}, 'UTC')).toEqual({});
	});

	it('never changes the query it is given', () => {
		const qs = Object.freeze({ createdAfter: '2026-01-31' });
		expect(withUtcTimes(qs, 'UTC')).not.toBe(qs);
		expect(qs).toEqual({ createdAfter: '2026-01-31' });
	});

	it.each([
		'yesterday',
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
	])('refuses %p and names the filter', (value) => {
		const labels = {
			createdAfter: 'Created After',
			createdBefore: 'Created Before',
			updatedAfter: 'Updated After',
			updatedBefore: 'Updated Before',
		};
		for (const [name, label] of Object.entries(labels)) {
			const failure = withUtcTimes({ [name]: value as string }, 'Europe/Berlin');
			expect(failure).toBeInstanceOf(Failure);
			expect((failure as Failure).message).toContain(`'${label}'`);
			expect((failure as Failure).details).toMatchObject({
				param: name,
				description: expect.stringContaining('ISO 8601'),
			});
		}
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
