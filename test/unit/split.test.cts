import type { IDataObject } from 'n8n-workflow';
import type { Entries } from '../../nodes/ComplyCube/pipeline/entries';
import { prepareSplit } from '../../nodes/ComplyCube/pipeline/kinds/split';
import { Parameters } from '../../nodes/ComplyCube/pipeline/parameters';
import type { Item, Send } from '../../nodes/ComplyCube/pipeline/request';
import { withItems } from '../../nodes/ComplyCube/transport/arrayReply';
import { Failure } from '../../nodes/ComplyCube/transport/failure';
import { fakeConnection } from './fakeConnection.cts';

const REQUEST = { method: 'GET' as const, path: '/static/x', qs: {} };
const TEXTS: Entries = { array: 'lists', text: 'name' };
const LEVELS: Entries = { levels: ['type', 'country'] };

/** @param splitIntoItems undefined for the default */
async function read(reply: IDataObject | Failure, entries: Entries, splitIntoItems?: unknown) {
	const parameters = new Parameters({
		getNodeParameter: (_name: string, fallback: unknown) => splitIntoItems ?? fallback,
	} as never);
	const connection = fakeConnection([reply]);
	const item = { parameters, request: REQUEST } as unknown as Item;
	const send = prepareSplit(item, { kind: 'split', entries });
	const result = send instanceof Failure ? send : await (send as Send)(connection);
	return { result, requests: connection.requests };
}

it('asks for an array only where one is documented', async () => {
	expect((await read({ items: [] }, TEXTS)).requests).toEqual([{ ...REQUEST, isArray: true }]);
	expect((await read({}, LEVELS)).requests).toEqual([REQUEST]);
});

it('makes an item of each entry, or one of everything', async () => {
	const texts = { items: ['A', 'B'] };
	const nested = { passport: { GB: { sides: 1 } } };
	expect((await read(texts, TEXTS)).result).toEqual([
		{ json: { name: 'A' } },
		{ json: { name: 'B' } },
	]);
	expect((await read(texts, TEXTS, false)).result).toEqual([{ json: { lists: ['A', 'B'] } }]);
	expect((await read(nested, LEVELS)).result).toEqual([
		{ json: { type: 'passport', country: 'GB', sides: 1 } },
	]);
	expect((await read(nested, LEVELS, false)).result).toEqual([{ json: nested }]);
});

it('says how to get a reply of another form', async () => {
	const { result } = await read({ passport: ['GB'] }, LEVELS);
	expect((result as Failure).details.description).toContain("Turn off 'Split Into Items'");
});

it.each([undefined, false])('passes on a failure: split %p', async (splits) => {
	const failure = new Failure('No');
	expect((await read(failure, TEXTS, splits)).result).toBe(failure);
});

it('sends nothing for a switch that is neither on nor off', async () => {
	const { result, requests } = await read({}, TEXTS, 'perhaps');
	expect(result).toMatchObject({ message: "'Split Into Items' is neither true nor false" });
	expect(requests).toEqual([]);
});

describe('an array as the reply', () => {
	const answer = (body: unknown) => ({ status: 200, headers: {}, body });

	it('becomes an object', () => {
		expect(withItems(answer(['A']))).toEqual(answer({ items: ['A'] }));
	});

	it.each([answer({ a: 1 }), answer('text'), { noAnswer: 'timeout' as const }])(
		'is not made of %j',
		(reply) => {
			expect(withItems(reply)).toBe(reply);
		},
	);
});
