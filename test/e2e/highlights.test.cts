/** Whether an execution can be found by what it was about. */
import type { WorkflowNode } from '../../sandbox/n8n/workflow.cts';
import { Sandbox } from '../../sandbox/rig/sandbox.cts';
import { byId, chained, manualWorkflow } from '../../sandbox/rig/workflows.cts';

const COMPLETED = 'workflow.session.completed';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await Sandbox.start();
}, 900_000);
afterAll(async () => await sandbox?.stop());
beforeEach(() => sandbox.simulator.reset());
afterEach(async () => await sandbox.unpublishAll());

/**
 * Finds executions as the filter "Highlighted data" of the list of executions does. The filter itself is only open to instances
 * with a licence, so this asks n8n's database what n8n would ask it.
 */
async function find(key: string, value: string): Promise<string[]> {
	const rows = await sandbox.n8n.query(
		'SELECT executionId FROM execution_metadata WHERE key = ? AND value = ? ORDER BY executionId',
		key,
		value,
	);
	return rows.map(({ executionId }) => String(executionId));
}

/** Everything that n8n stores with an execution to find it by. */
async function readHighlights(executionId: string | number): Promise<object> {
	const rows = await sandbox.n8n.query(
		'SELECT key, value FROM execution_metadata WHERE executionId = ?',
		executionId,
	);
	return Object.fromEntries(rows.map(({ key, value }) => [key, value]));
}

const seed = (count = 1) =>
	sandbox.simulator.workflowSessions.seed({ count, status: 'complete', entityName: 'Ada Example' });

/** Publishes a workflow of a trigger and the nodes after it. @returns The workflow's ID */
async function publish(parameters: object = {}, after: WorkflowNode[] = []): Promise<string> {
	return await sandbox.n8n.client.publish(chained([sandbox.trigger({ ...parameters }), ...after]));
}

/** Lets an event start an execution for each session. @returns The executions' IDs, in no particular order */
async function deliver(workflowId: string, sessions: ReturnType<typeof seed>): Promise<string[]> {
	for (const { id, clientId, outcome } of sessions) {
		const payload = { id, clientId, outcome, entityName: 'Ada Example' };
		sandbox.simulator.deliveries.emit({ type: COMPLETED, payload });
	}
	await sandbox.simulator.deliveries.settled();
	const rows = await sandbox.waitForExecutions(workflowId, sessions.length);
	expect(rows.map(({ status }) => status)).toEqual(sessions.map(() => 'success'));
	return rows.map(({ id }) => String(id));
}

it('finds the execution that the trigger started for a client', async () => {
	const sessions = seed(3);
	const executions = await deliver(await publish(), sessions);
	const found = await Promise.all(
		sessions.map(async ({ clientId }) => await find('complyCubeClientId', clientId)),
	);
	expect(found.flat().sort()).toEqual(executions.sort());
	for (const [i, [execution]] of found.entries()) {
		const { id, clientId } = sessions[i];
		expect(await readHighlights(execution)).toEqual({
			complyCubeClientId: clientId,
			complyCubeSessionId: id,
			complyCubeOutcome: 'clear',
		});
	}
});

it('finds nothing if that is turned off', async () => {
	const [session] = seed();
	const workflow = await publish({ options: { highlightIds: false } });
	const [execution] = await deliver(workflow, [session]);
	expect(await readHighlights(execution)).toEqual({});
});

const get = (requestOptions: object) =>
	sandbox.complyCube({
		operation: 'get',
		workflowSessionId: byId('={{ $json.id }}'),
		requestOptions,
	});

/** Runs a node manually. @returns The execution's ID */
async function run(node: WorkflowNode, input: Array<{ id: string }>): Promise<string> {
	const { id } = await sandbox.n8n.client.createWorkflow(manualWorkflow(input, [node]));
	return (await sandbox.n8n.client.runWorkflow(id)).id;
}

it('finds the execution of a node that highlights its first item', async () => {
	const [{ id, clientId }, other] = seed(2);
	const execution = await run(get({ highlightIds: true }), [{ id }, { id: other.id }]);
	expect(await find('complyCubeClientId', clientId)).toEqual([execution]);
	expect(await find('complyCubeSessionId', id)).toEqual([execution]);
	expect(await find('complyCubeSessionId', other.id)).toEqual([]);
});

it('finds the execution of a node that failed', async () => {
	const id = '5eb2b61e02df0a0008f1cf2b';
	const execution = await run(get({ highlightIds: true }), [{ id }]);
	expect(await find('complyCubeSessionId', id)).toEqual([execution]);
});

it('finds nothing of a node that is not asked to', async () => {
	const [{ id }] = seed();
	expect(await readHighlights(await run(get({}), [{ id }]))).toEqual({});
});
