import { dayFrom } from '../../nodes/ComplyCube/values/day';
import { timeFrom } from '../../nodes/ComplyCube/values/time';
import { Unreadable } from '../../nodes/ComplyCube/values/unreadable';

const BERLIN = 'Europe/Berlin';

describe('A text with a zone by name is a moment, and no date a day early', () => {
	it.each([
		'1990-01-30 23:00:00 UTC',
		'1990-01-30 23:00:00 GMT',
		'1990-01-30T23:00:00Z[UTC]',
		'1990-01-30T23:00:00+00:00[UTC]',
		'1990-01-31T00:00:00+01:00[Europe/Berlin]',
		'1990-01-31 00:00:00 Europe/Berlin',
		'1990-01-31Z',
		'1990-01-31+01:00',
		'1990-01-31 9:00 PM',
	])('%s', (text) => {
		expect(dayFrom(text, BERLIN)).toBe('1990-01-31');
	});

	it('nor is it read at all where its days differ', () => {
		expect(dayFrom('1990-01-30 23:30:00 UTC', BERLIN)).toBeInstanceOf(Unreadable);
	});

	it.each([
		'1990-01-31junk',
		'1990-01-31 or 1991-01-31',
		'1990-01-31/1990-02-01',
		'1990-01-30T23:00:00−01:00',
		['5'],
	])('%j is no date', (value) => {
		expect(dayFrom(value, BERLIN)).toBeInstanceOf(Unreadable);
	});
});

describe('A time is never a guess at what a number or a piece of a date may mean', () => {
	it.each([0, 5, 101, 2026, 1706745600, 10n, NaN, Infinity, ['5'], ['2026-01-31'], 'Jan 5 UTC'])(
		'%p is no time',
		(value) => {
			expect(timeFrom(value, BERLIN)).toBeInstanceOf(Unreadable);
		},
	);

	it('milliseconds are, as they are a date', () => {
		expect(timeFrom(Date.UTC(2026, 0, 31, 9), BERLIN)).toBe('2026-01-31T09:00:00.000Z');
	});
});
