import { entriesOf, wholeOf } from '../../nodes/ComplyCube/pipeline/entries';

const TEXTS = { array: 'lists', text: 'name' };
const LEVELS = { levels: ['checkType', 'documentType', 'country'] };

it('makes an object of each text', () => {
	expect(entriesOf({ items: ['A', 'B'] }, TEXTS)).toEqual([{ name: 'A' }, { name: 'B' }]);
	expect(entriesOf({ items: [] }, TEXTS)).toEqual([]);
});

it('makes an object of each innermost object, with the names on the way to it', () => {
	const reply = {
		document_check: {
			passport: { AE: { sides: 1 }, GB: { sides: 1, more: 'x' } },
			visa: {},
		},
		identity_check: { passport: { AE: { sides: 2 } } },
	};
	const base = { checkType: 'document_check', documentType: 'passport' };
	expect(entriesOf(reply, LEVELS)).toEqual([
		{ ...base, country: 'AE', sides: 1 },
		{ ...base, country: 'GB', sides: 1, more: 'x' },
		{ checkType: 'identity_check', documentType: 'passport', country: 'AE', sides: 2 },
	]);
	expect(entriesOf({}, LEVELS)).toEqual([]);
});

it.each([
	[{ items: 'A' }, TEXTS],
	[{}, TEXTS],
	[{ document_check: ['passport'] }, LEVELS],
	[{ document_check: { passport: { AE: 1 } } }, LEVELS],
	[{ document_check: { passport: { AE: { sides: 1 }, GB: null } } }, LEVELS],
])('finds no entries in %j', (reply, entries) => {
	expect(entriesOf(reply as never, entries)).toBeUndefined();
});

it('keeps a reply whole, an array under its name', () => {
	expect(wholeOf({ items: ['A'] }, TEXTS)).toEqual({ lists: ['A'] });
	expect(wholeOf({ message: 'A' }, TEXTS)).toEqual({ message: 'A' });
	expect(wholeOf({ items: ['A'] }, LEVELS)).toEqual({ items: ['A'] });
});
