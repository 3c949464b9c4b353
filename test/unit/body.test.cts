import fc from 'fast-check';
import { tryToParseDateTime, type IDataObject } from 'n8n-workflow';
import {
	completedBody,
	date,
	flags,
	jsonObject,
	list,
	metadata,
	type BodyStep,
} from '../../nodes/ComplyCube/pipeline/body';
import { Failure } from '../../nodes/ComplyCube/transport/failure';

const created = (body: IDataObject, ...steps: BodyStep[]) => completedBody(body, steps, false);
const updated = (body: IDataObject, ...steps: BodyStep[]) => completedBody(body, steps, true);

/** The sentence of a failure, which also has to say that nothing was sent. */
function sentence(result: unknown): string {
	expect(result).toBeInstanceOf(Failure);
	const { message, details } = result as Failure;
	expect(details.description).toContain('Nothing was sent');
	return message;
}

describe('completedBody', () => {
	it('leaves out what nobody filled in, at every depth', () => {
		const body = {
			email: 'a@example.com',
			mobile: '',
			telephone: null,
			personDetails: { firstName: 'A', middleName: '', dob: undefined },
			companyDetails: { name: '' },
			metadata: {},
			tags: [],
		} as unknown as IDataObject;
		expect(created(body)).toEqual({ email: 'a@example.com', personDetails: { firstName: 'A' } });
	});

	it('keeps what only looks empty', () => {
		const body = { no: false, zero: 0, nested: { no: false }, list: [''] };
		expect(created(body)).toEqual(body);
	});

	it('is nothing where there is nothing to say', () => {
		expect(created({})).toBeUndefined();
		expect(created({ a: '', b: { c: '' } })).toBeUndefined();
	});

	it('sends an emptied field empty, if it is an update', () => {
		const body = { mobile: '', personDetails: { middleName: '' } };
		expect(updated(body)).toEqual(body);
	});

	it('refuses an update that changes nothing', () => {
		expect(sentence(updated({}))).toBe('There is nothing to change');
	});

	it('goes through the steps in order, and stops at the first that fails', () => {
		const add =
			(name: string): BodyStep =>
			({ order = '', ...body }) => ({ ...body, order: `${String(order)}${name}` });
		expect(created({}, add('a'), add('b'))).toEqual({ order: 'ab' });
		const fail: BodyStep = () => new Failure('No');
		const never: BodyStep = () => {
			throw new Error('Went on after a failure');
		};
		expect(created({}, fail, never)).toEqual(new Failure('No'));
	});

	it('never changes what it is given', () => {
		const body = {
			dob: '1990-01-31T00:00:00',
			personDetails: { a: '' },
			metadataJson: '{"a":"b"}',
		};
		const before = structuredClone(body);
		created(body, date('dob'), metadata);
		expect(body).toEqual(before);
	});
});

describe('date', () => {
	it.each([
		['1990-01-31', '1990-01-31'],
		['1990-01-31T00:00:00', '1990-01-31'],
		// The day is the one that was picked, in whatever time zone
		['1990-01-31T23:30:00.000-11:00', '1990-01-31'],
		[' 1990-01-31 ', '1990-01-31'],
		['2000-02-29 12:00', '2000-02-29'],
		[new Date('1990-01-31T12:00:00Z'), '1990-01-31'],
		[tryToParseDateTime('1990-01-31T01:00:00', 'Asia/Tokyo'), '1990-01-31'],
	])('takes the day of %p', (value, day) => {
		expect(created({ dob: value } as never, date('dob'))).toEqual({ dob: day });
	});

	it.each([
		'31.01.1990',
		'1990-1-31',
		'1990-02-30',
		'1990-13-01',
		'1990-01-311',
		'soon',
		5,
		true,
		{},
	])('refuses %p', (value) => {
		const result = created({ personDetails: { dob: value } } as never, date('personDetails.dob'));
		expect(sentence(result)).toBe("'Dob' is not a date");
		expect((result as Failure).details.param).toBe('personDetails.dob');
	});

	it('leaves alone what is not there, or was emptied', () => {
		expect(updated({ a: 1 }, date('personDetails.dob'))).toEqual({ a: 1 });
		expect(updated({ dob: '' }, date('dob'))).toEqual({ dob: '' });
	});

	it('keeps what stands beside it', () => {
		const body = { type: 'person', personDetails: { firstName: 'A', dob: '1990-01-31T00:00:00' } };
		expect(created(body, date('personDetails.dob'))).toEqual({
			type: 'person',
			personDetails: { firstName: 'A', dob: '1990-01-31' },
		});
	});

	it('takes every day that there is', () => {
		const days = fc.date({
			min: new Date('1000-01-01'),
			max: new Date('9999-12-31'),
			noInvalidDate: true,
		});
		fc.assert(
			fc.property(days, (time) => {
				const day = time.toISOString().slice(0, 10);
				expect(created({ dob: time.toISOString() }, date('dob'))).toEqual({ dob: day });
			}),
		);
	});
});

describe('jsonObject', () => {
	it.each(['{ "a": [1] }', { a: [1] }])('takes %p', (value) => {
		expect(created({ options: value }, jsonObject('options'))).toEqual({ options: { a: [1] } });
	});

	it.each(['[1]', '"a"', '5', 'null', '{ a: 1 }', [1], 5])('refuses %p', (value) => {
		const result = created({ options: value } as never, jsonObject('options'));
		expect(sentence(result)).toBe("'Options' is not a JSON object");
	});
});

describe('list', () => {
	it.each([
		['a, b ,,c', ['a', 'b', 'c']],
		[
			['a', 'b'],
			['a', 'b'],
		],
	])('reads %p', (value, expected) => {
		expect(created({ names: value }, list('names'))).toEqual({ names: expected });
	});
});

describe('flags', () => {
	it.each([['a,b'], [['a', 'b']]])('makes an object of %p', (value) => {
		expect(created({ names: value }, flags('names'))).toEqual({ names: { a: true, b: true } });
	});

	it('makes nothing of nothing', () => {
		expect(created({ names: [] }, flags('names'))).toBeUndefined();
		expect(created({}, flags('names'))).toBeUndefined();
	});
});

describe('metadata', () => {
	const pairs = (...entries: Array<[unknown, unknown]>) => ({
		pairs: entries.map(([key, value]) => ({ key, value })),
	});
	const of = (fields: object) => created(fields as IDataObject, metadata);

	it('joins pairs and JSON, pairs first', () => {
		expect(
			of({ metadata: pairs(['a', '1'], [' b ', '2']), metadataJson: '{"b":"json","c":"3"}' }),
		).toEqual({ metadata: { a: '1', b: '2', c: '3' } });
	});

	it('takes an object from an expression', () => {
		expect(of({ metadataJson: { a: 'b' } })).toEqual({ metadata: { a: 'b' } });
	});

	it('makes texts of the values of pairs', () => {
		expect(of({ metadata: pairs(['a', 5], ['b', false]) })).toEqual({
			metadata: { a: '5', b: 'false' },
		});
	});

	it('leaves the body alone where there is none', () => {
		expect(of({ email: 'a@example.com', metadataJson: '' })).toEqual({ email: 'a@example.com' });
	});

	it('is sent empty by an update that emptied it', () => {
		expect(updated({ metadata: {} }, metadata)).toEqual({ metadata: {} });
	});

	it.each(['[]', 'a', '5', '{'])('refuses the JSON %p', (metadataJson) => {
		expect(sentence(of({ metadataJson }))).toBe("'Metadata (JSON)' is not a JSON object");
	});

	it('takes all that ComplyCube takes', () => {
		const entries = Array.from({ length: 50 }, (_, i) => [
			`${i}`.padStart(40, 'k'),
			'v'.repeat(500),
		]);
		expect(of({ metadata: pairs(...(entries as Array<[string, string]>)) })).toEqual({
			metadata: Object.fromEntries(entries),
		});
	});

	it('refuses more than that', () => {
		const many = Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`k${i}`, 'v']));
		expect(sentence(of({ metadataJson: many }))).toBe('There are more than 50 metadata entries');
		const long = 'k'.repeat(41);
		expect(sentence(of({ metadata: pairs([long, 'v']) }))).toBe(
			'Metadata entry 1 is not allowed as it is',
		);
		for (const entry of [['a', 'v'.repeat(501)] as const, ['', 'v'] as const]) {
			expect(sentence(of({ metadata: pairs(['fine', 'v'], [...entry]) }))).toBe(
				'Metadata entry 2 is not allowed as it is',
			);
		}
		expect(sentence(of({ metadataJson: { a: { b: 1 } } }))).toContain('Metadata entry 1');
	});

	it('takes a plain object from an expression, and nothing else that is no pairs', () => {
		expect(of({ metadata: { plan: 'gold' } })).toEqual({ metadata: { plan: 'gold' } });
		for (const metadata of ['gold', ['gold'], { pairs: 'gold' }]) {
			expect(sentence(of({ metadata }))).toBe("'Metadata' has no pairs");
		}
	});

	it('is emptied by an emptied field', () => {
		expect(completedBody({ metadataJson: '' }, [metadata], true)).toEqual({ metadata: {} });
		expect(completedBody({ metadataJson: '' }, [metadata], false)).toBeUndefined();
	});
});

describe('an update', () => {
	it('does not send what an expression gave no value for', () => {
		const body = {
			mobile: '',
			email: undefined,
			personDetails: { dob: undefined },
			companyDetails: {},
		};
		expect(completedBody(body, [], true)).toEqual({ mobile: '', companyDetails: {} });
	});

	it('is refused if nothing is left', () => {
		const body = { email: undefined, personDetails: { dob: undefined } };
		expect(sentence(completedBody(body, [], true))).toBe('There is nothing to change');
	});
});

describe('a list', () => {
	it.each([
		['text with commas', 'a, b,', ['a', 'b']],
		['a JSON list in a text', ' ["a", "b"] ', ['a', 'b']],
		['a list', ['a'], ['a']],
	])('may be %s', (_, value, expected) => {
		expect(list('names')({ names: value })).toEqual({ names: expected });
	});

	it('is nothing else', () => {
		expect(sentence(list('names')({ names: { a: true } }))).toBe("'Names' is not a list");
		expect(sentence(flags('names')({ names: 7 }))).toBe("'Names' is not a list");
	});

	it('becomes flags, unless it is flags already', () => {
		expect(flags('names')({ names: 'a, b' })).toEqual({ names: { a: true, b: true } });
		expect(flags('names')({ names: { a: true } })).toEqual({ names: { a: true } });
	});
});

describe('what must not be sent by accident', () => {
	it('is empty metadata, by an update that has none: it would clear what is there', () => {
		expect(updated({ email: 'a@example.com' }, metadata)).toEqual({ email: 'a@example.com' });
	});

	it('is a key that an update wants emptied, left out', () => {
		const body = { metadataJson: '{"plan":null,"tier":""}' };
		expect(updated(body, metadata)).toEqual({ metadata: { plan: null, tier: '' } });
	});

	it.each(['born 1990-01-31', '01990-01-31'])('is the date in the middle of %p', (dob) => {
		expect(sentence(created({ dob }, date('dob')))).toBe("'Dob' is not a date");
	});

	it("is n8n's DateTime for an object", () => {
		const time = tryToParseDateTime('1990-01-31', 'UTC');
		expect(sentence(created({ options: time } as never, jsonObject('options')))).toBe(
			"'Options' is not a JSON object",
		);
	});

	it('is a number or a word for a JSON list', () => {
		expect(created({ names: '5, true' }, list('names'))).toEqual({ names: ['5', 'true'] });
		expect(created({ names: '5' }, list('names'))).toEqual({ names: ['5'] });
		expect(created({ names: '[a' }, list('names'))).toEqual({ names: ['[a'] });
	});

	it('is a value beside its place, however deep that is', () => {
		const body = { a: { b: { c: '1990-01-31T12:00', d: 1 }, e: 2 } };
		expect(created(body, date('a.b.c'))).toEqual({ a: { b: { c: '1990-01-31', d: 1 }, e: 2 } });
	});
});

it.each([
	[updated({}), 'updateFields', 'Add at least one field'],
	[created({ dob: 'x' }, date('dob')), 'dob', '1990-01-31'],
	[created({ options: 'x' }, jsonObject('options')), 'options', '{ "key": "value" }'],
	[created({ names: 5 } as never, list('names')), 'names', 'a, b'],
	[created({ names: 5 } as never, flags('names')), 'names', 'a, b'],
	[created({ metadataJson: 'x' }, metadata), 'metadata', '{ "plan": "gold" }'],
	[created({ metadataJson: { '': 'x' } }, metadata), 'metadata', 'up to 50'],
])('a refusal names its field and shows how it is done: %#', (failure, param, example) => {
	expect((failure as Failure).details).toEqual({
		param,
		description: expect.stringContaining(example),
	});
});
