import type { IDataObject } from 'n8n-workflow';
import { runNode } from '../built/engine.cts';
import { paidSearches } from './paidSearch.cts';
import { byId, ResourceCalls, TEST_KEY } from './resourceCalls.cts';

let calls: ResourceCalls;
beforeAll(async () => {
	calls = await ResourceCalls.start('addressLookup');
});
beforeEach(() => calls.simulator.reset());
afterAll(async () => await calls.simulator.close());

const WANTED = { line: 'Example Street', postalCode: 'W10 1LL', country: 'GB' };

const run = async (parameters: IDataObject = {}) =>
	await calls.run({ operation: 'search', parameters: { ...WANTED, ...parameters } });

it('sends street, postal code and country, and makes an item of each address', async () => {
	const { knownAddresses } = calls.simulator.settings;
	knownAddresses.push({ ...knownAddresses[0], propertyNumber: '5' });
	const { items } = await run();
	expect(calls.sent()).toEqual([{ method: 'POST', path: '/lookup/addresses', body: WANTED }]);
	expect(items).toEqual(knownAddresses.map((json) => ({ json, pairedItem: { item: 0 } })));
});

it.each([
	['line', "The 'Street' parameter is empty"],
	['postalCode', "The 'Postal Code' parameter is empty"],
	['country', "The 'Country' parameter is empty"],
])('sends nothing without %s', async (name, message) => {
	const { error } = await run({ [name]: '={{ $json.nothing }}' });
	expect([error?.message, calls.sent()]).toEqual([message, []]);
});

it('takes the name of a country, and a postal code that is a number', async () => {
	await run({ country: '={{ "united kingdom" }}', postalCode: '={{ 1010 }}' });
	expect(calls.sent()[0].body).toEqual({ ...WANTED, postalCode: '1010' });
});

it('gives items that Address: Create takes as they are', async () => {
	const [{ id: clientId }] = calls.simulator.clients.seed();
	const [found] = (await run()).items;
	const expressionFor = (name: string) => `={{ $json.${name} }}`;
	const { items, error } = await runNode({
		parameters: {
			resource: 'address',
			operation: 'create',
			clientId: byId(clientId),
			...Object.fromEntries(['line', 'city', 'country'].map((name) => [name, expressionFor(name)])),
			addressFields: Object.fromEntries(
				['buildingName', 'postalCode', 'propertyNumber', 'state'].map((name) => [
					name,
					expressionFor(name),
				]),
			),
		},
		credential: { apiKey: TEST_KEY, baseUrl: calls.simulator.url, requestsPerSecond: 10_000 },
		input: [found.json],
	});
	expect(error).toBeUndefined();
	expect(items[0].json).toMatchObject({ clientId, ...found.json });
	expect(calls.sent().at(-1)).toMatchObject({
		path: '/addresses',
		body: { clientId, ...found.json },
	});
});

paidSearches(() => calls, 'addressLookup', '/lookup/addresses', WANTED);
