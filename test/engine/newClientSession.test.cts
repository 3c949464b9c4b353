import type { IDataObject } from 'n8n-workflow';
import { byId, ResourceCalls } from './resourceCalls.cts';

let calls: ResourceCalls;
beforeAll(async () => {
	calls = await ResourceCalls.start('flowSession');
});
beforeEach(() => calls.simulator.reset());
afterAll(async () => await calls.simulator.close());

const TEMPLATE = '68566be2a37a78622f4f7be3';
const PARAMETERS = {
	clientEmail: 'zoe@example.com',
	clientFirstName: 'Zoe',
	clientLastName: 'Example',
	workflowTemplateId: byId(TEMPLATE),
	successUrl: 'https://example.com/done',
};
const URLS = { successUrl: PARAMETERS.successUrl, cancelUrl: PARAMETERS.successUrl };
const SESSION = { method: 'POST', path: '/flow/sessions' };

const run = async (parameters: IDataObject = {}, more = {}) =>
	await calls.run({
		operation: 'createWithNewClient',
		parameters: { ...PARAMETERS, ...parameters },
		...more,
	});

it('creates the client, then the link, and returns both', async () => {
	const { items, error } = await run();
	expect(error).toBeUndefined();
	const [{ id }] = calls.simulator.clients.list();
	expect(calls.sent()).toEqual([
		{
			method: 'POST',
			path: '/clients',
			body: {
				type: 'person',
				email: 'zoe@example.com',
				personDetails: { firstName: 'Zoe', lastName: 'Example' },
			},
		},
		{ ...SESSION, body: { clientId: id, workflowTemplateId: TEMPLATE, ...URLS } },
	]);
	expect(items).toEqual([
		{
			json: { clientId: id, redirectUrl: expect.stringMatching(/^http/) },
			pairedItem: { item: 0 },
		},
	]);
});

it.each([
	[{ workflowTemplateId: byId('={{ $json.nothing }}') }, "'Workflow Template'"],
	[{ sessionType: 'checks', checkTypes: '={{ [] }}' }, "'Check Types'"],
])('sends nothing for %j, not even the client', async (parameters, words) => {
	const { error } = await run(parameters as IDataObject);
	expect(error?.message).toContain(words);
	expect(calls.sent()).toEqual([]);
});

it('creates a company as well', async () => {
	const { items } = await run({ clientType: 'company', clientCompanyName: 'Example Ltd' });
	const [{ id, companyDetails }] = calls.simulator.clients.list();
	expect([items[0].json.clientId, companyDetails]).toEqual([id, { name: 'Example Ltd' }]);
	expect(calls.sent()[0].body).not.toHaveProperty('personDetails');
});

it('creates no link if the client is refused', async () => {
	const { error } = await run({ clientEmail: '={{ "nobody" }}' });
	expect(error?.httpCode).toBe('400');
	expect(calls.sent()).toHaveLength(1);
});

it('asks to look for the client if it is not known whether there is one', async () => {
	calls.simulator.faults.add({ kind: 'dropAfter', path: '/clients' });
	const { error } = await run();
	expect(error?.description).toMatch(/look for it.*Get Many/s);
	expect(calls.sent()).toHaveLength(1);
});

it.each([
	[{ kind: 'reply', status: 422 } as const, 'the link was not'],
	[{ kind: 'dropAfter' } as const, 'not known whether the link was'],
])('says that the client exists if the second half fails: %j', async (fault, words) => {
	calls.simulator.faults.add({ ...fault, path: '/flow/sessions' });
	const { error } = await run();
	const [{ id }] = calls.simulator.clients.list();
	expect(error?.message).toContain(`The client was created (ID ${id})`);
	expect(error?.message).toContain(words);
	expect(error?.description).toMatch(
		/Use Create with this client.*before you run this item again/s,
	);
});

describe("n8n's Retry On Fail", () => {
	const nodeSettings = { retryOnFail: true, maxTries: 3, waitBetweenTries: 0 };

	it('repeats the half that failed only', async () => {
		calls.simulator.faults.add({ kind: 'reply', status: 422, path: '/flow/sessions', times: 1 });
		const { items, error } = await run({}, { nodeSettings });
		expect(error).toBeUndefined();
		const [{ id }, ...others] = calls.simulator.clients.list();
		expect(others).toEqual([]);
		expect(items[0].json.clientId).toBe(id);
		expect(calls.sent().map(({ path }) => path)).toEqual([
			'/clients',
			'/flow/sessions',
			'/flow/sessions',
		]);
	});

	it('repeats neither half if the second is in doubt', async () => {
		calls.simulator.faults.add({ kind: 'dropAfter', path: '/flow/sessions', times: 1 });
		const { error } = await run({}, { nodeSettings });
		expect(error?.description).toContain('did not send this item again');
		expect(calls.sent()).toHaveLength(2);
	});

	it('repeats both halves if the client was refused', async () => {
		calls.simulator.faults.add({ kind: 'reply', status: 422, path: '/clients', times: 1 });
		const { items } = await run({}, { nodeSettings });
		expect(items).toHaveLength(1);
		expect(calls.sent().map(({ path }) => path)).toEqual([
			'/clients',
			'/clients',
			'/flow/sessions',
		]);
	});
});

it('pairs links with their items, halves too', async () => {
	const input = ['a', 'b', 'c'].map((name) => ({ name }));
	calls.simulator.faults.add({
		kind: 'reply',
		status: 422,
		path: '/flow/sessions',
		mentions: '/b',
	});
	const { items } = await run(
		{
			clientEmail: '={{ $json.name }}@example.com',
			successUrl: '=https://example.com/{{ $json.name }}',
		},
		{ input, onError: 'continueRegularOutput' },
	);
	expect(items.map(({ json, pairedItem }) => [typeof json.redirectUrl, pairedItem])).toEqual([
		['string', { item: 0 }],
		['undefined', { item: 1 }],
		['string', { item: 2 }],
	]);
	expect(items[1].json.error).toContain('The client was created');
});
