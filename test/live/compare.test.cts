import { compare, withoutRepeats, type Expectation } from '../../live/compare.cts';
import type { Exchange } from '../../live/proxy.cts';
import { exchange } from './exchanges.cts';

/** Rows of field, simulator, service. */
const differences = (simulator: Exchange[], service: Exchange[], expectation?: Expectation) =>
	compare({ exchanges: simulator }, { exchanges: service }, expectation).map((difference) => [
		difference.field,
		difference.simulator,
		difference.service,
	]);

const ofJson = (simulator: unknown, service: unknown, expectation?: Expectation) =>
	differences([exchange(simulator)], [exchange(service)], expectation);

it.each([
	[
		'values of the same kind',
		{ id: 'a', at: '2025-01-13T11:35:20.592Z' },
		{ id: 'b', at: '2020-01-04T17:24:29.146Z' },
	],
	['the order of fields', { one: 1, two: 2 }, { two: 2, one: 1 }],
	['the number of items', [{ id: 'a' }], [{ id: 'a' }, { id: 'b' }]],
	['two empty lists', { items: [] }, { items: [] }],
])('sees no difference in %s', (_, simulator, service) => {
	expect(ofJson(simulator, service)).toEqual([]);
});

it.each<[string, unknown, unknown, string[]]>([
	['a number and a text', { a: 1 }, { a: '1' }, ['a', 'number', 'text']],
	['a text and an empty one', { a: 'x' }, { a: '' }, ['a', 'text', 'empty text']],
	['nothing and null', {}, { a: null }, ['a', 'absent', 'null']],
	['a boolean and a text', { a: true }, { a: 'true' }, ['a', 'boolean', 'text']],
	['a link and a file', { a: 'https://x.example' }, { a: 'A'.repeat(400) }, ['a', 'URL', 'Base64']],
	[
		'a date and a time',
		{ a: '2020-01-31' },
		{ a: '2020-01-31T00:00:00.000Z' },
		['a', 'date', 'time'],
	],
	[
		'a time with and without ms',
		{ a: '2020-01-31T00:00:00.000Z' },
		{ a: '2020-01-31T00:00:00Z' },
		['a', 'time', 'time in another format'],
	],
	['items of two kinds', { a: ['x'] }, { a: ['x', 1] }, ['a[]', 'text', 'number or text']],
	['a list and an empty one', { a: ['x'] }, { a: [] }, ['a[]', 'text', 'absent']],
	['an object and a list', {}, [], ['(body)', 'object', 'list']],
])('tells %s apart', (_, simulator, service, row) => {
	expect(ofJson(simulator, service)).toEqual([row]);
});

it('names what is missing once, not all that is in it', () => {
	const nested = { outer: { inner: { a: 1 } }, outerMost: 1, items: [{ b: { c: 1 } }] };
	expect(ofJson(nested, { outerMost: 1, items: [{}] })).toEqual([
		['items[].b', 'object', 'absent'],
		['outer', 'object', 'absent'],
	]);
});

it('does not compare the items of an account that has none', () => {
	const [some, none] = [{ items: [{ id: 'a' }] }, { items: [] }];
	expect(ofJson(some, none, { isAccountWide: true })).toEqual([]);
	expect(ofJson(some, { items: [{}] }, { isAccountWide: true })).toEqual([
		['items[].id', 'text', 'absent'],
	]);
});

it('takes outer keys for data where they are', () => {
	const [simulator, service] = [{ GB: { sides: 1 } }, { BE: { sides: '2' }, FR: { sides: '1' } }];
	expect(ofJson(simulator, service, { dataLevels: 1 })).toEqual([['*.sides', 'number', 'text']]);
});

it('compares type and param of errors, but not the message', () => {
	const error = { type: 'invalid_request', message: 'No', param: 'email' };
	const other = { type: 'bad_request', message: 'Never', param: 'mail' };
	const [simulator, service] = [error, other].map((json) => exchange(json, { status: 400 }));
	expect(differences([simulator], [service])).toEqual([
		['type', 'invalid_request', 'bad_request'],
		['param', 'email', 'mail'],
	]);
});

it('does not compare the content of a success with that of an error', () => {
	const error = exchange({ type: 'forbidden', message: 'No' }, { status: 403 });
	expect(differences([exchange({ id: 'a' })], [error])).toEqual([
		['(status)', '200', '403 forbidden'],
	]);
	const silence = exchange(undefined, { status: 0, headers: {} });
	expect(differences([exchange({ id: 'a' })], [silence])).toEqual([
		['(status)', '200', 'no answer'],
	]);
});

it('compares status, content type, Retry-After and whether there is JSON', () => {
	const limited = exchange({ type: 'rate_limit_exceeded', message: 'No' }, { status: 429 });
	const html = exchange(undefined, {
		status: 503,
		headers: { 'content-type': 'text/html', 'retry-after': 'Wed, 21 Oct 2026 07:28:00 GMT' },
		body: Buffer.from('<html>'),
	});
	expect(differences([limited], [html])).toEqual([
		['(status)', '429', '503'],
		['(content type)', 'application/json', 'text/html'],
		['(Retry-After)', 'absent', 'date'],
		['(body)', 'JSON', 'no JSON'],
	]);
});

it('counts a question that is asked again and again once, and compares the last reply', () => {
	const pending = exchange({ status: 'pending' });
	const complete = exchange({ status: 'complete', result: {} });
	expect(withoutRepeats([pending, pending, complete])).toEqual([complete]);
	expect(differences([pending, complete], [pending, pending, complete])).toEqual([]);
});

it('says which of several requests it was, without IDs', () => {
	const search = exchange({ items: [] });
	const update = exchange({ a: 1 }, { method: 'POST', path: '/clients/5eb04fcd0f3e360008035eb1' });
	const other = { ...update, body: Buffer.from('{"a":"1"}') };
	expect(differences([search, update], [search, other])).toEqual([
		['POST /clients/:id: a', 'number', 'text'],
	]);
	expect(differences([search, update], [search])).toEqual([['(requests)', '2', '1']]);
});

it('compares what the node made of it', () => {
	const exchanges = [exchange({ id: 'a' })];
	const [ran, failed] = ['succeeded', 'failed: 200'].map((node) => ({ exchanges, node }));
	expect(compare(ran, failed)).toEqual([
		{ field: '(node)', simulator: 'succeeded', service: 'failed: 200' },
	]);
});
