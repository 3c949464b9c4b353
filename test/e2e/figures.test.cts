import { setTimeout as sleep } from 'node:timers/promises';
import { Sandbox } from '../../sandbox/rig/sandbox.cts';
import { signedEvent } from '../../sandbox/rig/signedEvent.cts';
import { chained, jsonOf, byId } from '../../sandbox/rig/workflows.cts';
import { FORGERY_KINDS } from '../../simulator/forgeries.cts';
import { Post } from '../../simulator/post.cts';
import { printFigure } from '../printFigure.cts';

/** Each test prints a figure that the README names. `npm run bench` measures those about time. */
let sandbox: Sandbox;
beforeAll(async () => {
	// n8n's default, as most users have it
	sandbox = await Sandbox.start({ N8N_LOG_LEVEL: 'info' });
}, 900_000);
afterAll(async () => await sandbox?.stop());
beforeEach(() => sandbox.simulator.reset());

describe('the node', () => {
	const run = async (operation: string, count: number, settings = {}) => {
		const ids = sandbox.simulator.workflowSessions.seed({ count }).map(({ id }) => ({ id }));
		const parameters = { operation, workflowSessionId: byId('={{ $json.id }}') };
		const { data } = await sandbox.call(parameters, ids, settings);
		return jsonOf(data.ComplyCube?.[0]);
	};

	it('60 Gets at the documented limit of a test key, none of which fails', async () => {
		const { settings, url, requests } = sandbox.simulator;
		settings.rateLimit = { live: 10, test: 5 };
		const data = { apiKey: settings.keys[0], baseUrl: url, requestsPerSecond: 0 };
		const client = sandbox.n8n.client;
		const { id, name } = await client.createCredential('Paced', 'complyCubeApi', data);
		const sessions = await run('get', 60, { credentials: { complyCubeApi: { id, name } } });
		const refused = requests.filter(({ status }) => status === 429).length;
		printFigure(`60 Gets at 5 per second: ${sessions.length} sessions, 429 ${refused} times`);
		expect(new Set(sessions.map((session) => session.id)).size).toBe(60);
	});

	it('100 Completes while every fifth reply is lost, each of which takes effect exactly once', async () => {
		sandbox.simulator.settings.processingMs = 600_000;
		const fault = { kind: 'dropAfter', method: 'POST', every: 5 } as const;
		const lost = sandbox.simulator.faults.add(fault);
		const succeeded = await run('complete', 100);
		const effects = sandbox.simulator.workflowSessions.list().map((s) => s.effects.complete);
		const accepted = effects.reduce((sum, times) => sum + times, 0);
		printFigure(
			`100 Completes, ${lost.applied} replies lost: ${accepted} accepted, ${succeeded.length} items succeeded`,
		);
		expect(lost.applied).toBe(20);
		expect(effects).toEqual(Array(100).fill(1));
		expect(succeeded.map(({ status }) => status)).toEqual(Array(100).fill('processing'));
	});
});

describe('the trigger', () => {
	/** Publishes a workflow of nothing but a trigger. */
	const publish = async () => {
		const id = await sandbox.n8n.client.publish(chained([sandbox.trigger()]));
		const [webhook] = sandbox.simulator.webhooks.list();
		return { id, webhook };
	};

	it('200 events, 50 of them delivered twice, start 200 executions', async () => {
		const { id, webhook } = await publish();
		const { deliveries, settings } = sandbox.simulator;
		expect(settings.deliveriesAtOnce).toBe(10);
		for (let number = 0; number < 200; number++) {
			const event = { type: 'workflow.session.completed', webhookId: webhook.id };
			const [delivery] = deliveries.emit(event);
			// Immediately, so that n8n has both at the same time
			if (number % 4 === 0) deliveries.redeliver(delivery.id);
		}
		const done = await deliveries.settled();
		const received = done.filter(({ attempts }) => attempts[0].status === 200).length;
		const rows = await sandbox.waitForExecutions(id, 200);
		const succeeded = rows.filter(({ status }) => status === 'success').length;
		printFigure(
			`200 events, 50 of them twice, 10 at a time: ${done.length} deliveries, ${received} with status 200, ` +
				`${rows.length} executions, ${succeeded} of them successful`,
		);
		expect([done.length, received, rows.length, succeeded]).toEqual([250, 250, 200, 200]);
	});

	it('1,000 forged deliveries, all of which are rejected', async () => {
		const { id, webhook } = await publish();
		const { deliveries, settings } = sandbox.simulator;
		settings.deliveriesAtOnce = 1;
		for (let number = 0; number < 1_000; number++) {
			const kind = FORGERY_KINDS[number % FORGERY_KINDS.length];
			deliveries.forge({ kind, webhookId: webhook.id });
		}
		const attempts = (await deliveries.settled()).map((done) => done.attempts[0]);
		const rejected = attempts.filter(({ status }) => status === 401).length;
		const times = attempts.map(({ durationMs }) => durationMs).sort((a, b) => a - b);
		const percentile = (share: number) => times[Math.ceil(times.length * share) - 1];

		// n8n reads the body before the trigger does, and rejects what it cannot parse
		const broken = { ...signedEvent(webhook), body: Buffer.from('{"id":"a') };
		const unreadable = (await new Post().send(broken, 15_000)).status;
		await sleep(1_000);
		const rows = await sandbox.listExecutions(id);
		printFigure(
			`1,000 forged deliveries of ${FORGERY_KINDS.length} kinds, one at a time: ${rejected} with status 401, ` +
				`${1_000 - rejected} with another, ${rows.length} executions; rejected within ${percentile(0.5)} ms (p50), ` +
				`${percentile(0.95)} ms (p95). A body that is not JSON: ${unreadable}, from n8n itself`,
		);
		expect([attempts.length, rejected, rows.length, unreadable]).toEqual([1_000, 1_000, 0, 422]);
	});
});
