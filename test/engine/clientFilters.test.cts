import { byId, ResourceCalls } from './resourceCalls.cts';
import { N8n } from './triggerCalls.cts';

const picked = (value: string) => ({ __rl: true, mode: 'list', value, cachedResultName: 'Name' });

describe.each([
	['workflowSession', 'filters'],
	['check', 'checkFilters'],
	['auditLog', 'auditLogFilters'],
] as const)("the filter by client of %s's Get Many", (resource, collection) => {
	let calls: ResourceCalls;
	beforeAll(async () => {
		calls = await ResourceCalls.start(resource);
	});
	beforeEach(() => calls.simulator.reset());
	afterAll(async () => await calls.simulator.close());

	const run = async (clientId: unknown) =>
		await calls.run({
			operation: 'getAll',
			parameters: { [collection]: { clientId } as never },
			input: [{ id: 'c1' }],
		});

	// As a workflow has it that was saved when this was a field for text
	it.each([picked('c1'), byId(' c1 '), byId('={{ $json.id }}'), 'c1', '={{ $json.id }}'])(
		'takes %j',
		async (clientId) => {
			const { error } = await run(clientId);
			expect(error?.message).toBeUndefined();
			expect(calls.sent()[0].query).toMatchObject({ clientId: 'c1' });
		},
	);

	it.each([byId('={{ $json.nothing }}'), '={{ $json.nothing }}', byId('={{ "" }}')])(
		"does not find everybody's for %j",
		async (clientId) => {
			const { error } = await run(clientId);
			expect([error?.message, calls.sent()]).toEqual(["The 'Client' filter is empty", []]);
		},
	);
});

describe("the trigger's filter by client", () => {
	let n8n: N8n;
	beforeAll(async () => {
		n8n = await N8n.start();
	});
	beforeEach(() => n8n.reset());
	afterAll(async () => await n8n.close());

	it.each([
		[picked('c1'), 1],
		[byId('c1, c3'), 2],
		[byId('={{ ["c1", "c2"] }}'), 2],
		['c1, c2', 2],
		['={{ "c3" }}', 1],
		[picked(''), 3],
		[byId('={{ undefined }}'), 0],
	])('passes for %j %i of three', async (clientIds, passing) => {
		await n8n.published({ filters: { clientIds } as never });
		for (const clientId of ['c1', 'c2', 'c3']) {
			const [{ id }] = n8n.simulator.workflowSessions.seed({ status: 'complete', clientId });
			await n8n.deliver({ id, type: 'workflow.session.completed', payload: { id, clientId } });
		}
		expect(n8n.runs).toHaveLength(passing);
	});
});
