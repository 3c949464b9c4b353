import { randomUUID } from 'node:crypto';
import type { Execution } from '../../sandbox/n8n/execution.cts';
import type { WorkflowNode } from '../../sandbox/n8n/workflow.cts';
import { waitFor } from '../../sandbox/process/waitFor.cts';
import { LIVE_KEY, TEST_KEY } from '../../sandbox/rig/keys.cts';
import {
	QueueSandbox,
	executionsStartedBy,
	type Triggered,
} from '../../sandbox/rig/queueSandbox.cts';
import { signedEvent } from '../../sandbox/rig/signedEvent.cts';
import { byId, complyCubeNode } from '../../sandbox/rig/workflows.cts';
import { Post, type Message } from '../../simulator/post.cts';
import { byGeneration } from '../e2e/byGeneration.cts';
import { occurrencesOf } from '../occurrences.cts';
import { printFigure } from '../printFigure.cts';

/** What the README says about queue mode; each test prints its figures. */
let sandbox: QueueSandbox;
beforeAll(async () => {
	sandbox = await QueueSandbox.start();
}, 900_000);
afterAll(async () => await sandbox?.stop(), 60_000);

const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`;
const count = <T,>(list: T[], of: (entry: T) => boolean) => list.filter(of).length;

const COMPLETED = 'workflow.session.completed';

/** How often each name occurs. */
function tally(names: string[]): Map<string, number> {
	const times = new Map<string, number>();
	for (const name of names) times.set(name, (times.get(name) ?? 0) + 1);
	return times;
}

const step = (name: string, type: string, typeVersion: number, parameters = {}): WorkflowNode => ({
	id: randomUUID(),
	name,
	type: `n8n-nodes-base.${type}`,
	typeVersion,
	position: [300, 0],
	parameters,
});

/** Publishes a workflow that starts with a request, and makes an item of each of the IDs in it. */
async function publishForIds(after: WorkflowNode[]) {
	const path = randomUUID();
	const id = await sandbox.publish([
		{
			...step('Webhook', 'webhook', 2.1, { httpMethod: 'POST', path }),
			webhookId: path,
		},
		step('Split Out', 'splitOut', 1, {
			fieldToSplitOut: 'body.ids',
			options: { destinationFieldName: 'id' },
		}),
		...after,
	]);
	return {
		id,
		start: async (ids: string[]) => {
			const response = await fetch(`${sandbox.cluster.webhookUrl}/webhook/${path}`, {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify({ ids }),
			});
			expect(response.status).toBe(200);
		},
	};
}

describe('executions on two workers', () => {
	const gets = () =>
		sandbox.simulator.requests.filter(({ path }) => path.startsWith('/v1/workflowSessions/'));
	const idIn = ({ path }: { path: string }) => path.split('/').at(-1)!;
	const liveSessions = (number: number) =>
		sandbox.simulator.workflowSessions.seed({ count: number, mode: 'live' }).map(({ id }) => id);
	const get = (id: string) =>
		complyCubeNode(sandbox.liveCredential, { operation: 'get', workflowSessionId: byId(id) });

	/** The executions of each worker, and the times at which their requests arrived, in epoch ms. */
	const byWorker = (executions: Execution[], idsOf: (execution: Execution) => string[]) =>
		sandbox.cluster.workers.map((worker) => {
			const started = new Set(executionsStartedBy(worker));
			const own = executions.filter(({ id }) => started.has(id));
			const ids = new Set(own.flatMap(idsOf));
			const requests = gets().filter((request) => ids.has(idIn(request)));
			return { executions: own, arrivals: requests.map(({ arrivedAt }) => arrivedAt) };
		});

	/** Expects that every session was returned exactly once. */
	function expectOneReplyEach(ids: string[]): void {
		const returned = gets().filter(({ status }) => status === 200);
		expect(returned.map(idIn).sort()).toEqual([...ids].sort());
	}

	beforeEach(() => {
		sandbox.simulator.requests.length = 0;
	});

	it('500 with one Get each: none is lost, repeated or failed', async () => {
		const { simulator, liveCredential, cluster } = sandbox;
		const ids = liveSessions(500);
		const { id, webhook } = await sandbox.publishTrigger(liveCredential, [
			get('={{ $json.payload.id }}'),
		]);
		simulator.requests.length = 0;
		const begin = Date.now();
		for (const session of ids) {
			const [mode, payload] = ['live' as const, { id: session }];
			simulator.deliveries.emit({ type: COMPLETED, webhookId: webhook.id, mode, payload });
		}
		await simulator.deliveries.settled();
		const executions = await sandbox.readExecutions(id, ids.length, 600_000);
		const elapsed = Date.now() - begin;
		await cluster.client.deactivate(id);

		const sessionOf = ({ data }: Execution) =>
			String((data['ComplyCube Trigger'][0][0].json.payload as { id: string }).id);
		const perWorker = byWorker(executions, (execution) => [sessionOf(execution)]).map(
			(worker) => worker.executions.length,
		);
		const failed = count(executions, ({ status }) => status !== 'success');
		const refused = count(gets(), ({ status }) => status === 429);
		printFigure(
			`500 events with a Get each, on 2 workers: ${executions.length} executions, ${perWorker.join(' and ')} per worker, ` +
				`${failed} failed, 429 ${refused} times, ${seconds(elapsed)}`,
		);
		expect(failed).toBe(0);
		expect(executions.map(sessionOf).sort()).toEqual([...ids].sort());
		const returned = executions.map(({ data }) => data.ComplyCube[0][0].json.id);
		expect(returned).toEqual(executions.map(sessionOf));
		expectOneReplyEach(ids);
		expect(Math.min(...perWorker)).toBeGreaterThan(0);
	});

	/** Runs four executions at the same time, each with a number of items. */
	async function getAtOnce(items: number, requestsPerSecond: number) {
		const { simulator, cluster, liveCredential } = sandbox;
		await cluster.client.updateCredential(liveCredential, {
			apiKey: LIVE_KEY,
			baseUrl: simulator.url,
			requestsPerSecond,
		});
		const batches = Array.from({ length: 4 }, () => liveSessions(items));
		const { id, start } = await publishForIds([get('={{ $json.id }}')]);
		simulator.requests.length = 0;
		await Promise.all(batches.map(start));
		const executions = await sandbox.readExecutions(id, batches.length, 240_000);

		const idsOf = ({ data }: Execution) => data['Split Out'][0].map(({ json }) => String(json.id));
		const workers = byWorker(executions, idsOf).map(({ executions: own, arrivals }) => {
			const span = Math.max(...arrivals) - Math.min(...arrivals);
			return { executions: own.length, perSecond: (1_000 * (arrivals.length - 1)) / span };
		});
		const refused = count(gets(), ({ status }) => status === 429);
		const failed = executions.reduce(
			(all, { data }) => all + items - count(data.ComplyCube?.[0] ?? [], ({ json }) => !!json.id),
			0,
		);
		const arrivals = gets().map(({ arrivedAt }) => arrivedAt);
		printFigure(
			`4 executions with ${items} Gets each, on 2 workers, Requests per Second ${requestsPerSecond}: ` +
				`${workers.map((worker) => worker.executions).join(' and ')} per worker, ` +
				`${workers.map(({ perSecond }) => perSecond.toFixed(2)).join(' and ')} requests per second, ` +
				`429 ${refused} times, ${failed} failed items, ${seconds(Math.max(...arrivals) - Math.min(...arrivals))} ` +
				`(ideal: ${seconds(4 * items * 100)})`,
		);
		expect(failed).toBe(0);
		expectOneReplyEach(batches.flat());
		for (const worker of workers) expect(worker.executions).toBeGreaterThan(0);
		return { refused, workers };
	}

	it("with the key's whole limit for each worker, 429s cost time but no item", async () => {
		const { refused, workers } = await getAtOnce(30, 0);
		// Each process keeps to the limit on its own
		for (const { perSecond } of workers) expect(perSecond).toBeLessThan(10);
		// Otherwise the workers did not affect each other, and the test shows nothing
		expect(refused).toBeGreaterThan(0);
	});

	it('with half of the limit for each worker, there is hardly a 429', async () => {
		const { refused, workers } = await getAtOnce(30, 5);
		for (const { perSecond } of workers) expect(perSecond).toBeLessThan(5);
		expect(refused).toBeLessThan(20);
	});
});

describe('events that are delivered repeatedly', () => {
	const post = new Post();
	const eventOf = ({ body }: Message) => (JSON.parse(body.toString()) as { id: string }).id;
	let triggered: Triggered;

	/** The same event, addressed to the main process instead of the webhook process. */
	const toMain = (message: Message): Message => ({
		...message,
		url: message.url.replace(sandbox.cluster.webhookUrl, sandbox.cluster.url),
	});

	async function send(messages: Message[]): Promise<void> {
		const replies = await Promise.all(messages.map((message) => post.send(message, 30_000)));
		expect(replies.map(({ status }) => status)).toEqual(messages.map(() => 200));
	}

	const events = (number: number) =>
		Array.from({ length: number }, () => signedEvent(triggered.webhook));

	/** Waits for the executions. @returns How often each event started one, how often it got past the trigger, and how many failed */
	async function countRuns(messages: Message[], count = messages.length) {
		const executions = await sandbox.readExecutions(triggered.id, count);
		const passed = tally(
			executions.flatMap(({ data }) =>
				data['ComplyCube Trigger'][0].map(({ json }) => String(json.id)),
			),
		);
		return {
			started: executions.length,
			passed: messages.map((message) => passed.get(eventOf(message)) ?? 0),
			failed: executions.filter(({ status }) => status !== 'success').length,
		};
	}

	/** Ends the processes that receive and run events, and starts them again. */
	async function restartProcesses(): Promise<void> {
		const { webhook, workers } = sandbox.cluster;
		for (const running of [webhook, ...workers]) await running.restart();
	}

	const twice = (times: number[]) => count(times, (number) => number > 1);

	afterEach(async () => await sandbox.cluster.client.deactivate(triggered.id));

	it('300 events at one webhook process, 100 of them delivered twice, start 300 executions', async () => {
		const { deliveries } = sandbox.simulator;
		triggered = await sandbox.publishTrigger(sandbox.testCredential, []);
		deliveries.clear();
		const first = [];
		for (let number = 0; number < 300; number++) {
			const [delivery] = deliveries.emit({ type: COMPLETED, webhookId: triggered.webhook.id });
			first.push(delivery);
			// Immediately, so that n8n has both at the same time
			if (number % 6 === 0) deliveries.redeliver(delivery.id);
		}
		await deliveries.settled();
		for (const { id } of first.filter((_, number) => number % 6 === 3)) deliveries.redeliver(id);
		const done = await deliveries.settled();
		const received = count(done, ({ attempts }) => attempts[0].status === 200);
		const executions = await sandbox.readExecutions(triggered.id, 300);
		const succeeded = count(executions, ({ status }) => status === 'success');
		printFigure(
			`300 events, 50 of them twice at the same time and 50 again later, 10 at a time, one webhook process: ` +
				`${done.length} deliveries, ${received} with status 200, ${executions.length} executions, ${succeeded} successful`,
		);
		const started = tally(
			executions.map((e) => String(e.data['ComplyCube Trigger'][0][0].json.id)),
		);
		expect([done.length, received, succeeded]).toEqual([400, 400, 300]);
		expect(first.map(({ eventId }) => started.get(eventId!))).toEqual(Array(300).fill(1));
	});

	describe('over processes and restarts', () => {
		beforeEach(async () => {
			triggered = await sandbox.publishTrigger(sandbox.testCredential, []);
		});

		it('events one by one, repeated after a restart and at another process: each is run once', async () => {
			const messages = events(20);
			const [atWebhook, atMain] = [messages.slice(0, 10), messages.slice(10)];
			for (const [index, message] of messages.entries()) {
				await send([message]);
				await sandbox.waitForExecutions(triggered.id, index + 1);
			}
			await restartProcesses();
			for (const message of [...atWebhook, ...atMain.map(toMain)]) await send([message]);
			const { started, passed, failed } = await countRuns(messages, 40);
			printFigure(
				`20 events one by one, 10 of them repeated after a restart of the webhook process and both workers, and 10 at the main process: ` +
					`${started} executions, ${twice(passed)} events run twice, ${failed} executions failed`,
			);
			expect([started, passed, failed]).toEqual([40, messages.map(() => 1), 0]);
		});

		it('the same event at two processes at the very same time is not lost', async () => {
			const messages = events(20);
			for (const message of messages) await send([message, toMain(message)]);
			const { passed, failed } = await countRuns(messages, 40);
			printFigure(
				`20 events at the webhook process and at the main process at the same time: ` +
					`${twice(passed)} run twice, ${failed} executions failed`,
			);
			expect(Math.min(...passed)).toBe(1);
			expect(Math.max(...passed)).toBeLessThanOrEqual(2);
			expect(failed).toBe(0);
		});

		it('the events of one second at two processes, each repeated at the other one after a restart, are not lost', async () => {
			const messages = events(60);
			const here = messages.map((message, i) => (i % 2 === 0 ? message : toMain(message)));
			const there = messages.map((message, i) => (i % 2 === 0 ? toMain(message) : message));
			const begin = Date.now();
			for (let from = 0; from < here.length; from += 10) await send(here.slice(from, from + 10));
			const elapsed = Date.now() - begin;
			const before = await countRuns(messages);
			await restartProcesses();
			for (const message of there) await send([message]);
			const { passed, failed } = await countRuns(messages, 120);
			printFigure(
				`60 events at two processes, 10 at a time, in ${seconds(elapsed)}, each repeated at the other process after a restart: ` +
					`${twice(passed)} run twice, ${failed} executions failed`,
			);
			expect(before.passed).toEqual(messages.map(() => 1));
			expect(Math.min(...passed)).toBe(1);
			expect(Math.max(...passed)).toBeLessThanOrEqual(2);
			expect(failed).toBe(0);
		});
	});
});

describe('a worker that dies', () => {
	const SESSIONS = 60;
	const completes = (sessionIds: string[]) =>
		sandbox.simulator.workflowSessions
			.list()
			.filter(({ id }) => sessionIds.includes(id))
			.map(({ effects }) => effects.complete);
	const sum = (numbers: number[]) => numbers.reduce((all, number) => all + number, 0);

	const complyCube = (operation: string, name: string) =>
		complyCubeNode(
			sandbox.testCredential,
			{ operation, workflowSessionId: byId('={{ $json.id }}') },
			{},
			name,
		);

	it('in the middle of Completes: nothing is run again automatically, and the rest can be completed later', async () => {
		const { simulator, cluster } = sandbox;
		expect(simulator.settings.completeAgain).toBe('accept');
		const ids = simulator.workflowSessions.seed({ count: SESSIONS }).map(({ id }) => id);
		const plain = await publishForIds([complyCube('complete', 'Complete')]);
		await plain.start(ids);
		await waitFor(() => sum(completes(ids)) >= 15, 60_000);
		const executionId = await runningExecution(plain.id);
		const worker = cluster.workers.find((one) => executionsStartedBy(one).includes(executionId))!;
		await worker.kill();
		const killedAt = Date.now();
		const completedBefore = sum(completes(ids));
		expect(completedBefore).toBeLessThan(SESSIONS);

		const [execution] = await sandbox.readExecutions(plain.id, 1, 90_000);
		printFigure(
			`a worker killed after ${completedBefore} of ${SESSIONS} Completes: n8n says "${execution.status}" ` +
				`after ${seconds(Date.now() - killedAt)}: ${execution.error?.message}`,
		);
		await worker.restart();
		expect(execution.status).toBe('error');
		expect(
			cluster.workers.flatMap(executionsStartedBy).filter((id) => id === executionId),
		).toHaveLength(1);
		// One request may have been under way
		expect(sum(completes(ids))).toBeLessThanOrEqual(completedBefore + 1);

		// As the README recommends
		const careful = await publishForIds([
			complyCube('get', 'Get'),
			step('Filter', 'filter', 2.2, {
				conditions: {
					options: { version: 2, caseSensitive: true, leftValue: '', typeValidation: 'strict' },
					combinator: 'and',
					conditions: [
						{
							id: randomUUID(),
							leftValue: '={{ $json.status }}',
							rightValue: 'started',
							operator: { type: 'string', operation: 'equals' },
						},
					],
				},
			}),
			complyCube('complete', 'Complete'),
		]);
		await careful.start(ids);
		const [again] = await sandbox.readExecutions(careful.id, 1, 120_000);
		const times = completes(ids);
		printFigure(
			`the same sessions again, with Get, Filter and Complete: "${again.status}", ` +
				`${count(times, (number) => number === 1)} of ${SESSIONS} completed once, ${count(times, (number) => number > 1)} more than once`,
		);
		expect(again.status).toBe('success');
		expect(times).toEqual(Array(SESSIONS).fill(1));
		expect(await sandbox.readExecutions(plain.id, 1)).toHaveLength(1);
	});

	it('in the middle of an event: if n8n runs the execution again, the event is not taken for a repeat', async () => {
		const { simulator, cluster, testCredential } = sandbox;
		const [{ id: sessionId }] = simulator.workflowSessions.seed();
		const get = { operation: 'get', workflowSessionId: byId(sessionId) };
		const { id, webhook } = await sandbox.publishTrigger(testCredential, [
			complyCubeNode(testCredential, get),
		]);
		simulator.faults.add({ kind: 'silence', path: '/workflowSessions/:id', times: 1 });
		const post = new Post();
		await post.send(signedEvent(webhook), 30_000);
		const reads = () => count(simulator.requests, ({ path }) => path.endsWith(sessionId));
		await waitFor(() => reads() > 0, 30_000);
		const executionId = await runningExecution(id);
		const worker = cluster.workers.find((one) => executionsStartedBy(one).includes(executionId))!;
		await worker.kill();
		const [execution] = await sandbox.readExecutions(id, 1, 90_000);
		await worker.restart();
		const times = cluster.workers.flatMap(executionsStartedBy).filter((one) => one === executionId);
		printFigure(
			`a worker killed in the middle of an event: its execution was started ${times.length} times, n8n says "${execution.status}"`,
		);
		// n8n 2 does not run it again
		const expected = byGeneration<unknown[]>({ 'n8n 1': [2, 'success'], 'n8n 2': [1, 'error'] });
		expect([times.length, execution.status]).toEqual(expected);
		expect(reads()).toBe(times.length);
	});

	async function runningExecution(workflowId: string): Promise<string> {
		const [{ id }] = await sandbox.cluster.database.query(
			`SELECT id FROM execution_entity WHERE "workflowId" = :'workflowId' AND status = 'running'`,
			{ workflowId },
		);
		return String(id);
	}
});

it('after a restart and a crash of the main process there is the same webhook, and each event starts one execution', async () => {
	const { simulator, cluster, testCredential } = sandbox;
	const { id, webhook } = await sandbox.publishTrigger(testCredential, []);
	const deliver = async () => {
		const [delivery] = simulator.deliveries.emit({ type: COMPLETED, webhookId: webhook.id });
		await simulator.deliveries.settled();
		return delivery.attempts[0].status;
	};
	const endings = { stopped: () => cluster.main.stop(), killed: () => cluster.main.kill() };
	let events = 0;
	for (const [how, end] of Object.entries(endings)) {
		await end();
		const statuses = [await deliver()];
		await cluster.main.restart();
		const registered = simulator.webhooks.list().filter(({ url }) => url === webhook.url);
		statuses.push(await deliver());
		events += statuses.length;
		const executions = await sandbox.readExecutions(id, events);
		printFigure(
			`main process ${how} and started again: ${registered.length} webhook; an event in the meantime and one afterwards: ` +
				`status ${statuses.join(' and ')}, ${executions.length - events + 2} executions`,
		);
		expect(registered).toEqual([webhook]);
		expect(statuses).toEqual([200, 200]);
		expect(executions.map(({ status }) => status)).toEqual(Array(events).fill('success'));
	}
});

it('the keys are stored nowhere in plain text, and the webhook secrets are in no log', async () => {
	const logs = sandbox.cluster.logs();
	const everything = await sandbox.readEverythingWritten();
	const secrets = sandbox.simulator.webhooks.list().map(({ secret }) => secret);
	const keys = [TEST_KEY, LIVE_KEY].map((key) => occurrencesOf(key, everything));
	const inLogs = secrets.map((secret) => occurrencesOf(secret, logs));
	printFigure(
		`in ${(everything.length / 1e6).toFixed(0)} MB of logs, files, Redis and database: the keys ${keys.join(' and ')} times; ` +
			`in the logs: the secrets ${inLogs.join(', ')} times`,
	);
	// Shows that the search finds what is there
	expect(secrets.every((secret) => occurrencesOf(secret, everything) > 0)).toBe(true);
	expect(keys).toEqual([0, 0]);
	expect(inLogs).toEqual(secrets.map(() => 0));
});
