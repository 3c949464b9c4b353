import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pLimit from 'p-limit';

import { waitFor } from '../sandbox/process/waitFor.cts';
import { Sandbox, type ExecutionRow } from '../sandbox/rig/sandbox.cts';
import { signedEvent } from '../sandbox/rig/signedEvent.cts';
import { chained } from '../sandbox/rig/workflows.cts';
import { Post, type Message } from '../simulator/post.cts';
import { newSecret } from '../simulator/signature.cts';
import type { Findings, Scale } from './part.cts';
import { median, takeTurns } from './statistics.cts';

const AT_ONCE = 10;
const WARM_UP = 10;
const TIMEOUT_MS = 15_000;
const SETTLED_MS = 60_000;

/** When n8n prepares an isolate for expressions: for every execution, which is the default, or once there is one to evaluate. */
const PREPARATIONS: Record<string, NodeJS.ProcessEnv> = {
	'n8n with its defaults': {},
	'N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE=true': { N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'true' },
};

/** A published workflow with one webhook. */
interface Published {
	workflowId: string;
	/** Makes a delivery that the webhook accepts. */
	newMessage: () => Message;
}

async function publishTrigger(sandbox: Sandbox): Promise<Published> {
	const node = sandbox.trigger();
	const workflowId = await sandbox.n8n.client.publish(chained([node]));
	const webhook = sandbox.simulator.webhooks
		.list()
		.find(({ url }) => url.includes(String(node.webhookId)))!;
	return { workflowId, newMessage: () => signedEvent(webhook) };
}

/** Publishes n8n's own Webhook node, which gets the same deliveries and verifies nothing. */
async function publishWebhook(sandbox: Sandbox, parameters: object = {}): Promise<Published> {
	const path = randomUUID();
	const workflowId = await sandbox.n8n.client.publish(
		chained([
			{
				id: randomUUID(),
				webhookId: path,
				name: 'Webhook',
				type: 'n8n-nodes-base.webhook',
				typeVersion: 2.1,
				position: [0, 0],
				parameters: { httpMethod: 'POST', path, ...parameters },
			},
		]),
	);
	const webhook = { url: `${sandbox.n8n.url}/webhook/${path}`, secret: newSecret() };
	return { workflowId, newMessage: () => signedEvent(webhook) };
}

const CONTENDERS: Record<string, (sandbox: Sandbox) => Promise<Published>> = {
	'ComplyCube Trigger': publishTrigger,
	'Webhook node': publishWebhook,
	// Without an expression, n8n does not prepare an isolate for its own Webhook node
	'Webhook node with an expression': async (sandbox) =>
		await publishWebhook(sandbox, { options: { responseData: '={{ "received" }}' } }),
};

/** The measurements of one webhook. */
interface Measured {
	published: Published;
	/** Number of deliveries so far. */
	sent: number;
	/** ms from sending a delivery to its reply, one at a time. */
	replies: number[];
	/** ms from sending a delivery to the start of its execution, one at a time. */
	starts: number[];
	/** Deliveries per second in each round, several at a time. */
	rates: number[];
}

async function measureWebhook(
	sandbox: Sandbox,
	webhook: Measured,
	count: number,
	problems: string[],
): Promise<void> {
	const { workflowId, newMessage } = webhook.published;
	const post = new Post();
	const deliver = async (delivery: Message) => {
		const { status } = await post.send(delivery, TIMEOUT_MS);
		if (status !== 200) problems.push(`A delivery got status ${status}`);
	};
	const succeeded = (rows: ExecutionRow[]) =>
		rows.filter(({ status }) => status === 'success').length;

	const before = webhook.sent;
	const sentAt: number[] = [];
	for (let number = 0; number < WARM_UP + count / 2; number++) {
		const delivery = newMessage();
		const start = performance.now();
		sentAt.push(performance.timeOrigin + start);
		await deliver(delivery);
		if (number >= WARM_UP) webhook.replies.push(performance.now() - start);
		webhook.sent += 1;
		// The execution continues after the reply
		await sleep(10);
	}
	const deliveries = Array.from({ length: count }, newMessage);
	const limit = pLimit(AT_ONCE);
	const start = performance.now();
	await Promise.all(deliveries.map((delivery) => limit(deliver, delivery)));
	webhook.rates.push((1_000 * count) / (performance.now() - start));
	webhook.sent += count;
	post.cut();
	const haveAllSucceeded = async () =>
		succeeded(await sandbox.listExecutions(workflowId)) >= webhook.sent;
	await waitFor(haveAllSucceeded, SETTLED_MS);
	const executions = await sandbox.listExecutions(workflowId);
	if (succeeded(executions) !== webhook.sent || executions.length !== webhook.sent) {
		problems.push(`${webhook.sent} deliveries started ${executions.length} executions`);
		return;
	}
	for (const [number, at] of sentAt.entries()) {
		const { startedAt } = executions[before + number];
		if (number >= WARM_UP) webhook.starts.push(Date.parse(`${startedAt}Z`) - at);
	}
}

/** Measures signed events sent to the trigger, and to n8n's Webhook node. */
export async function measureDeliveries({
	rounds,
	deliveries: count,
	judgesTimes,
}: Scale): Promise<Findings> {
	const problems: string[] = [];
	const rows: string[][] = [];
	const ratios: number[] = [];
	for (const [preparation, env] of Object.entries(PREPARATIONS)) {
		const sandbox = await Sandbox.start({ N8N_LOG_LEVEL: 'info', ...env });
		try {
			const webhooks: Array<Measured & { name: string }> = [];
			for (const [name, start] of Object.entries(CONTENDERS)) {
				const published = await start(sandbox);
				webhooks.push({ name, published, sent: 0, replies: [], starts: [], rates: [] });
			}
			await takeTurns(rounds, webhooks, async (webhook) => {
				await measureWebhook(sandbox, webhook, count, problems);
			});
			const rate = ({ rates }: Measured) => median(rates);
			const plain = rate(webhooks[1]);
			ratios.push(rate(webhooks[0]) / plain);
			for (const webhook of webhooks) {
				rows.push([
					`${webhook.name}, ${preparation}`,
					rate(webhook).toFixed(1),
					(rate(webhook) / plain).toFixed(2),
					`${median(webhook.starts).toFixed(1)} ms`,
					`${median(webhook.replies).toFixed(1)} ms`,
				]);
			}
		} finally {
			await sandbox.stop();
		}
	}
	return {
		tables: [
			{
				title: 'Deliveries to a webhook',
				rows: [
					[
						'',
						`Per second, ${AT_ONCE} at a time`,
						'Share of the Webhook node',
						'Start of the execution, one at a time',
						'Reply, one at a time',
					],
					...rows,
				],
				notes: [
					'The trigger verifies each delivery, the Webhook node accepts it unverified; both start an execution.',
					'By default n8n prepares an isolate for expressions on every delivery, except for its own Webhook node without any. With the setting it does so only when there is an expression to evaluate.',
				],
			},
		],
		targets: judgesTimes
			? Object.keys(PREPARATIONS).map((preparation, i) => ({
					text: `trigger: at least 0.95 of the Webhook node's rate, ${preparation}`,
					figure: ratios[i].toFixed(2),
					met: ratios[i] >= 0.95,
				}))
			: [],
		problems: problems,
	};
}
