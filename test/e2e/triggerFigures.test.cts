import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { WorkflowNode } from '../../sandbox/n8nClient.cts';
import { FORGERY_KINDS } from '../simulator/forgeries.cts';
import { Lane } from '../simulator/lane.cts';
import { Post, type Message } from '../simulator/post.cts';
import { newSecret } from '../simulator/signature.cts';
import { Sandbox, signedEvent, until } from './sandbox.cts';

/** Figures of the trigger that the README names; each test prints its own. */
let sandbox: Sandbox;
beforeAll(async () => {
	// As it is when nobody looks for anything
	sandbox = await Sandbox.start({ N8N_LOG_LEVEL: 'info' });
}, 900_000);
afterAll(async () => await sandbox?.stop());

const print = (line: string) => process.stdout.write(`FIGURE ${line}\n`);

const percentile = (values: number[], share: number) =>
	[...values].sort((a, b) => a - b)[Math.ceil(values.length * share) - 1];
const median = (values: number[]) => percentile(values, 0.5);
const now = () => performance.timeOrigin + performance.now();

interface Published {
	id: string;
	/** Makes a delivery that the workflow accepts. */
	message: () => Message;
}

async function publish(node: WorkflowNode): Promise<string> {
	const { client } = sandbox.n8n;
	const settings = { executionOrder: 'v1' };
	const { id } = await client.createWorkflow({
		name: 'F',
		nodes: [node],
		connections: {},
		settings,
	});
	await client.activate(id);
	return id;
}

async function publishTrigger(): Promise<Published & { webhookId: string }> {
	const node = sandbox.trigger();
	const id = await publish(node);
	const webhook = sandbox.simulator.webhooks
		.list()
		.find(({ url }) => url.includes(String(node.webhookId)))!;
	return { id, webhookId: webhook.id, message: () => signedEvent(webhook) };
}

/** n8n's own Webhook node, which gets the same deliveries. */
async function publishWebhook(parameters: object): Promise<Published> {
	const path = randomUUID();
	const id = await publish({
		id: randomUUID(),
		webhookId: path,
		name: 'Webhook',
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2.1,
		position: [0, 0],
		parameters: { httpMethod: 'POST', path, ...parameters },
	});
	const webhook = { url: `${sandbox.n8n.url}/webhook/${path}`, secret: newSecret() };
	return { id, message: () => signedEvent(webhook) };
}

/** The executions of a workflow, once none is under way. */
async function executions(workflowId: string, count: number) {
	const ended = async () => {
		const rows = await sandbox.executions(workflowId);
		return rows.length >= count && rows.every(({ status }) => !/new|running/.test(status));
	};
	await until(ended, 30_000);
	return await sandbox.executions(workflowId);
}

it('200 events, 50 of them delivered twice: 200 executions', async () => {
	const { id, webhookId } = await publishTrigger();
	const { deliveries, settings } = sandbox.simulator;
	expect(settings.deliveriesAtOnce).toBe(10);
	for (let number = 0; number < 200; number++) {
		const [delivery] = deliveries.emit({ type: 'workflow.session.completed', webhookId });
		// Right after it, so that n8n has both at the same time
		if (number % 4 === 0) deliveries.redeliver(delivery.id);
	}
	const done = await deliveries.settled();
	const received = done.filter(({ attempts }) => attempts[0].status === 200).length;
	const rows = await executions(id, 200);
	const succeeded = rows.filter(({ status }) => status === 'success').length;
	print(
		`200 events, 50 of them twice, 10 at a time: ${done.length} deliveries, ${received} answered 200, ` +
			`${rows.length} executions, ${succeeded} of them successful`,
	);
	expect([done.length, received, rows.length, succeeded]).toEqual([250, 250, 200, 200]);
});

it('1,000 forged deliveries: 1,000 refusals', async () => {
	const { id, webhookId, message } = await publishTrigger();
	sandbox.simulator.deliveries.clear();
	sandbox.simulator.settings.deliveriesAtOnce = 1;
	for (let number = 0; number < 1_000; number++) {
		const kind = FORGERY_KINDS[number % FORGERY_KINDS.length];
		sandbox.simulator.deliveries.forge({ kind, webhookId });
	}
	const attempts = (await sandbox.simulator.deliveries.settled()).map((done) => done.attempts[0]);
	const refused = attempts.filter(({ status }) => status === 401).length;
	const times = attempts.map(({ durationMs }) => durationMs);

	// n8n reads the body before the node does, and so refuses by itself what it cannot read
	const post = new Post();
	const broken = { ...message(), body: Buffer.from('{"id":"a') };
	const unreadable = (await post.send(broken, 15_000)).status;
	await sleep(1_000);
	const rows = await sandbox.executions(id);
	print(
		`1,000 forged deliveries of ${FORGERY_KINDS.length} kinds, one at a time: ${refused} answered 401, ` +
			`${1_000 - refused} otherwise, ${rows.length} executions; refused within ${percentile(times, 0.5)} ms (p50), ` +
			`${percentile(times, 0.95)} ms (p95). A body that is no JSON: ${unreadable}, from n8n itself`,
	);
	expect([attempts.length, refused, rows.length, unreadable]).toEqual([1_000, 1_000, 0, 422]);
});

describe("against n8n's own Webhook node", () => {
	const WARM_UP = 10;
	const SINGLE = 250;
	const ROUNDS = 3;
	const names = ['trigger', 'Webhook node', 'Webhook node with an expression'] as const;
	let lanes: Published[];
	beforeAll(async () => {
		lanes = [
			await publishTrigger(),
			await publishWebhook({}),
			// n8n gives every webhook its machinery for expressions, but for a Webhook node without any
			await publishWebhook({ options: { responseData: '={{ "received" }}' } }),
		];
	});

	/** Of the first lane to another. */
	const ratio = (values: number[], other: number) => (values[0] / values[other]).toFixed(2);

	it('the time to the start of the execution, and to the answer', async () => {
		const post = new Post();
		const sent: number[][] = lanes.map(() => []);
		const answered: number[][] = lanes.map(() => []);
		for (let number = 0; number < WARM_UP + SINGLE; number++) {
			for (const [lane, { message }] of lanes.entries()) {
				const delivery = message();
				const start = now();
				const { status } = await post.send(delivery, 15_000);
				answered[lane].push(now() - start);
				sent[lane].push(start);
				expect(status).toBe(200);
				// The execution goes on after the answer
				await sleep(10);
			}
		}
		const started = await Promise.all(
			lanes.map(async ({ id }, lane) => {
				const rows = await executions(id, sent[lane].length);
				expect(rows).toHaveLength(sent[lane].length);
				return rows.map(({ startedAt }, i) => Date.parse(`${startedAt}Z`) - sent[lane][i]);
			}),
		);
		const medians = (values: number[][]) => values.map((all) => median(all.slice(WARM_UP)));
		const [toStart, toAnswer] = [medians(started), medians(answered)];
		for (const [what, values] of [
			['start of the execution', toStart],
			['answer', toAnswer],
		] as const) {
			print(
				`delivery to ${what}, medians of ${SINGLE}, in turn: ` +
					names.map((name, lane) => `${name} ${values[lane].toFixed(1)} ms`).join(', ') +
					`; ratios ${ratio(values, 1)} and ${ratio(values, 2)}`,
			);
			// What the node itself adds; the rest is n8n's, which spares only its own Webhook node
			expect(values[0] / values[2]).toBeLessThan(1.5);
		}
	});

	it('deliveries per second', async () => {
		const post = new Post();
		const rates: number[][] = lanes.map(() => []);
		const before = await Promise.all(lanes.map(async ({ id }) => (await executions(id, 0)).length));
		for (let round = 0; round < ROUNDS; round++) {
			for (const [lane, { id, message }] of lanes.entries()) {
				const deliveries = Array.from({ length: 100 }, message);
				const street = new Lane();
				const start = now();
				await Promise.all(
					deliveries.map((delivery) =>
						street.run(10, async () => {
							expect((await post.send(delivery, 15_000)).status).toBe(200);
						}),
					),
				);
				rates[lane].push(100_000 / (now() - start));
				await executions(id, before[lane] + (round + 1) * 100);
			}
		}
		const perSecond = rates.map((all) => ROUNDS / all.reduce((sum, rate) => sum + 1 / rate, 0));
		print(
			`deliveries per second, 300 of each, 10 at a time: ` +
				names.map((name, lane) => `${name} ${perSecond[lane].toFixed(1)}`).join(', ') +
				`; ratios ${ratio(perSecond, 1)} and ${ratio(perSecond, 2)}`,
		);
		expect(perSecond[0] / perSecond[2]).toBeGreaterThan(0.7);
	});
});
