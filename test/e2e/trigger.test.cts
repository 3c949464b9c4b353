import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { StoredWorkflow, WorkflowNode } from '../../sandbox/n8n/workflow.cts';
import { waitFor } from '../../sandbox/process/waitFor.cts';
import { TEST_KEY } from '../../sandbox/rig/keys.cts';
import { Sandbox } from '../../sandbox/rig/sandbox.cts';
import { signedEvent } from '../../sandbox/rig/signedEvent.cts';
import { chained, jsonOf, TRIGGER_TYPE } from '../../sandbox/rig/workflows.cts';
import { FORGERY_KINDS } from '../../simulator/forgeries.cts';
import { Post } from '../../simulator/post.cts';
import { newSecret } from '../../simulator/signature.cts';
import type { WebhookView } from '../../simulator/webhooks.cts';
import { occurrencesOf } from '../occurrences.cts';
import { printFigure } from '../printFigure.cts';
import { byGeneration } from './byGeneration.cts';

const COMPLETED = 'workflow.session.completed';

let sandbox: Sandbox;
/** The address at which n8n can be reached. */
let base: string;
beforeAll(async () => {
	sandbox = await Sandbox.start();
	base = sandbox.n8n.url;
}, 900_000);
afterAll(async () => await sandbox?.stop());

const webhooks = () => sandbox.simulator.webhooks.list();
const calls = (method: string) =>
	sandbox.simulator.requests.filter((request) => request.method === method);
const address = ({ webhookId }: WorkflowNode, kind = 'webhook') =>
	`${base}/${kind}/${String(webhookId)}/webhook`;

function reset(): void {
	sandbox.simulator.reset();
	// A failed delivery is not repeated, and so switches its webhook off at once
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

/** Publishes a workflow of one trigger. */
async function publish(parameters = {}, name?: string): Promise<Published> {
	const node = sandbox.trigger(parameters);
	const { id } = await save(node, name);
	await sandbox.n8n.client.activate(id);
	return { id, node, webhook: webhooks().find(({ url }) => url === address(node))! };
}

const unpublishAll = async () => await sandbox.unpublishAll();

const waitForExecutions = async (workflowId: string, count: number) =>
	await sandbox.waitForExecutions(workflowId, count);

const succeeded = (mode = 'webhook') => expect.objectContaining({ status: 'success', mode });

/** Delivers one event. @returns The status of the reply; undefined if the webhook is switched off */
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

	it('has exactly one webhook, and none once it is unpublished', async () => {
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

	it('has a webhook for each of two workflows', async () => {
		const [one, other] = [await publish(), await publish()];
		expect(webhooks().map(({ url }) => url)).toEqual([address(one.node), address(other.node)]);
		await sandbox.n8n.client.deactivate(one.id);
		expect(webhooks().map(({ url }) => url)).toEqual([address(other.node)]);
		expect(await deliver(other.webhook.id)).toBe(200);
		expect(await waitForExecutions(other.id, 1)).toEqual([succeeded()]);
	});

	it('keeps one webhook when other events are chosen', async () => {
		const { id, node } = await publish();
		const events = ['check.failed'];
		const changed = { ...node, parameters: { events } };
		const { name, connections } = await sandbox.n8n.client.getWorkflow(id);
		await sandbox.n8n.client.updateWorkflow(id, { name, nodes: [changed], connections });
		await sandbox.n8n.client.activate(id);
		expect(webhooks()).toEqual([expect.objectContaining({ url: address(node), events })]);
	});

	it('leaves nothing behind after being published and unpublished 50 times', async () => {
		const workflows = await Promise.all(Array.from({ length: 5 }, () => save(sandbox.trigger())));
		let most = 0;
		for (let times = 0; times < 10; times++) {
			await Promise.all(workflows.map(({ id }) => sandbox.n8n.client.activate(id)));
			most = Math.max(most, webhooks().length);
			await Promise.all(workflows.map(({ id }) => sandbox.n8n.client.deactivate(id)));
		}
		printFigure(
			`5 workflows published and unpublished 10 times: ${webhooks().length} webhooks left, ${most} at most`,
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
		const [{ id, ...execution }, ...more] = await waitForExecutions(published.id, 1);
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
		expect(await waitForExecutions(id, 1)).toEqual([succeeded()]);
	});

	it('is rejected if it is forged, and ignored if it is repeated', async () => {
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
		// By now, any execution they had started would be there
		await sleep(1_000);
		expect(await waitForExecutions(id, 1)).toEqual([succeeded()]);
	});

	it.each(['application/octet-stream', 'application/x-www-form-urlencoded'])(
		'is verified by its bytes: %s',
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
			expect(await waitForExecutions(id, 1)).toEqual([succeeded()]);
		},
	);

	it('starts nothing if it is a form, which n8n parses itself', async () => {
		const { id, webhook } = await publish();
		const body = new FormData();
		body.append('type', COMPLETED);
		expect((await fetch(webhook.url, { method: 'POST', body })).status).toBe(401);
		// By now, any execution it had started would be there
		await sleep(1_000);
		expect(await waitForExecutions(id, 0)).toEqual([]);
	});
});

describe('listening for a test event', () => {
	beforeEach(reset);
	afterEach(unpublishAll);

	const testWebhook = (node: WorkflowNode) =>
		webhooks().find(({ url }) => url === address(node, 'webhook-test'));

	it('has a webhook of its own next to the published one until the event arrives', async () => {
		const { id, node, webhook: published } = await publish();
		await sandbox.n8n.client.listenForTestEvent(id, node.name);
		expect(webhooks()).toHaveLength(2);
		expect(testWebhook(node)?.secret).not.toBe(published.secret);
		expect(await deliver(testWebhook(node)!.id)).toBe(200);
		const [execution] = await waitForExecutions(id, 1);
		expect(execution).toEqual(succeeded('manual'));
		const { data } = await sandbox.n8n.client.getExecution(String(execution.id));
		expect(jsonOf(data[node.name][0])).toEqual([expect.objectContaining({ type: COMPLETED })]);
		await waitFor(() => webhooks().length === 1);
		expect(webhooks()).toEqual([published]);
		expect(await deliver(published.id)).toBe(200);
		expect(await waitForExecutions(id, 2)).toEqual([succeeded('manual'), succeeded()]);
	});

	it('continues after a forged event, and ends when it is cancelled', async () => {
		const node = sandbox.trigger();
		const { id } = await save(node);
		await sandbox.n8n.client.listenForTestEvent(id, node.name);
		const { id: webhookId } = testWebhook(node)!;
		sandbox.simulator.deliveries.forge({ kind: 'wrongSecret', webhookId });
		const [{ attempts }] = await sandbox.simulator.deliveries.settled();
		expect([attempts[0].status, webhooks().length]).toEqual([401, 1]);
		await sandbox.n8n.client.stopListening(id);
		await waitFor(() => webhooks().length === 0);
		expect([webhooks(), await waitForExecutions(id, 0)]).toEqual([[], []]);
	});
});

/** All at once, because each takes a quarter of a minute: n8n tries five times. */
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
		expect.stringMatching(
			new RegExp(
				`https addresses only, but n8n's address is ${new URL(address(notHttps)).origin}\\. .* N8N_WEBHOOK_URL .* a tunnel`,
			),
		),
	]);
	for (const reason of reasons) printFigure(`why it cannot be published: ${reason}`);
	expect(webhooks()).toHaveLength(20);
});

it('leaves the API key nowhere, and neither the secret nor a name in a log', async () => {
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
	const [execution] = await waitForExecutions(id, 1);
	const { data } = await sandbox.n8n.client.getExecution(String(execution.id));
	expect(JSON.stringify(data[node.name])).toContain('Quizzical');

	const log = ['n8nEventLog.log']
		.map((file) => readFileSync(`${sandbox.n8n.userFolder}/.n8n/${file}`, 'utf8'))
		.concat(sandbox.n8n.logs())
		.join('\n');
	expect(log.includes('could not be read (500)')).toBe(true);
	const occurrences = [webhook.secret, TEST_KEY, 'Quizzical'].map((text) =>
		occurrencesOf(text, log),
	);
	const places = await findColumns(webhook.secret);
	printFigure(`occurrences of secret, API key and name in the logs: ${occurrences.join(', ')}`);
	printFigure(`columns with the secret in the database: ${places.join(', ')}`);
	expect(occurrences).toEqual([0, 0, 0]);
	expect(sandbox.readEverythingWritten()).not.toContain(TEST_KEY);
	await unpublishAll();
	const left = await findColumns(webhook.secret);
	printFigure(`columns with the secret once unpublished: ${left.join(', ') || 'none'}`);
	expect(places).toContain('workflow_entity.staticData');
	expect(left).not.toContain('workflow_entity.staticData');
});

/** Searches n8n's database for a text. @returns The columns that contain it */
async function findColumns(text: string): Promise<string[]> {
	const columns = await sandbox.n8n.query(
		"SELECT m.name AS tableName, c.name AS columnName FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table'",
	);
	const selects = columns.map(
		({ tableName, columnName }) =>
			`SELECT '${tableName}.${columnName}' AS place FROM "${tableName}" WHERE instr(CAST("${columnName}" AS TEXT), ?1)`,
	);
	const places = new Set<string>();
	// sqlite allows at most 500 selects in a union
	for (let from = 0; from < selects.length; from += 400) {
		const sql = selects.slice(from, from + 400).join(' UNION ');
		for (const { place } of await sandbox.n8n.query(sql, text)) places.add(String(place));
	}
	return [...places].sort();
}

/** What goes wrong while n8n is down, and whether the webhook has to be replaced. */
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
		broken: 'deleted, while another one with the same URL exists',
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

/** The ways in which n8n sets up published triggers when it starts, and the environment variables for each. */
const STARTS = byGeneration<Array<[string, NodeJS.ProcessEnv]>>({
	'n8n 1': [['with its defaults', {}]],
	'n8n 2': [
		['with its defaults', {}],
		// As in n8n 1
		['without its publication service', { N8N_USE_WORKFLOW_PUBLICATION_SERVICE: 'false' }],
	],
});

describe.each(STARTS)('the start of n8n %s', (kind, env) => {
	const published = new Map<string, Published>();
	const own = ({ node }: Published) =>
		webhooks().filter(({ url }) => url.includes(String(node.webhookId)));

	const isRight = (one: Published) => {
		const [found, ...more] = own(one);
		return (
			found?.url === address(one.node) &&
			found.enabled &&
			found.events.join() === COMPLETED &&
			more.length === 0
		);
	};
	/** Sends an event signed with the webhook's secret. @returns The status of n8n's reply */
	const sendEvent = async (one: Published) => {
		const [found] = own(one);
		return found && (await new Post().send(signedEvent(found), 15_000)).status;
	};
	const works = async (one: Published) => isRight(one) && (await sendEvent(one)) === 200;
	const allWork = async () =>
		(await Promise.all([...published.values()].map(works))).every(Boolean);

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
		await waitFor(() => isRight(one), 10_000);
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
		const after = await waitForExecutions(one.id, before.length + (status === 200 ? 1 : 0));
		const started = after.length - before.length;
		printFigure(
			`repair, n8n ${kind}: ${broken}: ${found.length} webhook${list.map((it) => ` (${it})`).join('')}, ` +
				`an event gets ${status === undefined ? 'no reply' : `status ${status}`} and starts ${started}`,
		);
		expect([list, status, started]).toEqual([
			[`${replaced ? 'another' : 'the same'}, right URL, on, right events`],
			200,
			1,
		]);
	});

	it('creates no webhook that exists already', () => {
		const created = calls('POST').filter(({ path }) => path.endsWith('/webhooks'));
		expect(created).toHaveLength(REPAIRS.filter(({ replaced }) => replaced).length);
		expect(webhooks()).toHaveLength(REPAIRS.length);
	});

	it('recovers when ComplyCube cannot be reached for a while', async () => {
		const [one] = published.values();
		sandbox.simulator.faults.add({ kind: 'dropBefore' });
		sandbox.simulator.requests.length = 0;
		const failures = () => occurrencesOf('the webhook could not be checked', sandbox.n8n.logs());
		const before = failures();
		await sandbox.n8n.restart();
		// n8n may start one trigger after another
		expect(await waitFor(() => failures() > before, 90_000)).toBe(true);
		const failed = sandbox.simulator.requests.length;
		const meanwhile = await sendEvent(one);
		sandbox.simulator.faults.clear();
		const back = Date.now();
		const recovered = await waitFor(allWork, 40_000);
		printFigure(
			`ComplyCube unreachable when n8n ${kind} starts: ${failed} requests failed, an event in the meantime got status ${meanwhile}; ` +
				`${recovered ? `recovered ${((Date.now() - back) / 1_000).toFixed(1)} s after it was back` : 'not recovered 40 s after it was back'}, ` +
				`${webhooks().length} webhooks for ${published.size} workflows`,
		);
		expect([meanwhile, recovered, webhooks().length]).toEqual([200, true, published.size]);
	});

	it('tells ComplyCube when n8n has a new address', async () => {
		const before = webhooks().map(({ id }) => id);
		base = base.includes('localhost')
			? sandbox.n8n.url
			: sandbox.n8n.url.replace('127.0.0.1', 'localhost');
		await sandbox.n8n.restart({ WEBHOOK_URL: `${base}/` });
		// n8n 2 goes on with a publication that its end interrupted when its lease is over, after two minutes
		const recovered = await waitFor(allWork, 180_000);
		expect([recovered, webhooks().map(({ id }) => id)]).toEqual([true, before]);
	});
});
