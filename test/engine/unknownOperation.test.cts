import type { IDataObject } from 'n8n-workflow';
import { runNode, type OnError } from '../built/engine.cts';
import { byId, startSessionCalls, type ResourceCalls } from './resourceCalls.cts';

let calls: ResourceCalls;
beforeAll(async () => {
	calls = await startSessionCalls();
});
beforeEach(() => calls.simulator.reset());
afterAll(async () => await calls.simulator.close());

const run = async (parameters: IDataObject, onError?: OnError, input: IDataObject[] = [{}]) =>
	await runNode({
		parameters,
		input,
		onError,
		credential: {
			apiKey: calls.addKey(),
			baseUrl: calls.simulator.url,
			requestsPerSecond: 10_000,
		},
	});

describe('what there is not is named, with the nearest', () => {
	it.each([
		[
			{ resource: 'workflowSession', operation: 'getMany' },
			"There is no operation 'getMany' of Workflow Session. Did you mean 'getAll' (Get Many)?",
			'Choose one of: cancel, complete, get, getAll. Nothing was sent for this item.',
		],
		[
			{ resource: 'client', operation: 'Get' },
			"There is no operation 'Get' of Client. Did you mean 'get' (Get)?",
			'create, upsert, delete, get, getAll',
		],
		[
			{ resource: 'client', operation: 'get ' },
			"There is no operation 'get ' of Client. Did you mean 'get' (Get)?",
			'Nothing was sent',
		],
		[
			{ resource: 'client', operation: 'archive' },
			"There is no operation 'archive' of Client",
			'Nothing was sent',
		],
		[
			{ resource: 'workflow_session', operation: 'get' },
			"There is no resource 'workflow_session'. Did you mean 'workflowSession' (Workflow Session)?",
			'Choose one of: account, address, addressLookup,',
		],
		[
			{ resource: 'Workflow Session', operation: 'get' },
			"There is no resource 'Workflow Session'. Did you mean 'workflowSession' (Workflow Session)?",
			'Nothing was sent',
		],
		[
			{ resource: 'client', operation: 'getmany' },
			"There is no operation 'getmany' of Client. Did you mean 'getAll' (Get Many)?",
			'Nothing was sent',
		],
		[
			{ resource: 'client', operation: 'CREATE' },
			"There is no operation 'CREATE' of Client. Did you mean 'create' (Create)?",
			'Nothing was sent',
		],
		[
			{ resource: 'invoice', operation: 'get' },
			"There is no resource 'invoice'",
			'auditLog, check',
		],
		[{ resource: '', operation: 'get' }, "There is no resource ''", 'auditLog, check'],
	])('%j', async (parameters, message, description) => {
		const { error } = await run(parameters);
		expect(error?.message).toBe(message);
		expect(error?.description).toContain(description);
		expect(calls.sent()).toEqual([]);
	});
});

it.each([
	{ resource: '={{ "client" }}', operation: 'getAll' },
	{ resource: 'client', operation: '={{ "getAll" }}' },
])('%j, an expression where n8n allows none, is a text that there is not', async (parameters) => {
	const { error } = await run(parameters);
	expect(error?.message).toMatch(/^There is no (resource|operation) '{{ /);
	expect(calls.sent()).toEqual([]);
});

describe('every item is told, with its pairing', () => {
	const parameters = { resource: 'workflowSession', operation: 'getMany' };
	const message = expect.stringContaining("There is no operation 'getMany'");

	it('among the regular items', async () => {
		const { items } = await run(parameters, 'continueRegularOutput', [{ a: 1 }, { a: 2 }]);
		expect(items).toEqual(
			[0, 1].map((item) => ({
				json: {
					error: message,
					details: {
						param: 'operation',
						itemIndex: item,
						description: expect.stringContaining('Nothing was sent'),
					},
				},
				pairedItem: { item },
			})),
		);
	});

	it('on the error output, with the fields of the input', async () => {
		const { items, errorItems } = await run(parameters, 'continueErrorOutput', [
			{ a: 1 },
			{ a: 2 },
		]);
		expect(items).toEqual([]);
		expect(errorItems.map(({ json, pairedItem }) => [json.a, json.error, pairedItem])).toEqual([
			[1, message, { item: 0 }],
			[2, message, { item: 1 }],
		]);
	});
});

describe('an ID that is no text is called what it is', () => {
	it.each([
		[{ id: { id: 'x' } }, 'an object'],
		[{ id: ['x'] }, 'a list'],
		[{ id: [] }, 'a list'],
		[{ id: {} }, 'an object'],
		[{ id: true }, 'a boolean'],
	])('%j', async (item, kind) => {
		for (const operation of ['get', 'complete']) {
			const { error } = await calls.run({ operation, input: [item as IDataObject] });
			expect(error?.message).toBe(`The 'Workflow Session' parameter is ${kind}, not an ID`);
			expect(error?.description).toContain('the ID itself');
		}
		expect(calls.sent()).toEqual([]);
	});

	it('in a body, too', async () => {
		const parameters = { resource: 'check', operation: 'create', clientId: byId('={{ $json }}') };
		const { error } = await run(parameters, undefined, [{ id: 'x' }]);
		expect(error?.message).toBe("The 'Client' parameter is an object, not an ID");
	});

	it('and one that is not there is still empty', async () => {
		const { error } = await calls.run({ operation: 'get', input: [{ id: null }] });
		expect(error?.message).toBe("The 'Workflow Session' parameter is empty");
	});
});
