import fc from 'fast-check';
import { fieldsToKeep, shaped } from '../../nodes/ComplyCube/pipeline/output';
import { Failure } from '../../nodes/ComplyCube/transport/failure';

const SIMPLIFIED = ['id', 'status', 'outcome'];
const SESSION = {
	id: '1',
	status: 'complete',
	outcome: 'clear',
	tasks: [{ a: 1 }],
	entityName: '',
};

describe('fieldsToKeep', () => {
	it.each([
		['raw', ['status'], undefined],
		['simplified', ['tasks'], SIMPLIFIED],
		['selected', ['status', 'tasks'], ['id', 'status', 'tasks']],
		['selected', [], ['id']],
		['selected', ['id'], ['id']],
		['selected', ['status', ' status ', 'id'], ['id', 'status']],
		['selected', 'status, tasks', ['id', 'status', 'tasks']],
		['selected', ' outcome ', ['id', 'outcome']],
		['Simplified', [], SIMPLIFIED],
		[' RAW ', [], undefined],
		['Selected Fields', ['status'], ['id', 'status']],
	] as const)('for %s of %j: %j', (shape, selected, fields) => {
		const given = typeof selected === 'string' ? selected : [...selected];
		expect(fieldsToKeep(shape, SIMPLIFIED, given)).toEqual(fields);
	});

	it('puts the ID first, then the fields in the order of the user', () => {
		expect(fieldsToKeep('selected', SIMPLIFIED, 'z,a,m')).toEqual(['id', 'z', 'a', 'm']);
	});

	// An expression is not held to the choices of the list, nor to the type of the field
	it.each([undefined, null, '', 'Simplified', 'toString', 5])(
		'does not break over the Output %p that an expression gives',
		(shape) => {
			expect(() => fieldsToKeep(shape as never, SIMPLIFIED, [])).not.toThrow();
		},
	);

	it.each([undefined, null, 5, [5], [null], {}])(
		'does not break over the Fields %p that an expression gives',
		(selected) => {
			expect(() => fieldsToKeep('selected', SIMPLIFIED, selected as never)).not.toThrow();
		},
	);
});

describe('shaped', () => {
	it('leaves the whole object untouched', () => {
		expect(shaped(SESSION)).toBe(SESSION);
	});

	it('keeps the fields in their order', () => {
		expect(Object.keys(shaped(SESSION, ['outcome', 'id']))).toEqual(['outcome', 'id']);
	});

	it('keeps empty values, and leaves out what ComplyCube left out', () => {
		const object = { id: '1', none: null, no: false, zero: 0, empty: '', list: [] };
		expect(shaped(object, ['id', 'none', 'no', 'zero', 'empty', 'list', 'outcome', ''])).toEqual(
			object,
		);
	});

	it('never changes the object', () => {
		const object = structuredClone(SESSION);
		shaped(object, ['id']);
		expect(object).toEqual(SESSION);
	});

	it.each(['toString', 'constructor', 'hasOwnProperty', '__proto__'])(
		'finds no field %p in an object that was sent without one',
		(field) => {
			expect(Object.keys(shaped(SESSION, ['id', field]))).toEqual(['id']);
		},
	);

	it('gives back exactly the chosen fields that are there, with their values', () => {
		const field = fc.stringMatching(/^[a-z]{1,3}Id$/);
		fc.assert(
			fc.property(fc.dictionary(field, fc.jsonValue()), fc.array(field), (object, fields) => {
				const kept = shaped(object as never, fields);
				expect(Object.keys(kept).sort()).toEqual(
					Object.keys(object)
						.filter((name) => fields.includes(name))
						.sort(),
				);
				for (const name of Object.keys(kept)) expect(kept[name]).toBe(object[name]);
			}),
		);
	});
});

it.each(['everything', 'rawest', 5])(
	'an Output that an expression got wrong, %p, gives out nothing, and says so',
	(shape) => {
		const failure = fieldsToKeep(shape, SIMPLIFIED, ['tasks']);
		expect(failure).toBeInstanceOf(Failure);
		expect(failure).toMatchObject({
			message: "The 'Output' parameter is none of raw, simplified and selected",
			details: { param: 'output', description: expect.stringContaining('Choose one') },
		});
	},
);

it.each([undefined, null, true, 5, {}])(
	'Fields of %p are refused, instead of the ID alone',
	(selected) => {
		const refused = fieldsToKeep('selected', SIMPLIFIED, selected) as Failure;
		expect(refused.message).toBe("'Fields' is not a list");
	},
);

it.each([[[5]]])('Fields of %j are a field of that name beside the ID', (selected) => {
	expect(fieldsToKeep('selected', SIMPLIFIED, selected)).toEqual(['id', '5']);
});
