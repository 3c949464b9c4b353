import type { IDataObject } from 'n8n-workflow';
import { completedBody, flags, type BodyStep } from '../../nodes/ComplyCube/pipeline/body';
import { metadata } from '../../nodes/ComplyCube/pipeline/metadata';
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
		const body = { names: ['a'], personDetails: { a: '' }, metadataJson: '{"a":"b"}' };
		const before = structuredClone(body);
		created(body, flags('names'), metadata);
		expect(body).toEqual(before);
	});
});

describe('flags', () => {
	it('makes an object of names', () => {
		expect(created({ names: ['a', 'b'] }, flags('names'))).toEqual({ names: { a: true, b: true } });
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

	it.each([{}, { pairs: [] }])(
		'refuses the field %j, which may have lost its metadata',
		(field) => {
			expect(sentence(of({ metadata: field }))).toBe("'Metadata' has no pairs");
			expect(sentence(updated({ metadata: field }, metadata))).toBe("'Metadata' has no pairs");
		},
	);

	it.each([null, undefined])(
		'is left alone by the JSON %p, which an expression did not find',
		(metadataJson) => {
			const body = { mobile: '1', metadataJson } as IDataObject;
			expect(updated(body, metadata)).toEqual({ mobile: '1' });
			expect(updated({ ...body, metadata: pairs(['a', 'b']) }, metadata)).toEqual({
				mobile: '1',
				metadata: { a: 'b' },
			});
		},
	);

	it.each(['', '{}', {}])('is cleared by the JSON %j', (metadataJson) => {
		expect(updated({ metadataJson } as IDataObject, metadata)).toEqual({ metadata: {} });
	});

	it('makes texts of the values of JSON, and leaves null out', () => {
		expect(of({ metadataJson: { seats: 5, paid: false, plan: null } })).toEqual({
			metadata: { seats: '5', paid: 'false' },
		});
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
		const wrong: Array<[entry: [string, string], problem: string]> = [
			[['k'.repeat(41), 'v'], 'has too long a key'],
			[['a', 'v'.repeat(501)], 'has too long a value'],
			[['', 'v'], 'has no key'],
		];
		for (const [entry, problem] of wrong) {
			expect(sentence(of({ metadata: pairs(entry) }))).toBe(`Metadata entry 1 ${problem}`);
			expect(sentence(of({ metadata: pairs(['fine', 'v'], entry) }))).toBe(
				`Metadata entry 2 ${problem}`,
			);
		}
		expect(sentence(of({ metadataJson: { a: { b: 1 } } }))).toBe(
			'Metadata entry 1 has a list or an object as its value',
		);
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

describe('what must not be sent by accident', () => {
	it('is empty metadata, by an update that has none: it would clear what is there', () => {
		expect(updated({ email: 'a@example.com' }, metadata)).toEqual({ email: 'a@example.com' });
	});

	it('is null in metadata, which ComplyCube refuses; an update keeps what it empties', () => {
		const body = { metadataJson: '{"plan":null,"tier":""}' };
		expect(updated(body, metadata)).toEqual({ metadata: { tier: '' } });
	});
});

it.each([
	[updated({}), undefined, 'Add at least one field'],
	[created({ metadata: {} }, metadata), 'metadata', 'Add a pair'],
	[created({ metadataJson: 'x' }, metadata), 'metadata', '{ "plan": "gold" }'],
	[created({ metadataJson: { '': 'x' } }, metadata), 'metadata', 'up to 50'],
])('a refusal names its field and shows how it is done: %#', (failure, param, example) => {
	expect((failure as Failure).details).toEqual({
		param,
		description: expect.stringContaining(example),
	});
});
