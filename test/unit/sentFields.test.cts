import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { openList } from '../../nodes/ComplyCube/fields/openList';
import { inBody, inQuery } from '../../nodes/ComplyCube/fields/routing';
import { withoutPreset } from '../../nodes/ComplyCube/fields/withoutPreset';
import { readSentFields, sentFieldsOf } from '../../nodes/ComplyCube/pipeline/sentFields';
import { Failure } from '../../nodes/ComplyCube/transport/failure';

const field = (more: Partial<INodeProperties>): INodeProperties =>
	({ displayName: 'Thing', name: 'thing', default: '', ...more }) as INodeProperties;

const DATE: Partial<INodeProperties> = { type: 'dateTime', typeOptions: { dateOnly: true } };
const NAMES: Partial<INodeProperties> = {
	type: 'multiOptions',
	options: [
		{ name: 'A', value: 'a' },
		{ name: 'B', value: 'b' },
	],
};

const read = (more: Partial<INodeProperties>, body: object) =>
	readSentFields(
		sentFieldsOf([field({ routing: inBody('thing'), ...more })]),
		'body',
		body as IDataObject,
		'UTC',
	);

it('reads a value in its place, however deep that is, and nothing beside it', () => {
	const body = { a: { b: { c: '1990-01-31T12:00', d: 1 }, e: 2 }, c: '1990-01-31T12:00' };
	expect(read({ ...DATE, routing: inBody('a.b.c') }, body)).toEqual({
		a: { b: { c: '1990-01-31', d: 1 }, e: 2 },
		c: '1990-01-31T12:00',
	});
});

it('never changes the body it is given', () => {
	const body = Object.freeze({ a: Object.freeze({ b: '1990-01-31T12:00' }) });
	expect(read({ ...DATE, routing: inBody('a.b') }, body)).toEqual({ a: { b: '1990-01-31' } });
});

it('reads a field of the body only in the body', () => {
	const values = { thing: 'soon' };
	const fields = sentFieldsOf([field({ ...DATE, routing: inBody('thing') })]);
	expect(readSentFields(fields, 'query', values, 'UTC')).toEqual(values);
	expect(readSentFields(fields, 'body', values, 'UTC')).toBeInstanceOf(Failure);
});

it.each([undefined, '', ' '])('leaves %p as it is', (value) => {
	expect(read(DATE, { thing: value })).toEqual({ thing: value });
});

it('takes null in a body as if the field had been left alone', () => {
	expect(read(DATE, { thing: null })).toEqual({ thing: undefined });
});

it.each<[string, Partial<INodeProperties>, unknown, string, string]>([
	['a date', DATE, 'soon', "'Thing' is not a date", '1990-01-31'],
	['an object', { type: 'json' }, 'x', "'Thing' is not a JSON object", '{ "key": "value" }'],
	['a list', NAMES, 5, "'Thing' is not a list", 'a, b'],
])('refuses what is not %s, and shows how it is done', (_, more, thing, message, example) => {
	expect(read(more, { thing })).toEqual(
		new Failure(message, { param: 'thing', description: expect.stringContaining(example) }),
	);
});

it('calls a field of the query a filter', () => {
	const fields = sentFieldsOf([field({ type: 'dateTime', routing: inQuery('thing') })]);
	expect(readSentFields(fields, 'query', { thing: 'soon' }, 'UTC')).toMatchObject({
		message: "The 'Thing' filter is not a date and time",
		details: { param: 'thing', description: expect.stringContaining('ISO 8601') },
	});
});

const LIST = {
	displayName: 'Thing',
	name: 'thing',
	type: 'options' as const,
	default: '' as const,
	options: [{ name: 'A', value: 'a' }],
};

it('takes any value where ComplyCube may extend the list', () => {
	expect(read(openList(LIST), { thing: 'A' })).toEqual({ thing: 'a' });
	expect(read(openList(LIST), { thing: ' b ' })).toEqual({ thing: 'b' });
});

it('takes only a value of the list where nothing is chosen at first', () => {
	const list = withoutPreset(LIST);
	expect(read(list, { thing: 'A' })).toEqual({ thing: 'a' });
	expect(read(list, { thing: 'b' })).toMatchObject({
		message: "'Thing' is not one of the values of the list",
	});
});
