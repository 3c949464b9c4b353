import type { IDataObject } from 'n8n-workflow';
import { hurried } from './clock.cts';
import type { ResourceCalls } from './resourceCalls.cts';

/** An operation on one object, for the tests that several resources share. */
export interface Target {
	/** A function, because the simulator starts after the tests are declared */
	calls: () => ResourceCalls;
	operation: string;
	/** The parameters that choose the object with this ID */
	chosen: (id: unknown) => IDataObject;
	/** Adds an object. Returns its ID */
	seed: () => string;
	/** The request's path for an ID */
	path: (id: string) => string;
	/** What the node's messages call the object */
	object: string;
}

/** IDs that must never reach ComplyCube. */
const HOSTILE = ['', ' ', '..', '../clients', 'a/b', 'a?b=c', 'a#b', 'a%2fb'];

/** Declares that an invalid ID sends nothing. The IDs come from the item, because n8n itself refuses typed ones. */
export function refusesHostileIds(
	{ calls, operation, chosen }: Pick<Target, 'calls' | 'operation' | 'chosen'>,
	more: IDataObject = {},
) {
	it.each(HOSTILE)('sends nothing for the ID %p', async (id) => {
		const { error } = await calls().run({
			operation,
			parameters: { ...chosen('={{ $json.id }}'), ...more },
			input: [{ id }],
		});
		expect(error?.message).toMatch(/parameter is (empty|not a valid ID)$/);
		expect(calls().sent()).toEqual([]);
	});
}

/** Declares the tests of an operation that deletes, also when the connection breaks. */
export function deletes(target: Target, look: Target['path'] = target.path) {
	const { calls, operation, chosen, seed, path, object } = target;
	const run = async (id: unknown, more = {}) =>
		await calls().run({ operation, parameters: chosen(id), ...more });
	const remove = (id: string) => ({ method: 'DELETE', path: path(id) });
	const lookAt = (id: string) => ({ method: 'GET', path: look(id) });

	it('deletes the object and says so', async () => {
		const id = seed();
		const { items } = await run(` ${id} `);
		expect(items).toEqual([{ json: { id, deleted: true }, pairedItem: { item: 0 } }]);
		expect(calls().sent()).toEqual([remove(id)]);
	});

	it('looks for the object after a lost answer, and finds it gone', async () => {
		const id = seed();
		calls().simulator.faults.add({ kind: 'dropAfter', method: 'DELETE' });
		const { items } = await hurried(async () => await run(id));
		expect(items).toEqual([{ json: { id, deleted: true }, pairedItem: { item: 0 } }]);
		expect(calls().sent()).toEqual([remove(id), lookAt(id)]);
	});

	it('looks for the object after a lost request, and finds it still there', async () => {
		const id = seed();
		calls().simulator.faults.add({ kind: 'dropBefore', method: 'DELETE' });
		const { error } = await hurried(async () => await run(id));
		expect(error?.message).toMatch(new RegExp(`^The ${object} was not deleted\\.`));
		expect(error?.description).toContain('safe to run this item again');
		expect(calls().sent()).toEqual([remove(id), lookAt(id), lookAt(id), lookAt(id)]);
	});

	it('reports an unknown object', async () => {
		const id = '5eb2b61e02df0a0008f1cf2a';
		const { error } = await run(id);
		expect([error?.httpCode, calls().sent()]).toEqual(['404', [remove(id)]]);
	});

	it('pairs every item, refused ones too', async () => {
		const ids = [seed(), '5eb2b61e02df0a0008f1cf2a'];
		const { items } = await run('={{ $json.id }}', {
			input: ids.map((id) => ({ id })),
			onError: 'continueRegularOutput',
		});
		expect(items).toEqual([
			{ json: { id: ids[0], deleted: true }, pairedItem: { item: 0 } },
			{ json: { error: expect.any(String), details: expect.any(Object) }, pairedItem: { item: 1 } },
		]);
	});

	refusesHostileIds(target);
}

/** Declares the tests of an operation that redacts, whose reply ComplyCube does not document. */
export function redacts(target: Target, body?: unknown) {
	const { calls, operation, chosen, seed, path } = target;
	const request = (id: string) => ({ method: 'POST', path: path(id), ...(body ? { body } : {}) });

	it.each(['empty', 'object'] as const)('redacts, whatever the reply: %s', async (reply) => {
		calls().simulator.settings.redactReply = reply;
		const id = seed();
		const { items } = await calls().run({ operation, parameters: chosen(id) });
		expect(items).toEqual([
			{ json: expect.objectContaining({ id, redacted: true }), pairedItem: { item: 0 } },
		]);
		expect(calls().sent()).toEqual([request(id)]);
	});

	it('accepts an empty object as the reply', async () => {
		const id = seed();
		calls().answerWith({});
		const { items } = await calls().run({ operation, parameters: chosen(id) });
		expect(items[0].json).toEqual({ id, redacted: true });
	});

	it('is not repeated after a lost answer, and says that it is safe to run again', async () => {
		const id = seed();
		calls().simulator.faults.add({ kind: 'dropAfter' });
		const { error } = await calls().run({ operation, parameters: chosen(id) });
		expect(error?.description).toContain('It is safe to run this item again');
		expect(calls().sent()).toEqual([request(id)]);
	});

	refusesHostileIds(target);
}

/**
 * Expects an operation whose answer is lost to be sent only once.
 *
 * @returns the advice to the user
 */
export async function endsInDoubt(
	calls: ResourceCalls,
	operation: string,
	parameters: IDataObject,
) {
	calls.simulator.faults.add({ kind: 'dropAfter', method: 'POST' });
	const { error } = await calls.run({ operation, parameters });
	expect(calls.sent().filter(({ method }) => method === 'POST')).toHaveLength(1);
	expect(error?.message).toContain('closed before ComplyCube answered');
	return error?.description;
}

/**
 * Declares the tests of an operation that changes the fields of an object.
 *
 * @param collection the parameter that has its fields
 * @param field one field with a value that it may have
 * @param emptied the name of a field that may be emptied
 */
export function updates(target: Target, collection: string, field: IDataObject, emptied: string) {
	const { calls, operation, chosen, seed, path } = target;
	const run = async (id: string, given: IDataObject) =>
		await calls().run({ operation, parameters: { ...chosen(id), [collection]: given } });

	it('sends the added fields, emptied ones too, and nothing else', async () => {
		const id = seed();
		const fields = { ...field, [emptied]: '' };
		const { items } = await run(id, fields);
		expect(calls().sent()).toEqual([{ method: 'POST', path: path(id), body: fields }]);
		expect(items).toEqual([
			{ json: expect.objectContaining({ id, ...field }), pairedItem: { item: 0 } },
		]);
	});

	it('sends nothing without any field', async () => {
		const { error } = await run(seed(), {});
		expect(error?.message).toBe('There is nothing to change');
		expect(calls().sent()).toEqual([]);
	});

	it('says that it is safe to run again after a lost answer', async () => {
		const parameters = { ...chosen(seed()), [collection]: field };
		expect(await endsInDoubt(calls(), operation, parameters)).toContain('It is safe to run');
	});

	refusesHostileIds(target, { [collection]: field });
}

/** Declares the tests of a list of one client's objects. */
export function listsOfClient(
	calls: () => ResourceCalls,
	filters: string,
	path: string,
	seed: (clientId: string) => string,
	chosen: (id: unknown) => IDataObject,
) {
	const run = async (id: unknown, more: IDataObject = {}, rest = {}) =>
		await calls().run({ operation: 'getAll', parameters: { ...chosen(id), ...more }, ...rest });

	it("lists the client's, newest first", async () => {
		const ids = [seed('a'), seed('a')];
		seed('b');
		const { items } = await run(' a ');
		expect(items.map(({ json }) => json.id)).toEqual([...ids].reverse());
		expect(calls().sent()).toEqual([
			{ method: 'GET', path, query: { clientId: 'a', page: '1', pageSize: '50' } },
		]);
	});

	it('returns up to the limit, or all', async () => {
		for (let count = 0; count < 3; count++) seed('a');
		expect((await run('a', { limit: 2 })).items).toHaveLength(2);
		expect((await run('a', { returnAll: true })).items).toHaveLength(3);
		expect(
			calls()
				.sent()
				.map(({ query }) => query?.pageSize),
		).toEqual(['2', '1000']);
	});

	it('sends times in UTC', async () => {
		await run('a', {
			[filters]: { createdAfter: '2026-01-31T09:00:00', updatedBefore: '' },
		});
		expect(calls().sent()[0].query).toEqual({
			clientId: 'a',
			createdAfter: '2026-01-31T08:00:00.000Z',
			page: '1',
			pageSize: '50',
		});
	});

	it('pairs every object with its item', async () => {
		seed('a');
		seed('b');
		const { items } = await run(
			'={{ $json.client }}',
			{},
			{
				input: [{ client: 'a' }, { client: 'nobody' }, { client: 'b' }],
			},
		);
		expect(items.map(({ json, pairedItem }) => [json.clientId, pairedItem])).toEqual([
			['a', { item: 0 }],
			['b', { item: 2 }],
		]);
	});

	refusesHostileIds({ calls, operation: 'getAll', chosen });
}
