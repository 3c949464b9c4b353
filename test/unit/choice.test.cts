import { countries } from '../../nodes/ComplyCube/values/countries';
import { choiceFrom, choicesFrom, type Choice } from '../../nodes/ComplyCube/values/choice';
import { Unreadable } from '../../nodes/ComplyCube/values/unreadable';

const TYPES: Choice[] = [
	{ name: 'Driving License', value: 'driving_license' },
	{ name: 'Passport', value: 'passport' },
];
const COUNTRIES = countries as Choice[];

describe('choiceFrom', () => {
	it.each([
		['passport', 'passport'],
		['Passport', 'passport'],
		[' PASSPORT ', 'passport'],
		['driving license', 'driving_license'],
		['Driving-License', 'driving_license'],
	])('finds %p', (value, found) => {
		expect(choiceFrom(value, TYPES, false)).toBe(found);
	});

	it.each([
		['gb', 'GB'],
		['GB ', 'GB'],
		['United Kingdom', 'GB'],
		['xk', 'XK'],
	])('finds the country %p', (value, found) => {
		expect(choiceFrom(value, COUNTRIES, false)).toBe(found);
	});

	it('knows what is meant by UK', () => {
		expect(choiceFrom('uk', COUNTRIES, false)).toEqual(
			new Unreadable('is not one of the values of the list', 'GB is meant.'),
		);
	});

	it('refuses what a closed list does not have, and names what it has', () => {
		expect(choiceFrom('visum', TYPES, false)).toEqual(
			new Unreadable(
				'is not one of the values of the list',
				'Use one of driving_license, passport.',
			),
		);
		expect(choiceFrom('Atlantis', COUNTRIES, false)).toBeInstanceOf(Unreadable);
	});

	it('passes on what an open list does not have', () => {
		expect(choiceFrom(' escalated ', TYPES, true)).toBe('escalated');
		expect(choiceFrom('PASSPORT', TYPES, true)).toBe('passport');
	});

	it.each([[{}], [['passport']], [true]])('refuses %j', (value) => {
		expect(choiceFrom(value, TYPES, true)).toBeInstanceOf(Unreadable);
	});
});

describe('choicesFrom', () => {
	it.each([
		[['Passport'], ['passport']],
		['passport, Driving License', ['passport', 'driving_license']],
		['["passport"]', ['passport']],
		[{ passport: true, driving_license: false }, ['passport']],
		[[], []],
	])('reads %j', (value, found) => {
		expect(choicesFrom(value, TYPES, false)).toEqual(found);
	});

	it.each([7, true, { passport: 1 }, {}])('refuses %j, which is no list', (value) => {
		expect(choicesFrom(value, TYPES, false)).toEqual(
			new Unreadable('is not a list', 'Choose in the list, or use e.g. a, b.'),
		);
	});

	it('refuses an entry that is not in the list', () => {
		expect((choicesFrom('passport, visum', TYPES, false) as Unreadable).problem).toBe(
			'has an entry that is not one of the values of the list',
		);
	});
});
