import { setTimeout as sleep } from 'node:timers/promises';
import { waitFor } from '../../sandbox/process/waitFor.cts';
import { LIVE_KEY, TEST_KEY } from '../../sandbox/rig/keys.cts';
import { Sandbox } from '../../sandbox/rig/sandbox.cts';
import { chained } from '../../sandbox/rig/workflows.cts';
import type { Mode } from '../../simulator/resource.cts';
import { byGeneration } from './byGeneration.cts';

const COMPLETED = 'workflow.session.completed';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await Sandbox.start();
}, 900_000);
afterAll(async () => await sandbox?.stop());

const webhooks = (mode: Mode) =>
	sandbox.simulator.webhooks.list().filter((webhook) => webhook.mode === mode);

async function publish(parameters = {}): Promise<string> {
	const trigger = sandbox.trigger(parameters);
	const { id } = await sandbox.n8n.client.createWorkflow(chained([trigger], 'Going live'));
	await sandbox.n8n.client.activate(id);
	return id;
}

/** Enters another key into the credential, as its owner does in the editor. */
async function replaceKey(apiKey: string): Promise<void> {
	await sandbox.n8n.client.updateCredential(sandbox.credential, {
		apiKey,
		baseUrl: sandbox.simulator.url,
	});
}

/** Delivers one event of an environment, and tells how it was answered. */
async function deliver(mode: Mode) {
	const [delivery] = sandbox.simulator.deliveries.emit({
		type: COMPLETED,
		mode,
		payload: { id: '5eb04fd3a2a3b4000806c8f1', workflowTemplateId: '68566be2a37a78622f4f7be3' },
	});
	await sandbox.simulator.deliveries.settled();
	return delivery?.attempts.at(-1)?.status;
}

beforeEach(async () => {
	sandbox.simulator.reset();
	sandbox.simulator.settings.deliveryRetryDelaysMs = [];
	await replaceKey(TEST_KEY);
});
afterEach(async () => {
	for (const { id, active } of await sandbox.n8n.client.listWorkflows()) {
		if (active) await sandbox.n8n.client.deactivate(id);
	}
});

it('a live key in the credential is recognised by a delivery, and heard from then on', async () => {
	const id = await publish();
	const [{ url }] = webhooks('test');
	await replaceKey(LIVE_KEY);
	expect(webhooks('live')).toEqual([]);

	expect(await deliver('test')).toBe(200);
	expect(webhooks('live')).toEqual([expect.objectContaining({ url, enabled: true })]);
	expect(await deliver('test')).toBe(401);
	expect(await deliver('live')).toBe(200);
	await waitFor(async () => (await sandbox.listExecutions(id)).length > 0);
	expect(await sandbox.listExecutions(id)).toHaveLength(1);

	// n8n has stored the new registration
	await sandbox.n8n.restart();
	expect(webhooks('live')).toHaveLength(1);
	expect(await deliver('live')).toBe(200);
	await waitFor(async () => (await sandbox.listExecutions(id)).length > 1);
	await sandbox.n8n.client.deactivate(id);
	// With n8n 1, the webhook that a delivery registered may stay; the next publication finds it by its address
	const mostLeft = byGeneration({ 'n8n 1': 1, 'n8n 2': 0 });
	expect(webhooks('live').length).toBeLessThanOrEqual(mostLeft);
	expect(webhooks('test')).toHaveLength(1);
});

it('a filter whose expression gives nothing lets no event through', async () => {
	const id = await publish({ filters: { workflowTemplateIds: '={{ $json.nothing }}' } });
	expect(await deliver('test')).toBe(200);
	await sleep(1_000);
	expect(await sandbox.listExecutions(id)).toEqual([]);
});
