/** The example "screen a list", with n8n's data tables, which it is made for: in the real n8n, and over its crashes. */
import type { Workflow, WorkflowNode } from '../../sandbox/n8n/workflow.cts';
import { waitFor } from '../../sandbox/process/waitFor.cts';
import type { Sandbox } from '../../sandbox/rig/sandbox.cts';
import { byId, jsonOf } from '../../sandbox/rig/workflows.cts';
import { printFigure } from '../printFigure.cts';
import { ExampleRig } from './exampleRig.cts';

const EXAMPLE = 'screen-a-list';
const TRIGGER = 'Every night';
const COLUMNS = [
	...['customerId', 'firstName', 'lastName', 'email', 'dateOfBirth'],
	...['checkId', 'outcome', 'problem'],
];

type Row = Record<string, unknown>;

let rig: ExampleRig;
let sandbox: Sandbox;
let tableId: string;
let tables = 0;
beforeAll(async () => {
	rig = await ExampleRig.start();
	({ sandbox } = rig);
}, 900_000);
afterAll(async () => await rig?.stop());
beforeEach(async () => {
	sandbox.simulator.reset();
	tables += 1;
	tableId = await sandbox.n8n.client.createDataTable(
		`People ${tables}`,
		Object.fromEntries(COLUMNS.map((column) => [column, 'string' as const])),
	);
});

const person = (number: number, changes: Row = {}): Row => ({
	customerId: `C-${number}`,
	firstName: 'Grace',
	lastName: `Hopper ${String.fromCharCode(64 + number)}`,
	email: `grace${number}@example.com`,
	...changes,
});

const tableNode = (name: string, parameters: Row): WorkflowNode => ({
	name,
	type: 'n8n-nodes-base.dataTable',
	typeVersion: 1,
	position: [450, 0],
	parameters: { resource: 'row', dataTableId: byId(tableId), ...parameters },
});

async function addRows(rows: Row[]): Promise<void> {
	const columns = { mappingMode: 'autoMapInputData', value: null };
	const { status } = await sandbox.run(rows, [
		tableNode('Insert', { operation: 'insert', columns }),
	]);
	expect(status).toBe('success');
}

/** Changes the row of a customer, as somebody does in the table. */
async function changeRow(customerId: string, value: Row): Promise<void> {
	const schema = COLUMNS.map((id) => ({ id, displayName: id, type: 'string', display: true }));
	const { status } = await sandbox.run(
		[{}],
		[
			tableNode('Update', {
				operation: 'update',
				filters: {
					conditions: [{ keyName: 'customerId', condition: 'eq', keyValue: customerId }],
				},
				columns: { mappingMode: 'defineBelow', value, schema },
			}),
		],
	);
	expect(status).toBe('success');
}

async function readRows(): Promise<Row[]> {
	const { data } = await sandbox.run(
		[{}],
		[tableNode('Get Rows', { operation: 'get', returnAll: true })],
	);
	return jsonOf(data['Get Rows'][0]).map((row) =>
		Object.fromEntries(COLUMNS.map((column) => [column, row[column]])),
	);
}

const filled = (): Workflow => rig.example(EXAMPLE, { tableId });

async function start(workflow = filled()): Promise<string> {
	const { id } = await sandbox.n8n.client.createWorkflow(workflow);
	return await sandbox.n8n.client.startWorkflow(id, { triggerNode: TRIGGER });
}

async function run(workflow = filled()): Promise<void> {
	const { status, error } = await sandbox.n8n.client.waitForExecution(
		await start(workflow),
		120_000,
	);
	expect([status, error]).toEqual(['success', undefined]);
}

/** How many checks each client has had, by the client's customer ID. */
function checksPerCustomer(): Record<string, number> {
	const checks = sandbox.simulator.checks.list();
	return Object.fromEntries(
		sandbox.simulator.clients
			.list()
			.map(({ id, metadata }) => [
				metadata?.customerId,
				checks.filter(({ clientId }) => clientId === id).length,
			]),
	);
}

it('writes an outcome to each row, or what the row lacks, and screens nobody twice', async () => {
	await addRows([
		person(1, { dateOfBirth: '1906-12-09' }),
		person(2, { lastName: 'attention' }),
		person(3, { email: undefined }),
		person(4, { email: 'not an address' }),
		person(5),
	]);
	await run();
	const written = (outcome: string) => ({ checkId: expect.any(String), outcome, problem: '' });
	const first = await readRows();
	expect(first).toEqual([
		expect.objectContaining(written('clear')),
		expect.objectContaining(written('attention')),
		expect.objectContaining({
			checkId: null,
			outcome: null,
			problem: 'Fill in customerId, firstName, lastName and email.',
		}),
		expect.objectContaining({
			checkId: null,
			outcome: null,
			problem: expect.stringContaining('email'),
		}),
		expect.objectContaining(written('clear')),
	]);
	expect(checksPerCustomer()).toEqual({ 'C-1': 1, 'C-2': 1, 'C-5': 1 });
	const [grace] = sandbox.simulator.clients
		.list()
		.filter(({ email }) => email === 'grace1@example.com');
	expect(grace.personDetails).toMatchObject({ dob: '1906-12-09' });

	// The next night nothing is sent for the rows that have an outcome
	await changeRow('C-3', { email: 'grace3@example.com' });
	await run();
	expect((await readRows()).map(({ outcome }) => outcome)).toEqual([
		...['clear', 'attention', 'clear', null, 'clear'],
	]);
	expect(checksPerCustomer()).toEqual({ 'C-1': 1, 'C-2': 1, 'C-3': 1, 'C-5': 1 });
});

it('does nothing with an empty table', async () => {
	await run();
	expect(sandbox.simulator.requests).toEqual([]);
});

it('goes on where it stopped: nobody is screened twice after two crashes of n8n', async () => {
	const { simulator, n8n } = sandbox;
	simulator.settings.processingMs = 60 * 60_000;
	await addRows([1, 2, 3].map((number) => person(number)));

	// The first crash comes between a check, which was charged, and the reply about it
	const lost = simulator.faults.add({
		kind: 'silence',
		method: 'POST',
		path: '/checks',
		processed: true,
	});
	await start();
	await waitFor(() => lost.applied > 0, 30_000);
	await n8n.kill();
	simulator.faults.clear();
	await n8n.restart();
	expect(await readRows()).toEqual([1, 2, 3].map(() => expect.objectContaining({ checkId: null })));
	expect(checksPerCustomer()).toEqual({ 'C-1': 1 });

	// The second one comes while the outcomes are awaited
	const id = await start();
	await waitFor(() => simulator.checks.list().length === 3, 60_000);
	await waitFor(async () => (await readRows()).every(({ checkId }) => checkId), 60_000);
	await n8n.kill();
	simulator.settings.processingMs = 0;
	await n8n.restart();
	await run();
	const rows = await readRows();
	expect(rows.map(({ outcome }) => outcome)).toEqual(['clear', 'clear', 'clear']);
	expect(rows.map(({ checkId }) => checkId).sort()).toEqual(
		simulator.checks
			.list()
			.map((check) => check.id)
			.sort(),
	);
	expect(checksPerCustomer()).toEqual({ 'C-1': 1, 'C-2': 1, 'C-3': 1 });
	expect((await n8n.client.getExecution(id)).status).toBe('crashed');
	const charged = simulator.requests.filter(
		({ method, path }) => method === 'POST' && path === '/v1/checks',
	);
	printFigure(`screen a list: 3 rows, 2 crashes of n8n, ${charged.length} checks started`);
	expect(charged).toHaveLength(3);
});

it('leaves a check that takes long to the next run', async () => {
	sandbox.simulator.settings.processingMs = 60 * 60_000;
	await addRows([person(1)]);
	const impatient = filled();
	const getOutcome = impatient.nodes.find(({ name }) => name === 'Get outcome')!;
	(getOutcome.parameters.options as { maxWait: number }).maxWait = 0.05;
	await run(impatient);
	expect(await readRows()).toEqual([
		expect.objectContaining({
			checkId: expect.any(String),
			outcome: null,
			problem: expect.stringMatching(/^The check is still 'pending'/),
		}),
	]);
	sandbox.simulator.settings.processingMs = 0;
	await run();
	expect(await readRows()).toEqual([expect.objectContaining({ outcome: 'clear', problem: '' })]);
	expect(checksPerCustomer()).toEqual({ 'C-1': 1 });
});

it('can be clicked through with its sample data, without a credential', async () => {
	const { status, data } = await rig.clickThrough(EXAMPLE, TRIGGER);
	expect(status).toBe('success');
	expect(Object.keys(data)).toEqual(
		expect.arrayContaining(['Write check ID', 'Write problem', 'Write outcome']),
	);
	expect(sandbox.simulator.requests).toEqual([]);
});
