import type { IDataObject } from 'n8n-workflow';
import { prepareSearch, type SearchPlan } from '../../nodes/ComplyCube/pipeline/kinds/search';
import type { Item, Send } from '../../nodes/ComplyCube/pipeline/request';
import { Run } from '../../nodes/ComplyCube/pipeline/run';
import { Failure } from '../../nodes/ComplyCube/transport/failure';
import { fakeConnection } from './fakeConnection.cts';

const PLAN: SearchPlan = {
	kind: 'search',
	body: [({ a, ...body }) => (a ? { ...body, b: a } : new Failure('Nothing to search for'))],
	inDoubt: 'Look first.',
};
const REQUEST = { method: 'POST' as const, path: '/lookup/companies', qs: {} };
const DOUBT = new Failure('It was dropped', { description: 'In general.' }, true);
const REFUSAL = new Failure('Not allowed', { description: 'Ask.' });

/** Searches in one attempt at an item of a run. */
async function search(run: Run, replies: Array<IDataObject | Failure>, body: IDataObject) {
	const attempt = run.begin(0, true);
	const connection = fakeConnection(replies);
	const send = prepareSearch({ request: REQUEST, body, attempt } as unknown as Item, PLAN);
	const result = send instanceof Failure ? send : await (send as Send)(connection);
	await attempt.end(result, true);
	return { result, effect: attempt.effect, requests: connection.requests };
}

const searchOnce = async (reply: IDataObject | Failure, body: IDataObject = { a: 1, c: '' }) =>
	await search(new Run(1), [reply], body);

it('sends what the steps make of the body, without what is blank, and makes items of the results', async () => {
	const { result, effect, requests } = await searchOnce({ items: [{ id: 'x' }, { id: 'y' }] });
	expect(requests).toEqual([{ ...REQUEST, body: { b: 1 } }]);
	expect([result, effect]).toEqual([[{ json: { id: 'x' } }, { json: { id: 'y' } }], 'done']);
});

it('sends nothing if a step refuses', async () => {
	const { result, effect, requests } = await searchOnce({ items: [] }, {});
	expect([result, effect, requests]).toEqual([new Failure('Nothing to search for'), 'unsent', []]);
});

it('finds nothing where the list is empty, or left out of an empty list', async () => {
	expect((await searchOnce({ items: [] })).result).toEqual([]);
	expect((await searchOnce({ totalItems: 0 })).result).toEqual([]);
});

it('advises on a doubt, and leaves a refusal as it is', async () => {
	expect((await searchOnce(DOUBT)).result).toEqual(DOUBT.advising('Look first.'));
	expect((await searchOnce(REFUSAL)).result).toBe(REFUSAL);
});

it('advises on a reply that is no list: it was paid for', async () => {
	const { result, effect } = await searchOnce({ results: [] });
	expect([(result as Failure).details.description, effect]).toEqual(['Look first.', 'done']);
});

it.each<[string, IDataObject | Failure]>([
	['was answered', { items: [{ id: 'x' }] }],
	['ended in doubt', DOUBT],
])('is not sent in another attempt once it %s', async (_, reply) => {
	const run = new Run(1);
	const first = await search(run, [reply], { a: 1 });
	const second = await search(run, [{ items: [{ id: 'other' }] }], { a: 1 });
	expect(second.requests).toEqual([]);
	expect(second.result).toEqual(first.result);
});

it('is sent in another attempt if ComplyCube had refused it', async () => {
	const run = new Run(1);
	await search(run, [REFUSAL], { a: 1 });
	const second = await search(run, [{ items: [{ id: 'x' }] }], { a: 1 });
	expect(second.requests).toHaveLength(1);
	expect(second.result).toEqual([{ json: { id: 'x' } }]);
});
