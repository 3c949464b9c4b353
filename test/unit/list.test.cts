import { listFrom, textsFrom } from '../../nodes/ComplyCube/values/list';

describe('textsFrom', () => {
	it.each([
		[
			['a', 'b'],
			['a', 'b'],
		],
		['a', ['a']],
		[' a ,b,, c d ,', ['a', 'b', 'c d']],
		[
			[' a ', '', 5],
			['a', '5'],
		],
		['', []],
		[' , ', []],
		[[], []],
		[undefined, []],
		[null, []],
		[5, ['5']],
	])('reads %j as %j', (value, list) => {
		expect(textsFrom(value)).toEqual(list);
	});
});

describe('listFrom', () => {
	it.each([
		['["email","type"]', ['email', 'type']],
		[' ["email"] ', ['email']],
		['[email, type', ['[email', 'type']],
		['a, b', ['a', 'b']],
		['a, b,', ['a', 'b']],
		['5', ['5']],
		['5, true', ['5', 'true']],
		[
			[1, null],
			[1, null],
		],
		[{ a: 1 }, undefined],
		[true, undefined],
		[null, undefined],
	])('reads %j as %j', (value, list) => {
		expect(listFrom(value)).toEqual(list);
	});
});
