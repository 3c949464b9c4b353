import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { StoredWorkflow, WorkflowNode } from '../../sandbox/n8n/workflow.cts';
import { byGeneration } from './byGeneration.cts';
import { chained, jsonOf, TRIGGER_TYPE } from '../../sandbox/rig/workflows.cts';
import { signedEvent } from '../../sandbox/rig/signedEvent.cts';
import { TEST_KEY } from '../../sandbox/rig/keys.cts';
import { waitFor } from '../../sandbox/process/waitFor.cts';
import { FORGERY_KINDS } from '../../simulator/forgeries.cts';
import { Post } from '../../simulator/post.cts';
import { newSecret } from '../../simulator/signature.cts';
import type { WebhookView } from '../../simulator/webhooks.cts';
import { Sandbox } from '../../sandbox/rig/sandbox.cts';

const COMPLETED = 'workflow.session.completed';

let sandbox: Sandbox;
/** The address at which n8n is to be reached. */
let base: string;
beforeAll(async () => {
	sandbox = await Sandbox.start();
	base = sandbox.n8n.url;
}, 900_000);
afterAll(async () => await sandbox?.stop());

const print = (line: string) => process.stdout.write(`FIGURE ${line}\n`);
const webhooks = () => sandbox.simulator.webhooks.list();
const calls = (method: string) =>
	sandbox.simulator.requests.filter((request) => request.method === method);
const address = ({ webhookId }: WorkflowNode, kind = 'webhook') =>
	`${base}/${kind}/${String(webhookId)}/webhook`;

function reset(): void {
	sandbox.simulator.reset();
	// A delivery that is not received is not repeated, which switches its webhook off
	sandbox.simulator.settings.deliveryRetryDelaysMs = [];
}

async function save(node: WorkflowNode, name = 'Verified customers'): Promise<StoredWorkflow> {
	return await sandbox.n8n.client.createWorkflow(chained([node], name));
}

interface Published {
	id: string;
	node: WorkflowNode;
	webhook: WebhookView;
}

/** A published workflow with its webhook. */
async function publish(parameters = {}, name?: string): Promise<Published> {
	const node = sandbox.trigger(parameters);
	const { id } = await save(node, name);
	await sandbox.n8n.client.activate(id);
	return { id, node, webhook: webhooks().find(({ url }) => url === address(node))! };
}

async function unpublishAll(): Promise<void> {
	for (const { id, active } of await sandbox.n8n.client.listWorkflows()) {
		if (active) await sandbox.n8n.client.deactivate(id);
	}
}

/** The executions of a workflow, once there are so many and all have ended. */
async function executions(workflowId: string, count: number) {
	await waitFor(async () => {
		const rows = await sandbox.listExecutions(workflowId);
		return rows.length >= count && !rows.some(({ status }) => /new|running/.test(status));
	});
	return await sandbox.listExecutions(workflowId);
}

const succeeded = (mode = 'webhook') => expect.objectContaining({ status: 'success', mode });

/** Delivers one event and tells how it was answered; not at all if the webhook is off. */
async function deliver(webhookId: string, payload: object = { id: '5eb04fd3a2a3b4000806c8f1' }) {
	const [delivery] = sandbox.simulator.deliveries.emit({
		type: COMPLETED,
		payload: { ...payload },
		webhookId,
	});
	await sandbox.simulator.deliveries.settled();
	return delivery?.attempts.at(-1)?.status;
}

it('is loaded under its name', async () => {
	const types = await sandbox.n8n.client.listNodeTypes();
	expect(types.find(({ name }) => name === TRIGGER_TYPE)).toMatchObject({
		displayName: 'ComplyCube Trigger',
		group: ['trigger'],
		webhooks: [expect.objectContaining({ httpMethod: 'POST' })],
	});
});

describe('published', () => {
	beforeEach(reset);
	afterEach(unpublishAll);

	it('has exactly one webhook, and none when it is unpublished', async () => {
		const { id, node } = await publish({ events: [COMPLETED, 'check.failed'] });
		expect(webhooks()).toEqual([
			expect.objectContaining({
				url: address(node),
				enabled: true,
				events: [COMPLETED, 'check.failed'],
				description: expect.stringContaining('"Verified customers"'),
			}),
		]);
		await sandbox.n8n.client.deactivate(id);
		expect(webhooks()).toEqual([]);
	});

	it('two workflows have two', async () => {
		const [one, other] = [await publish(), await publish()];
		expect(webhooks().map(({ url }) => url)).toEqual([address(one.node), address(other.node)]);
		await sandbox.n8n.client.deactivate(one.id);
		expect(webhooks().map(({ url }) => url)).toEqual([address(other.node)]);
		expect(await deliver(other.webhook.id)).toBe(200);
		expect(await executions(other.id, 1)).toEqual([succeeded()]);
	});

	it('a changed choice of events is one webhook with the new choice', async () => {
		const { id, node } = await publish();
		const events = ['check.failed'];
		const changed = { ...node, parameters: { events } };
		const { name, connections } = await sandbox.n8n.client.getWorkflow(id);
		await sandbox.n8n.client.updateWorkflow(id, { name, nodes: [changed], connections });
		await sandbox.n8n.client.activate(id);
		expect(webhooks()).toEqual([expect.objectContaining({ url: address(node), events })]);
	});

	it('50 times published and unpublished: nothing is left behind', async () => {
		const workflows = await Promise.all(Array.from({ length: 5 }, () => save(sandbox.trigger())));
		let most = 0;
		for (let times = 0; times < 10; times++) {
			await Promise.all(workflows.map(({ id }) => sandbox.n8n.client.activate(id)));
			most = Math.max(most, webhooks().length);
			await Promise.all(workflows.map(({ id }) => sandbox.n8n.client.deactivate(id)));
		}
		print(
			`5 workflows 10 times published and unpublished: ${webhooks().length} webhooks left, ${most} at most`,
		);
		expect([calls('POST').length, calls('DELETE').length]).toEqual([50, 50]);
		expect([most, webhooks().length]).toEqual([5, 0]);
	});
});

describe('an event', () => {
	beforeEach(reset);
	afterEach(unpublishAll);

	it.each([false, true])('starts one execution, with the session: %s', async (fetchResource) => {
		sandbox.simulator.settings.processingMs = 0;
		const published = await publish({ options: { fetchResource } });
		const [session] = sandbox.simulator.workflowSessions.seed({ status: 'processing' });
		await waitFor(() => sandbox.simulator.deliveries.list().length > 0);
		await sandbox.simulator.deliveries.settled();
		const [{ id, ...execution }, ...more] = await executions(published.id, 1);
		expect([execution, more]).toEqual([succeeded(), []]);
		const { data } = await sandbox.n8n.client.getExecution(String(id));
		const items = jsonOf(data['ComplyCube Trigger'][0]);
		const payload = expect.objectContaining({ id: session.id, outcome: 'clear' });
		expect(items).toEqual([expect.objectContaining({ type: COMPLETED, payload })]);
		expect(items[0].resource).toEqual(
			fetchResource
				? expect.objectContaining({ id: session.id, allRelatedChecks: expect.any(Array) })
				: undefined,
		);
	});

	it('starts nothing if it is filtered out', async () => {
		const { id, webhook } = await publish({ filters: { outcomes: ['attention'] } });
		expect(await deliver(webhook.id, { id: 'a', outcome: 'clear' })).toBe(200);
		expect(await deliver(webhook.id, { id: 'b', outcome: 'attention' })).toBe(200);
		expect(await executions(id, 1)).toEqual([succeeded()]);
	});

	it('is refused if it is forged, and ignored if it is repeated', async () => {
		const { id, webhook } = await publish();
		const [genuine] = sandbox.simulator.deliveries.emit({ type: COMPLETED, webhookId: webhook.id });
		await sandbox.simulator.deliveries.settled();
		const event = JSON.parse(genuine.body) as { type: string };
		for (const kind of FORGERY_KINDS) {
			sandbox.simulator.deliveries.forge({ kind, webhookId: webhook.id, event });
		}
		sandbox.simulator.deliveries.redeliver(genuine.id);
		const statuses = (await sandbox.simulator.deliveries.settled()).map(
			({ forged, attempts: [{ status }] }) => [forged ?? 'genuine', status],
		);
		expect(statuses).toEqual([
			['genuine', 200],
			...FORGERY_KINDS.map((kind) => [kind, 401]),
			['genuine', 200],
		]);
		// Whatever they might have started would be there by now
		await sleep(1_000);
		expect(await executions(id, 1)).toEqual([succeeded()]);
	});

	it.each(['application/octet-stream', 'application/x-www-form-urlencoded'])(
		'is taken by its bytes: %s',
		async (type) => {
			const { id, webhook } = await publish();
			const { url, body, headers } = signedEvent(webhook);
			const post = new Post();
			const statuses = [];
			for (const signature of [{}, headers]) {
				const message = { url, body, headers: { ...signature, 'content-type': type } };
				statuses.push((await post.send(message, 10_000)).status);
			}
			post.cut();
			expect(statuses).toEqual([401, 200]);
			expect(await executions(id, 1)).toEqual([succeeded()]);
		},
	);

	it('starts nothing as a form, which n8n takes apart itself', async () => {
		const { id, webhook } = await publish();
		const body = new FormData();
		body.append('type', COMPLETED);
		expect((await fetch(webhook.url, { method: 'POST', body })).status).toBe(401);
		// Whatever it might have started would be there by now
		await sleep(1_000);
		expect(await executions(id, 0)).toEqual([]);
	});
});

describe('listening for a test event', () => {
	beforeEach(reset);
	afterEach(unpublishAll);

	const testWebhook = (node: WorkflowNode) =>
		webhooks().find(({ url }) => url === address(node, 'webhook-test'));

	it('has a webhook of its own beside the published one, till the event is there', async () => {
		const { id, node, webhook: published } = await publish();
		await sandbox.n8n.client.listenForTestEvent(id, node.name);
		expect(webhooks()).toHaveLength(2);
		expect(testWebhook(node)?.secret).not.toBe(published.secret);
		expect(await deliver(testWebhook(node)!.id)).toBe(200);
		const [execution] = await executions(id, 1);
		expect(execution).toEqual(succeeded('manual'));
		const { data } = await sandbox.n8n.client.getExecution(String(execution.id));
		expect(jsonOf(data[node.name][0])).toEqual([expect.objectContaining({ type: COMPLETED })]);
		await waitFor(() => webhooks().length === 1);
		expect(webhooks()).toEqual([published]);
		expect(await deliver(published.id)).toBe(200);
		expect(await executions(id, 2)).toEqual([succeeded('manual'), succeeded()]);
	});

	it('goes on after a forged event, and ends when it is cancelled', async () => {
		const node = sandbox.trigger();
		const { id } = await save(node);
		await sandbox.n8n.client.listenForTestEvent(id, node.name);
		const { id: webhookId } = testWebhook(node)!;
		sandbox.simulator.deliveries.forge({ kind: 'wrongSecret', webhookId });
		const [{ attempts }] = await sandbox.simulator.deliveries.settled();
		expect([attempts[0].status, webhooks().length]).toEqual([401, 1]);
		await sandbox.n8n.client.stopListening(id);
		await waitFor(() => webhooks().length === 0);
		expect([webhooks(), await executions(id, 0)]).toEqual([[], []]);
	});
});

/** Each takes a quarter of a minute, as n8n tries five times: all at once. */
it('says why it cannot be published', async () => {
	reset();
	const { client } = sandbox.n8n;
	const failure = async (node: WorkflowNode) => {
		const { id } = await save(node);
		const reason = await client.activate(id).catch((error: Error) => error.message);
		await client.deactivate(id);
		return reason;
	};
	const withCredential = async (data: object) =>
		sandbox.trigger(
			{},
			await client.createCredential('Other', 'complyCubeApi', { apiKey: TEST_KEY, ...data }),
		);
	const full = sandbox.trigger();
	const wrongKey = await withCredential({ baseUrl: sandbox.simulator.url, apiKey: 'test_wrong' });
	const notHttps = await withCredential({ baseUrl: 'https://api.example.com/v1' });
	sandbox.simulator.webhooks.seed({ count: 20 });
	const reasons = await Promise.all([full, wrongKey, notHttps].map(failure));
	expect(reasons).toEqual([
		expect.stringContaining('ComplyCube allows 20 webhooks, and this account has 20'),
		expect.stringContaining('Authorization failed: ComplyCube did not accept the API key'),
		expect.stringContaining(
			`ComplyCube delivers events to https addresses only, but n8n's address is ${address(notHttps)}`,
		),
	]);
	for (const reason of reasons) print(`not published: ${reason}`);
	expect(webhooks()).toHaveLength(20);
});

it('leaves the API key nowhere, and neither the secret nor a name in any log', async () => {
	reset();
	const { id, node, webhook } = await publish({ options: { fetchResource: true } });
	const [session] = sandbox.simulator.workflowSessions.seed({
		status: 'complete',
		entityName: 'Xenia Quizzical',
	});
	expect(await deliver(webhook.id, { id: session.id })).toBe(200);
	sandbox.simulator.deliveries.forge({ kind: 'wrongSecret', webhookId: webhook.id });
	sandbox.simulator.faults.add({ kind: 'reply', status: 500, body: { json: session } });
	expect(await deliver(webhook.id, { id: session.id })).toBe(503);
	const [execution] = await executions(id, 1);
	const { data } = await sandbox.n8n.client.getExecution(String(execution.id));
	expect(JSON.stringify(data[node.name])).toContain('Quizzical');

	const log = ['n8nEventLog.log']
		.map((file) => readFileSync(`${sandbox.n8n.userFolder}/.n8n/${file}`, 'utf8'))
		.concat(sandbox.n8n.logs())
		.join('\n');
	expect(log.includes('could not be read (500)')).toBe(true);
	const occurrences = [webhook.secret, TEST_KEY, 'Quizzical'].map(
		(text) => log.split(text).length - 1,
	);
	const places = await placesOf(webhook.secret);
	print(`occurrences of secret, API key and name in the logs: ${occurrences.join(', ')}`);
	print(`places of the secret in the database: ${places.join(', ')}`);
	expect(occurrences).toEqual([0, 0, 0]);
	expect(sandbox.readEverythingWritten()).not.toContain(TEST_KEY);
	await unpublishAll();
	const left = await placesOf(webhook.secret);
	print(`places of the secret once unpublished: ${left.join(', ') || 'none'}`);
	expect(places).toContain('workflow_entity.staticData');
	expect(left).not.toContain('workflow_entity.staticData');
});

/** Columns of n8n's database that a text is found in. */
async function placesOf(text: string): Promise<string[]> {
	const columns = await sandbox.n8n.query(
		"SELECT m.name AS tableName, c.name AS columnName FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table'",
	);
	const selects = columns.map(
		({ tableName, columnName }) =>
			`SELECT '${tableName}.${columnName}' AS place FROM "${tableName}" WHERE instr(CAST("${columnName}" AS TEXT), ?1)`,
	);
	const places = new Set<string>();
	// sqlite joins at most 500 selects
	for (let from = 0; from < selects.length; from += 400) {
		const sql = selects.slice(from, from + 400).join(' UNION ');
		for (const { place } of await sandbox.n8n.query(sql, text)) places.add(String(place));
	}
	return [...places].sort();
}

/** What goes wrong while n8n is down, and whether the webhook has to be another one afterwards. */
const REPAIRS: Array<{
	broken: string;
	breakIt: (published: Published) => unknown;
	replaced: boolean;
}> = [
	{
		broken: 'switched off after failed deliveries',
		breakIt: async ({ webhook }) => await deliver(webhook.id),
		replaced: false,
	},
	{
		broken: 'events changed',
		breakIt: ({ webhook: { id } }) =>
			sandbox.simulator.webhooks.change(id, { events: ['client.created'] }),
		replaced: false,
	},
	{
		broken: 'URL changed',
		breakIt: ({ webhook: { id } }) =>
			sandbox.simulator.webhooks.change(id, { url: 'https://example.com' }),
		replaced: false,
	},
	{
		broken: 'deleted',
		breakIt: ({ webhook: { id } }) => sandbox.simulator.webhooks.remove(id),
		replaced: true,
	},
	{
		broken: 'deleted, and another one with the same URL left over',
		breakIt: ({ webhook: { id, url } }) => {
			sandbox.simulator.webhooks.remove(id);
			sandbox.simulator.webhooks.seed({ url, events: [COMPLETED], secret: newSecret() });
		},
		replaced: true,
	},
	{
		broken: 'secret lost',
		breakIt: async ({ id }) =>
			await sandbox.n8n.query('UPDATE workflow_entity SET staticData = NULL WHERE id = ?', id),
		replaced: true,
	},
	{ broken: 'nothing', breakIt: () => undefined, replaced: false },
];

/** Ways in which an n8n comes to its published triggers when it starts, and the environment for each. */
const STARTS = byGeneration<Array<[string, NodeJS.ProcessEnv]>>({
	'n8n 1': [['as it is', {}]],
	'n8n 2': [
		['as it is', {}],
		// As n8n 1 does, by choice
		['that looks after its triggers', { N8N_USE_WORKFLOW_PUBLICATION_SERVICE: 'false' }],
	],
});

describe.each(STARTS)('the start of an n8n %s', (kind, env) => {
	const published = new Map<string, Published>();
	const own = ({ node }: Published) =>
		webhooks().filter(({ url }) => url.includes(String(node.webhookId)));

	const asItHasToBe = (one: Published) => {
		const [found, ...more] = own(one);
		return (
			found?.url === address(one.node) &&
			found.enabled &&
			found.events.join() === COMPLETED &&
			more.length === 0
		);
	};
	/** How n8n answers an event signed by the webhook that there is. */
	const answers = async (one: Published) => {
		const [found] = own(one);
		return found && (await new Post().send(signedEvent(found), 15_000)).status;
	};
	const isWell = async (one: Published) => asItHasToBe(one) && (await answers(one)) === 200;
	const areAllWell = async () =>
		(await Promise.all([...published.values()].map(isWell))).every(Boolean);

	beforeAll(async () => {
		await unpublishAll();
		reset();
		for (const { broken } of REPAIRS) published.set(broken, await publish({}, broken));
		await sandbox.n8n.restart(env, async () => {
			for (const { broken, breakIt } of REPAIRS) await breakIt(published.get(broken)!);
			sandbox.simulator.requests.length = 0;
		});
	});

	test.each(REPAIRS)('$broken', async ({ broken, replaced }) => {
		const one = published.get(broken)!;
		await waitFor(() => asItHasToBe(one), 10_000);
		const found = own(one);
		const list = found.map(({ id, url, enabled, events }) =>
			[
				id === one.webhook.id ? 'the same' : 'another',
				url === address(one.node) ? 'right URL' : 'wrong URL',
				enabled ? 'on' : 'off',
				events.join() === COMPLETED ? 'right events' : 'wrong events',
			].join(', '),
		);
		const before = await sandbox.listExecutions(one.id);
		const status = found.length > 0 ? await deliver(found[0].id) : undefined;
		const after = await executions(one.id, before.length + (status === 200 ? 1 : 0));
		const started = after.length - before.length;
		print(
			`repair, n8n ${kind}: ${broken} -> ${found.length} webhook${list.map((it) => ` (${it})`).join('')}, ` +
				`an event is answered ${status ?? 'by nobody'} and starts ${started}`,
		);
		expect([list, status, started]).toEqual([
			[`${replaced ? 'another' : 'the same'}, right URL, on, right events`],
			200,
			1,
		]);
	});

	it('creates none that is there', () => {
		const created = calls('POST').filter(({ path }) => path.endsWith('/webhooks'));
		expect(created).toHaveLength(REPAIRS.filter(({ replaced }) => replaced).length);
		expect(webhooks()).toHaveLength(REPAIRS.length);
	});

	it('goes well when ComplyCube cannot be reached for a while', async () => {
		const [one] = published.values();
		sandbox.simulator.faults.add({ kind: 'dropBefore' });
		sandbox.simulator.requests.length = 0;
		const givenUp = () => sandbox.n8n.logs().split('the webhook could not be checked').length - 1;
		const before = givenUp();
		await sandbox.n8n.restart();
		// n8n may start one trigger after the other
		expect(await waitFor(() => givenUp() > before, 90_000)).toBe(true);
		const failed = sandbox.simulator.requests.length;
		const meanwhile = await answers(one);
		sandbox.simulator.faults.clear();
		const back = Date.now();
		const well = await waitFor(areAllWell, 40_000);
		print(
			`ComplyCube not there when n8n ${kind} starts: ${failed} requests failed, an event meanwhile answered ${meanwhile}; ` +
				`${well ? `well ${((Date.now() - back) / 1_000).toFixed(1)} s after it is back` : 'not well 40 s after it is back'}, ` +
				`${webhooks().length} webhooks for ${published.size} workflows`,
		);
		expect([meanwhile, well, webhooks().length]).toEqual([200, true, published.size]);
	});

	it('tells ComplyCube when the address of n8n has changed', async () => {
		const before = webhooks().map(({ id }) => id);
		base = base.includes('localhost')
			? sandbox.n8n.url
			: sandbox.n8n.url.replace('127.0.0.1', 'localhost');
		await sandbox.n8n.restart({ WEBHOOK_URL: `${base}/` });
		const well = await waitFor(areAllWell, 60_000);
		expect([well, webhooks().map(({ id }) => id)]).toEqual([true, before]);
	});
});
