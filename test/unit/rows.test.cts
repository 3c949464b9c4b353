import type { INodeProperties } from 'n8n-workflow';
import { inBody } from '../../nodes/ComplyCube/fields/routing';
import { eachRow } from '../../nodes/ComplyCube/pipeline/rows';
import { readSentFields, sentFieldsOf } from '../../nodes/ComplyCube/pipeline/sentFields';
import { Failure } from '../../nodes/ComplyCube/transport/failure';

const column = (more: Partial<INodeProperties>): INodeProperties =>
	({
		displayName: 'Thing',
		name: 'thing',
		type: 'string',
		default: '',
		...more,
	}) as INodeProperties;

const fieldWith = (group: string): INodeProperties => ({
	displayName: 'Things',
	name: 'things',
	type: 'fixedCollection',
	default: {},
	options: [
		{
			displayName: 'Thing',
			name: group,
			values: [
				column({}),
				column({
					displayName: 'Day',
					name: 'day',
					type: 'dateTime',
					typeOptions: { dateOnly: true },
				}),
				column({
					displayName: 'Kind',
					name: 'kind',
					type: 'options',
					options: [{ name: 'Resident Of', value: 'Resident of' }],
				}),
			],
		},
	],
	routing: inBody('things'),
});

const read = (things: unknown, group = 'values') =>
	readSentFields(sentFieldsOf([fieldWith(group)]), 'body', { things } as never, 'UTC');

describe('a field of rows', () => {
	it('reads every value by its own type, and leaves out what is blank or unknown', () => {
		const values = [
			{ thing: 5, day: '1987-01-31T00:00:00', kind: 'resident_of' },
			{ thing: '', day: null, kind: ' ', other: 'x' },
		];
		expect(read({ values })).toEqual({
			things: [{ thing: '5', day: '1987-01-31', kind: 'Resident of' }, {}],
		});
	});

	it('takes the rows themselves, and no rows at all', () => {
		expect(read([{ thing: 'a' }])).toEqual({ things: [{ thing: 'a' }] });
		expect(read({})).toEqual({ things: [] });
		expect(read({ values: [] })).toEqual({ things: [] });
	});

	it('names the field and the value that cannot be read, but not the value', () => {
		const failure = read({ values: [{ thing: 'a' }, { day: '30 February' }] });
		expect(failure).toEqual(
			new Failure("'Things' has an entry whose 'Day' is not a date", {
				param: 'things',
				description: expect.stringContaining('1990-01-31'),
			}),
		);
	});

	it.each([5, 'a', ['a'], { values: 'a' }, { values: [5] }])('refuses %j', (things) => {
		expect(read(things)).toMatchObject({ message: "'Things' is not a list of objects" });
	});

	it('leaves a group of any other name as it is', () => {
		const things = { pairs: [{ key: 5 }] };
		expect(read(things, 'pairs')).toEqual({ things });
	});
});

describe('eachRow', () => {
	const step = eachRow(
		'things',
		({ a }, { factor }) => (typeof a === 'number' ? a * Number(factor) : undefined),
		'One is missing',
		'Add it.',
	);

	it('turns each row, with the rest of the body at hand', () => {
		expect(step({ factor: 2, things: [{ a: 1 }, { a: 3 }] })).toEqual({
			factor: 2,
			things: [2, 6],
		});
		expect(step({ factor: 2 })).toEqual({ factor: 2 });
	});

	it('refuses a body with a row in which something is missing', () => {
		expect(step({ things: [{ a: 1 }, {}] })).toEqual(
			new Failure('One is missing', {
				param: 'things',
				description: 'Add it. Nothing was sent for this item.',
			}),
		);
	});
});
