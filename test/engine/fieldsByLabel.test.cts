import { ResourceCalls } from './resourceCalls.cts';

let calls: ResourceCalls;
beforeAll(async () => {
	calls = await ResourceCalls.start('client');
});
beforeEach(() => calls.simulator.reset());
afterAll(async () => await calls.simulator.close());

const select = async (fields: unknown) => {
	calls.simulator.clients.seed({ email: 'ada@example.com' });
	const { items } = await calls.run({
		operation: 'getAll',
		parameters: { output: 'selected', fields: fields as string[] },
	});
	return Object.keys(items[0].json);
};

it.each([
	['Email, Type', ['id', 'email', 'type']],
	['["Entity Name", "Created At"]', ['id', 'entityName', 'createdAt']],
	[' EMAIL ,createdat, entity_name', ['id', 'email', 'createdAt', 'entityName']],
	[
		['Email', 'email'],
		['id', 'email'],
	],
])('Fields of %j are found by the names that the editor shows', async (fields, kept) => {
	expect(await select(fields)).toEqual(kept);
});

it('a field that the editor does not offer is found by its own name', async () => {
	calls.answerWith({ items: [{ id: 'a', somethingNew: 1 }], totalItems: 1 });
	expect(await select('somethingNew')).toEqual(['id', 'somethingNew']);
});
