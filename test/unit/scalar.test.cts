import { tryToParseDateTime } from 'n8n-workflow';
import {
	booleanFrom,
	numberFrom,
	objectFrom,
	textFrom,
} from '../../nodes/ComplyCube/values/scalar';
import { Unreadable } from '../../nodes/ComplyCube/values/unreadable';

describe('textFrom', () => {
	it.each([
		['a ', 'a '],
		[10115, '10115'],
		[447700900123, '447700900123'],
		[0, '0'],
		[false, 'false'],
		[12n, '12'],
		[new Date('2026-01-31T09:00:00Z'), '2026-01-31T09:00:00.000Z'],
		[tryToParseDateTime('2026-01-31T09:00:00', 'UTC'), '2026-01-31T09:00:00.000Z'],
	])('reads %p', (value, text) => {
		expect(textFrom(value)).toBe(text);
	});

	it.each([
		[{}, 'is an object, not a text'],
		[['a'], 'is a list, not a text'],
		[NaN, 'is NaN, not a text'],
		[new Date(NaN), 'is a date, not a text'],
	])('refuses %p', (value, problem) => {
		expect((textFrom(value) as Unreadable).problem).toBe(problem);
	});
});

describe('booleanFrom', () => {
	it.each([
		[true, true],
		[false, false],
		['FALSE', false],
		[' True ', true],
	])('reads %p', (value, isOn) => {
		expect(booleanFrom(value)).toBe(isOn);
	});

	it.each(['no', '0', '', 0, 1, null, undefined, {}, []])('refuses %p', (value) => {
		expect(booleanFrom(value)).toEqual(
			new Unreadable('is neither true nor false', 'Let the expression give true or false.'),
		);
	});
});

describe('numberFrom', () => {
	it.each([
		[18, 18],
		[' 18 ', 18],
		['1.5', 1.5],
	])('reads %p', (value, number) => {
		expect(numberFrom(value)).toBe(number);
	});

	it.each(['', ' ', 'eighteen', NaN, Infinity, 'Infinity', true, null, {}, [18]])(
		'refuses %p',
		(value) => {
			expect(numberFrom(value)).toEqual(new Unreadable('is not a number', 'Enter a number.'));
		},
	);
});

describe('objectFrom', () => {
	it.each(['{ "a": [1] }', { a: [1] }])('takes %p', (value) => {
		expect(objectFrom(value)).toEqual({ a: [1] });
	});

	it.each(['[1]', '"a"', '5', 'null', '{ a: 1 }', [1], 5])('refuses %p', (value) => {
		expect((objectFrom(value) as Unreadable).problem).toBe('is not a JSON object');
	});

	it("refuses n8n's DateTime", () => {
		const time = tryToParseDateTime('1990-01-31', 'UTC');
		expect((objectFrom(time) as Unreadable).problem).toBe('is not a JSON object');
	});
});
