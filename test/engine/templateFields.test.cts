import { byId, startSessionCalls, type ResourceCalls } from './resourceCalls.cts';
import { N8n } from './triggerCalls.cts';

let calls: ResourceCalls;
let n8n: N8n;
beforeAll(async () => {
	calls = await startSessionCalls();
	n8n = await N8n.start();
});
beforeEach(() => {
	calls.simulator.reset();
	n8n.reset();
});
afterAll(async () => {
	await calls.simulator.close();
	await n8n.close();
});

const picked = (value: string) => ({ __rl: true, mode: 'list', value, cachedResultName: 'Name' });

describe("Get Many's filter by template", () => {
	it.each([picked('t1'), byId(' t1 '), byId('={{ $json.id }}'), 't1', '={{ $json.id }}'])(
		'takes %j',
		async (workflowTemplateId) => {
			calls.simulator.workflowSessions.seed({ workflowTemplateId: 't1' });
			calls.simulator.workflowSessions.seed({ workflowTemplateId: 't2' });
			const { items } = await calls.run({
				operation: 'getAll',
				parameters: { filters: { workflowTemplateId } },
				input: [{ id: 't1' }],
			});
			expect(items.map(({ json }) => json.workflowTemplateId)).toEqual(['t1']);
		},
	);

	it.each([byId('={{ $json.nothing }}'), '={{ $json.nothing }}', byId('={{ "" }}')])(
		'does not find everything for %j',
		async (workflowTemplateId) => {
			const { error } = await calls.run({
				operation: 'getAll',
				parameters: { filters: { workflowTemplateId } },
			});
			expect(error?.message).toBe("The 'Workflow Template' filter is empty");
			expect(calls.sent()).toEqual([]);
		},
	);

	it.each([picked(''), byId('')])('is left out if it was left blank: %j', async (value) => {
		const { error } = await calls.run({
			operation: 'getAll',
			parameters: { filters: { workflowTemplateId: value } },
		});
		expect([error, calls.sent()[0].query]).toEqual([undefined, { page: '1', pageSize: '50' }]);
	});
});

describe("the trigger's filter by template", () => {
	const runsWith = async (workflowTemplateIds: unknown) => {
		await n8n.published({ filters: { workflowTemplateIds } as never });
		for (const workflowTemplateId of ['t1', 't2', 't3']) {
			const [{ id }] = n8n.simulator.workflowSessions.seed({
				status: 'complete',
				workflowTemplateId,
			});
			await n8n.deliver({ id, type: 'workflow.session.completed', payload: { id } });
		}
		return n8n.runs.length;
	};

	it.each([
		[picked('t1'), 1],
		[byId('t1, t3'), 2],
		[byId('={{ ["t1", "t2"] }}'), 2],
		['t1, t2', 2],
		['={{ "t3" }}', 1],
		[picked(''), 3],
		[byId(''), 3],
		[byId('={{ undefined }}'), 0],
	])('passes for %j %i of three', async (filter, passing) => {
		expect(await runsWith(filter)).toBe(passing);
	});

	it('has the list to pick from', async () => {
		const { methods } = n8n.process.trigger;
		expect(Object.keys(methods?.listSearch ?? {})).toEqual([
			'searchClients',
			'searchWorkflowTemplates',
		]);
	});
});
