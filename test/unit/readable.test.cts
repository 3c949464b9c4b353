import { readable } from '../../nodes/ComplyCube/values/readable';
import { localTime } from '../../nodes/ComplyCube/values/time';

it.each([
	['extensive_screening_check', 'Extensive screening check'],
	['support-specialist', 'Support specialist'],
	['visa', 'Visa'],
	['eid_check', 'eID check'],
	['ssn_check', 'SSN check'],
	['constructor', 'Constructor'],
	['', ''],
	['__', ''],
	[undefined, undefined],
	[{ a: 1 }, undefined],
])('%j reads %j', (code, words) => expect(readable(code)).toBe(words));

it.each([
	['2026-01-31T23:30:00.000Z', 'Europe/Berlin', '2026-02-01 00:30'],
	['2026-07-31T23:30:00.000Z', 'America/New_York', '2026-07-31 19:30'],
	['2026-07-31T23:30:00+02:00', 'UTC', '2026-07-31 21:30'],
	['2026-01-31', 'UTC', '2026-01-31 00:00'],
	['soon', 'UTC', undefined],
	['', 'UTC', undefined],
	[undefined, 'UTC', undefined],
	[{}, 'UTC', undefined],
	['2026-01-31T23:30:00Z', 'No/Where', undefined],
])('%j in %s is %j', (time, timezone, shown) => expect(localTime(time, timezone)).toBe(shown));
