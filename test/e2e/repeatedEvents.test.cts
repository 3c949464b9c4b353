/** Whether an event runs its workflow once: over restarts, and without being in the way of tests and retries. */
import type { Execution } from '../../sandbox/n8n/execution.cts';
import type { WorkflowNode } from '../../sandbox/n8n/workflow.cts';
import { waitFor } from '../../sandbox/process/waitFor.cts';
import { Sandbox } from '../../sandbox/rig/sandbox.cts';
import { byId, chained, jsonOf, nextNode } from '../../sandbox/rig/workflows.cts';
import type { Delivery } from '../../simulator/deliveries.cts';
import { printFigure } from '../printFigure.cts';

/** Not an event that the workflow's own Complete would cause. */
const STARTED = 'workflow.session.started';
const TRIGGER = 'ComplyCube Trigger';
const EVENTS = 15;

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await Sandbox.start();
}, 900_000);
afterAll(async () => await sandbox?.stop());
beforeEach(() => {
	sandbox.simulator.reset();
	sandbox.simulator.settings.deliveryRetryDelaysMs = [];
});
afterEach(async () => await sandbox.unpublishAll());

const operation = (name: string, settings = {}) =>
	sandbox.complyCube(
		{ operation: name, workflowSessionId: byId('={{ $json.payload.id }}') },
		settings,
	);

/** Publishes a workflow of a trigger and the nodes after it. */
async function publish(after: WorkflowNode[], options = {}) {
	const node = sandbox.trigger({ events: [STARTED], options });
	const id = await sandbox.n8n.client.publish(chained([node, ...after]));
	return { id, node };
}

/** Delivers an event about each of the sessions, all at the same time. */
async function deliver(sessions: Array<{ id: string }>): Promise<Delivery[]> {
	const { deliveries } = sandbox.simulator;
	const sent = sessions.flatMap(({ id }) => deliveries.emit({ type: STARTED, payload: { id } }));
	await deliveries.settled();
	expect(sent.map(({ attempts }) => attempts[0].status)).toEqual(sessions.map(() => 200));
	return sent;
}

async function deliverAgain(sent: Delivery[]): Promise<void> {
	const { deliveries } = sandbox.simulator;
	const again = sent.map(({ id }) => deliveries.redeliver(id)!);
	await deliveries.settled();
	expect(again.map(({ attempts }) => attempts[0].status)).toEqual(sent.map(() => 200));
}

/** Waits for a number of executions, and reads them all, oldest first. */
async function readExecutions(workflowId: string, count: number): Promise<Execution[]> {
	const rows = await sandbox.waitForExecutions(workflowId, count);
	return await Promise.all(
		rows.map(async ({ id }) => await sandbox.n8n.client.getExecution(String(id))),
	);
}

/** Makes the store of a workflow's trigger hold so many names, each as long as those that n8n writes. */
async function fillStore(workflowId: string, names: number): Promise<void> {
	await sandbox.n8n.query(
		`WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ?)
		UPDATE processed_data SET value = json_object('mode', 'entries', 'data',
			(SELECT json_group_array(printf('%024d', n)) FROM numbers)) WHERE workflowId = ?`,
		names,
		workflowId,
	);
}

/** How many items each execution's trigger passed on. */
const passed = (executions: Execution[]) =>
	executions.map(({ data }) => data[TRIGGER]?.[0]?.length ?? 0);

it(`${EVENTS} events at once, each delivered again after each of two restarts: each session is completed once`, async () => {
	const sessions = sandbox.simulator.workflowSessions.seed({ count: EVENTS });
	const { id } = await publish([operation('complete')]);
	const sent = await deliver(sessions);
	await sandbox.waitForExecutions(id, EVENTS);
	for (const round of [2, 3]) {
		await sandbox.n8n.restart();
		await deliverAgain(sent);
		await sandbox.waitForExecutions(id, round * EVENTS);
	}
	const completed = sandbox.simulator.workflowSessions.list().map((s) => s.effects.complete);
	const executions = await readExecutions(id, 3 * EVENTS);
	printFigure(
		`${EVENTS} events at once, each delivered again after each of two restarts: ${executions.length} executions, ` +
			`${completed.filter((times) => times === 1).length} sessions completed once, ` +
			`${completed.filter((times) => times > 1).length} more than once`,
	);
	expect(completed).toEqual(Array(EVENTS).fill(1));
	expect(executions.map(({ status }) => status)).toEqual(executions.map(() => 'success'));
	// A repeat ends at the trigger
	const ran = executions.filter(({ data }) => 'ComplyCube' in data);
	expect(passed(ran)).toEqual(Array(EVENTS).fill(1));
	const ended = executions.filter((execution) => !ran.includes(execution));
	expect(passed(ended)).toEqual(Array(2 * EVENTS).fill(0));
});

it("is run each time if 'Ignore Repeated Events' is off", async () => {
	const sessions = sandbox.simulator.workflowSessions.seed();
	const { id } = await publish([], { ignoreRepeated: false });
	const sent = await deliver(sessions);
	await deliverAgain(sent);
	await sandbox.n8n.restart();
	await deliverAgain(sent);
	expect(passed(await readExecutions(id, 3))).toEqual([1, 1, 1]);
});

describe('an execution that failed', () => {
	const retries = (executions: Execution[]) => executions.filter(({ mode }) => mode === 'retry');

	it.each([false, true])(
		'is retried from the list of executions, with the workflow as it is now: %s',
		async (loadWorkflow) => {
			const sessions = sandbox.simulator.workflowSessions.seed();
			const { id } = await publish([operation('get')]);
			const fault = sandbox.simulator.faults.add({ kind: 'reply', status: 403, times: 1 });
			const sent = await deliver(sessions);
			const [failed] = await readExecutions(id, 1);
			expect([failed.status, fault.applied]).toEqual(['error', 1]);
			// A repeat does not run it again, a retry does
			await sandbox.n8n.restart();
			await deliverAgain(sent);
			await sandbox.waitForExecutions(id, 2);
			await sandbox.n8n.client.retryExecution(failed.id, loadWorkflow);
			const executions = await readExecutions(id, 3);
			expect(passed(executions.slice(0, 2))).toEqual([1, 0]);
			const [retry] = retries(executions);
			expect(retry.status).toBe('success');
			expect(jsonOf(retry.data.ComplyCube[0])).toEqual([
				expect.objectContaining({ id: sessions[0].id }),
			]);
		},
	);

	it('because n8n was killed is retried from its trigger, which has seen the event', async () => {
		const sessions = sandbox.simulator.workflowSessions.seed();
		sandbox.simulator.faults.add({ kind: 'silence', path: '/workflowSessions/:id' });
		const { id } = await publish([operation('get')]);
		await deliver(sessions);
		const reads = () =>
			sandbox.simulator.requests.filter(({ path }) => path.endsWith(sessions[0].id)).length;
		await waitFor(() => reads() > 0, 10_000);
		await sandbox.n8n.kill();
		sandbox.simulator.faults.clear();
		await sandbox.n8n.restart();
		const [crashed] = await sandbox.waitForExecutions(id, 1);
		expect(crashed.status).toBe('crashed');
		await sandbox.n8n.client.retryExecution(String(crashed.id), false);
		const [retry] = retries(await readExecutions(id, 2));
		expect(retry.status).toBe('success');
		expect(jsonOf(retry.data.ComplyCube[0])).toEqual([
			expect.objectContaining({ id: sessions[0].id }),
		]);
	});
});

describe('a test in the editor', () => {
	it('runs with an event that has started the published workflow before, as often as wanted', async () => {
		const sessions = sandbox.simulator.workflowSessions.seed();
		const { id, node } = await publish([nextNode('={{ $json }}')]);
		const [{ body }] = await deliver(sessions);
		await sandbox.waitForExecutions(id, 1);
		for (const round of [2, 3]) {
			await sandbox.n8n.client.listenForTestEvent(id, node.name);
			const test = sandbox.simulator.webhooks.list().find(({ url }) => url.includes('-test/'))!;
			const [again] = sandbox.simulator.deliveries.emit({ raw: body, webhookId: test.id });
			await sandbox.simulator.deliveries.settled();
			expect(again.attempts[0].status).toBe(200);
			const executions = await readExecutions(id, round);
			expect(executions.at(-1)).toMatchObject({ mode: 'manual', status: 'success' });
			expect(passed(executions)).toEqual(Array(round).fill(1));
			await waitFor(() => sandbox.simulator.webhooks.list().length === 1);
		}
	});

	it('runs with a pinned event, as often as wanted', async () => {
		const { id, node } = await publish([nextNode('={{ $json }}')]);
		const event = { id: 'event1', type: STARTED, payload: { id: 'session1' } };
		for (const _ of [1, 2]) {
			const { data, status } = await sandbox.n8n.client.runWorkflow(id, {
				triggerNode: node.name,
				triggerItem: event,
			});
			expect(status).toBe('success');
			expect(jsonOf(data.Next[0])).toEqual([event]);
		}
	});
});

it('a look into the store costs little, also when it is full', async () => {
	const ROUNDS = 15;
	const runs: Array<[string, object, number]> = [
		["with 'Ignore Repeated Events' off", { ignoreRepeated: false }, 0],
		['with an empty store', {}, 0],
		['with 1,000 events in the store, which is as many as it keeps', {}, 2_000],
		['with 10,000 events in the store', {}, 20_000],
	];
	const medians: number[] = [];
	for (const [how, options, names] of runs) {
		const { id } = await publish([], options);
		// The first event makes the trigger's row, and the trigger known to the process
		for (let round = 0; round <= ROUNDS; round++) {
			if (round > 0 && names > 0) await fillStore(id, names);
			await deliver(sandbox.simulator.workflowSessions.seed());
			await sandbox.waitForExecutions(id, round + 1);
		}
		const executions = await readExecutions(id, ROUNDS + 1);
		expect(passed(executions)).toEqual(Array(ROUNDS + 1).fill(1));
		const times = executions.slice(1).map((execution) => execution.times[TRIGGER]);
		medians.push(times.sort((a, b) => a - b)[(ROUNDS - 1) / 2]);
		printFigure(`the trigger's own time for an event, ${how}: ${medians.at(-1)} ms (median)`);
		await sandbox.unpublishAll();
	}
	const [without, , full] = medians;
	expect(full - without).toBeLessThan(100);
});
