import type { INodeExecutionData, IRun, WorkflowExecuteMode } from 'n8n-workflow';
import { N8n, type StoredWorkflow } from './triggerCalls.cts';
import n8nCore = require('n8n-core');

/** What n8n keeps of each node in its database, as its own DeduplicationHelper does. */
const database = new Map<string, Set<unknown>>();

let n8n: N8n;
beforeAll(async () => {
	n8n = await N8n.start();
});
beforeEach(() => {
	n8n.reset();
	database.clear();
});
afterAll(async () => await n8n.close());

const EVENT = { id: 'event1', type: 'workflow.session.completed', payload: { id: 'session1' } };
const FORMS = ['check.completed', 'check.completed.clear'];

/** Runs an execution that an event started. */
async function run(workflow: StoredWorkflow, json = EVENT, mode: WorkflowExecuteMode = 'webhook') {
	const execution = await n8n.carryOut(workflow, [{ json }], mode);
	expect(execution.status).toBe('success');
	return execution;
}

const warnings = () => n8n.log.filter(({ level }) => level !== 'debug');
const taskOf = ({ data }: IRun) => data.resultData.runData['ComplyCube Trigger'][0];
const outputOf = (execution: IRun) => taskOf(execution).data!.main;
const passedOn = (json = EVENT): INodeExecutionData[][] => [[{ json, pairedItem: { item: 0 } }]];

it('an event runs as before in an n8n without a store, and the log says that it was not looked up', async () => {
	const workflow = n8n.add();
	for (const _ of [1, 2]) expect(outputOf(await run(workflow))).toEqual(passedOn());
	expect(warnings().map(({ message }) => message)).toEqual(
		Array(2).fill(expect.stringContaining('without a look at whether it did so before')),
	);
	expect(JSON.stringify(n8n.log)).not.toContain('session1');
});

describe('with the store', () => {
	beforeAll(async () => {
		await n8nCore.DataDeduplicationService.init({
			async checkProcessedAndRecord(items: unknown[], scope: string, context: never) {
				const { node, workflow } = context as { node: { id: string }; workflow: { id: string } };
				const key = [scope, workflow.id, node.id].join();
				const kept = database.get(key) ?? new Set();
				database.set(key, kept);
				const processed = items.filter((item) => kept.has(item));
				for (const item of items) kept.add(item);
				return { new: items.filter((item) => !processed.includes(item)), processed };
			},
		} as never);
	});

	it('an event is passed on once, and its repeat ends the run at the trigger, with a hint', async () => {
		const workflow = n8n.add();
		const first = await run(workflow);
		expect(outputOf(first)).toEqual(passedOn());
		expect(taskOf(first).hints ?? []).toEqual([]);
		const second = await run(workflow);
		expect(outputOf(second)).toEqual([[]]);
		expect(taskOf(second).hints).toEqual([
			{ message: expect.stringContaining('Ignore Repeated Events'), location: 'outputPane' },
		]);
		expect(warnings()).toEqual([]);
	});

	it('after a restart it is still known', async () => {
		const workflow = n8n.add();
		await run(workflow);
		await n8n.restart();
		expect(outputOf(await run(workflow))).toEqual([[]]);
	});

	it('a repeat is not highlighted: nothing was done in its execution', async () => {
		const workflow = n8n.add();
		const event = { ...EVENT, payload: { id: '5eb2b61e02df0a0008f1cf2b' } };
		const [first, second] = [await run(workflow, event), await run(workflow, event)];
		expect(first.data.resultData.metadata).toEqual({ complyCubeSessionId: event.payload.id });
		expect(second.data.resultData.metadata).toBeUndefined();
	});

	it('a change in two forms is passed on once, also with a restart in between', async () => {
		const workflow = n8n.add({ events: FORMS });
		const payload = { id: 'c1', updatedAt: '2026-01-01T14:06:49.756Z' };
		await run(workflow, { id: 'e1', type: FORMS[1], payload });
		await n8n.restart();
		expect(outputOf(await run(workflow, { id: 'e2', type: FORMS[0], payload }))).toEqual([[]]);
	});

	it('another workflow gets the event as well', async () => {
		for (const workflow of [n8n.add(), n8n.add()]) {
			expect(outputOf(await run(workflow))).toEqual(passedOn());
		}
	});

	it.each<WorkflowExecuteMode>(['manual', 'retry'])(
		'an event that is known is passed on in a run of the mode %s',
		async (mode) => {
			const workflow = n8n.add();
			await run(workflow);
			for (const _ of [1, 2])
				expect(outputOf(await run(workflow, EVENT, mode))).toEqual(passedOn());
		},
	);

	it.each([false, '={{ "false" }}'])(
		'an event is passed on each time if the user wants that: %s',
		async (ignoreRepeated) => {
			const workflow = n8n.add({ options: { ignoreRepeated } });
			for (const _ of [1, 2]) expect(outputOf(await run(workflow))).toEqual(passedOn());
			expect(database.size).toBe(0);
		},
	);
});
