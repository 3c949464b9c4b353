import type { IDataObject } from 'n8n-workflow';
import { nock } from './mockedHttps.cts';
import type { FaultSpec } from '../../simulator/faults.cts';
import { N8n, type StoredWorkflow } from './triggerCalls.cts';

let n8n: N8n;
beforeAll(async () => {
	n8n = await N8n.start();
	// The shortest jitter
	jest.spyOn(Math, 'random').mockReturnValue(0);
});
beforeEach(() => n8n.reset());
afterAll(async () => await n8n.close());

const COMPLETED = 'workflow.session.completed';
const CREATE = 'POST /webhooks';

const webhooks = () => n8n.simulator.webhooks.list();
const fault = (spec: FaultSpec) => n8n.simulator.faults.add(spec);
const created = () => n8n.requested().filter((request) => request === CREATE).length;
const forgetRequests = () => (n8n.simulator.requests.length = 0);

const LATER =
	'Publish the workflow again in a few minutes. See https://status.complycube.com for the state of the service.';

/** The warning that a webhook stays at ComplyCube. */
const stays = (id: string, reason: string) => ({
	level: 'warn',
	message: `ComplyCube Trigger: webhook ${id} stays at ComplyCube. If nothing uses it any more, delete it in the Web Portal.`,
	more: [{ workflowId: 'workflow1', reason }],
});

/** Everything that must not change while the state is uncertain. */
const everything = (workflow: StoredWorkflow) => ({
	webhooks: webhooks(),
	stored: workflow.staticData,
});

/** Delivers an event to every webhook. Returns the statuses of n8n's answers */
const statuses = async (type = COMPLETED) =>
	(await n8n.deliver({ type })).map(({ attempts }) => attempts[0].status);

/** Expects one webhook, whose deliveries n8n accepts, and its registration only. */
async function expectWhole(workflow: StoredWorkflow) {
	const [webhook, ...others] = webhooks();
	expect(others).toEqual([]);
	expect(webhook).toMatchObject({ url: n8n.url(workflow), enabled: true });
	expect(n8n.stored(workflow)).toEqual({
		webhookId: webhook.id,
		webhookSecret: webhook.secret,
		createdAt: expect.any(Number),
		keyFingerprint: expect.stringMatching(/^test_[0-9a-f]{16}$/),
	});
	expect(await statuses(webhook.events[0])).toEqual([200]);
}

describe('publishing', () => {
	it('creates exactly one webhook, which names its workflow', async () => {
		const workflow = await n8n.published({ events: [COMPLETED, 'check.completed'] });
		expect(webhooks()).toEqual([
			expect.objectContaining({
				url: n8n.url(workflow),
				events: [COMPLETED, 'check.completed'],
				enabled: true,
				description: 'n8n workflow "Onboarding 1" (workflow1), node "ComplyCube Trigger"',
			}),
		]);
		expect(n8n.requested()).toEqual(['GET /webhooks', CREATE]);
		await expectWhole(workflow);
	});

	it('keeps the node in memory without any request', async () => {
		const workflow = await n8n.published();
		forgetRequests();
		const before = everything(workflow);
		expect(await n8n.inMemory(workflow)).toEqual([workflow.node.id]);
		expect(n8n.requested()).toEqual([]);
		expect(everything(workflow)).toEqual(before);
		expect(n8n.runs).toEqual([]);
		expect(await n8n.process.trigger.trigger!.call({} as never)).toEqual({});
	});

	it.each([
		[`={{ "${COMPLETED}" }}`, [COMPLETED]],
		['={{ " check.updated, client.created ," }}', ['check.updated', 'client.created']],
		['={{ ["check.completed", "check.completed.clear"].join() }}', ['check.completed']],
		['={{ "client.created,*" }}', ['*']],
	])('accepts events from an expression: %s', async (events, subscribed) => {
		const workflow = await n8n.published({ events });
		expect(webhooks()[0].events).toEqual(subscribed);
		await expectWhole(workflow);
		expect(n8n.runs).toHaveLength(1);
	});

	it('subscribes to completed sessions unless something else is chosen', async () => {
		await n8n.published();
		expect(webhooks()[0].events).toEqual([COMPLETED]);
	});

	it('keeps a long name of a workflow within bounds', async () => {
		const workflow = n8n.add();
		workflow.name = 'x'.repeat(1_000);
		await n8n.publish(workflow);
		expect(webhooks()[0].description).toHaveLength(200);
	});

	it('leaves the webhooks of others alone', async () => {
		n8n.simulator.webhooks.seed({ count: 3 });
		await n8n.published();
		expect(webhooks()).toHaveLength(4);
	});

	it('gives every workflow its own webhook', async () => {
		const [first, second] = [await n8n.published(), await n8n.published()];
		expect(webhooks().map(({ url }) => url)).toEqual([n8n.url(first), n8n.url(second)]);
		await n8n.unpublish(first);
		await expectWhole(second);
	});

	it('gives a duplicated workflow its own webhook', async () => {
		const original = await n8n.published({ events: ['*'] });
		// n8n copies the parameters, but neither webhook ID nor static data
		const copy = await n8n.published({ ...original.node.parameters } as IDataObject);
		expect(webhooks().map(({ url }) => url)).toEqual([n8n.url(original), n8n.url(copy)]);
		expect(await statuses()).toEqual([200, 200]);
	});

	it('again keeps a single webhook', async () => {
		const workflow = await n8n.published();
		await n8n.publish(workflow);
		await n8n.publish(workflow);
		await expectWhole(workflow);
	});

	it.each([[[]], ['={{ "" }}'], ['={{ " , " }}'], ['={{ null }}']])(
		'refuses no event at all: %j',
		async (events) => {
			await expect(n8n.published({ events })).rejects.toThrow("'Trigger On'");
			expect(n8n.requested()).toEqual([]);
		},
	);

	it.each([400, 422])('says what to do if the account has no webhook left (%i)', async (code) => {
		n8n.simulator.settings.webhookLimitCode = code as 400;
		n8n.simulator.webhooks.seed({ count: 20 });
		const error = await n8n.published().catch((thrown) => thrown);
		expect(error.message).toMatch(
			/^ComplyCube allows 20 webhooks, and this account has 20: delete one in ComplyCube's Web Portal, then try again\. The .* which n8n workflow/,
		);
		// n8n 1 would show it in place of the message
		expect(error.description).toBeUndefined();
		expect(error.httpCode).toBe(`${code}`);
		expect(webhooks()).toHaveLength(20);
	});

	const REFUSED = {
		kind: 'reply',
		method: 'POST',
		status: 422,
		body: { json: { type: 'invalid', message: 'This address is on a list' } },
	} as const;

	it('reports the reason of any other refusal', async () => {
		fault(REFUSED);
		const error = await n8n.published().catch((thrown) => thrown);
		expect(error.message).toMatch(/^This address is on a list\. /);
		expect(error.message).not.toContain('Publish the workflow again');
		expect(n8n.requested()).toEqual(['GET /webhooks', CREATE, 'GET /webhooks']);
		expect(webhooks()).toEqual([]);
	});

	it('reports the reason even if the webhooks cannot be counted', async () => {
		fault(REFUSED);
		fault({ kind: 'reply', method: 'GET', path: '/webhooks', status: 500, every: 2 });
		n8n.simulator.webhooks.seed({ count: 20 });
		await expect(n8n.published()).rejects.toThrow('This address is on a list');
		expect(n8n.requested()).toEqual(['GET /webhooks', CREATE, 'GET /webhooks']);
	});

	it('can create the 20th webhook', async () => {
		n8n.simulator.webhooks.seed({ count: 19 });
		await n8n.published();
		expect(webhooks()).toHaveLength(20);
	});

	it.each([
		['without a secret', { secret: undefined }],
		['switched off', { enabled: false }],
		['with other events', { events: ['*'] }],
		['with another URL', { url: 'https://example.com' }],
	])('throws, and removes the new webhook if it comes back %s', async (_what, changes) => {
		const workflow = n8n.add();
		const [{ id }] = n8n.simulator.webhooks.seed({ url: 'https://example.com/made/by/create' });
		const body = {
			id,
			url: n8n.url(workflow),
			enabled: true,
			events: [COMPLETED],
			secret: 'secret',
			...changes,
		};
		fault({ kind: 'reply', method: 'POST', path: '/webhooks', status: 200, body: { json: body } });
		await expect(n8n.publish(workflow)).rejects.toThrow('did not set up the webhook as asked');
		expect(webhooks()).toEqual([]);
		expect(n8n.stored(workflow)).toEqual({});
	});

	it('throws if create returns no ID, and removes the new webhook', async () => {
		const workflow = n8n.add();
		const body = { url: n8n.url(workflow), enabled: true, events: [COMPLETED], secret: 'secret' };
		fault({
			kind: 'reply',
			method: 'POST',
			path: '/webhooks',
			status: 200,
			body: { json: body },
			processed: true,
			times: 1,
		});
		n8n.simulator.webhooks.seed({ count: 1 });
		await expect(n8n.publish(workflow)).rejects.toThrow('did not set up the webhook as asked');
		expect(webhooks().map(({ url }) => url)).not.toContain(n8n.url(workflow));
		expect(webhooks()).toHaveLength(1);
		expect(n8n.stored(workflow)).toEqual({});
	});
});

describe('a start of n8n', () => {
	it('finds its webhook again and creates nothing', async () => {
		const workflow = await n8n.published({ events: [COMPLETED, 'client.created'] });
		const before = webhooks();
		forgetRequests();
		expect(await n8n.restart()).toEqual([]);
		expect(n8n.requested()).toEqual([`GET /webhooks/${before[0].id}`, 'GET /webhooks']);
		expect(webhooks()).toEqual(before);
		expect(n8n.log).toEqual([]);
		await expectWhole(workflow);
	});

	it('removes other webhooks with its URL after checking its own', async () => {
		const workflow = await n8n.published();
		const [own] = webhooks();
		const others = n8n.simulator.webhooks.seed({ count: 2 });
		const [stray] = n8n.simulator.webhooks.seed({ url: own.url });
		forgetRequests();
		expect(await n8n.restart()).toEqual([]);
		expect(n8n.requested()).toEqual([
			`GET /webhooks/${own.id}`,
			'GET /webhooks',
			`DELETE /webhooks/${stray.id}`,
		]);
		expect(webhooks()).toEqual([own, ...others]);
		expect(n8n.stored(workflow)).toMatchObject({ webhookId: own.id });
		expect(n8n.log).toEqual([]);
	});

	it.each([
		['looked for', { method: 'GET', path: '/webhooks' }],
		['removed', { method: 'DELETE' }],
	])('succeeds although others cannot be %s', async (_what, request) => {
		await n8n.published();
		const [own] = webhooks();
		n8n.simulator.webhooks.seed({ url: own.url });
		fault({ kind: 'reply', status: 500, ...request });
		expect(await n8n.restart()).toEqual([]);
		expect(webhooks()).toHaveLength(2);
		expect(n8n.log).toEqual([]);
		n8n.simulator.faults.clear();
		expect(await n8n.restart()).toEqual([]);
		expect(webhooks()).toEqual([own]);
	});

	it("changes the URL of its webhook if n8n's URL changed", async () => {
		const workflow = await n8n.published();
		const [{ id, secret }] = webhooks();
		n8n.webhookUrl = n8n.webhookUrl.replace('127.0.0.1', 'localhost');
		expect(await n8n.restart()).toEqual([]);
		expect(webhooks()).toEqual([expect.objectContaining({ id, secret, url: n8n.url(workflow) })]);
		expect(created()).toBe(1);
		await expectWhole(workflow);
	});

	it('changes the events of its webhook if others were chosen', async () => {
		const workflow = await n8n.published();
		const [{ id }] = webhooks();
		workflow.node.parameters.events = ['check.completed', COMPLETED];
		expect(await n8n.restart()).toEqual([]);
		expect(webhooks()[0]).toMatchObject({ id, events: ['check.completed', COMPLETED] });
		await expectWhole(workflow);
	});

	it('ignores the order of the events at ComplyCube', async () => {
		await n8n.published({ events: [COMPLETED, 'check.completed'] });
		const [{ id }] = webhooks();
		n8n.simulator.webhooks.change(id, { events: ['check.completed', COMPLETED] });
		forgetRequests();
		await n8n.restart();
		expect(n8n.requested()).toEqual([`GET /webhooks/${id}`, 'GET /webhooks']);
	});

	it('switches its webhook on again', async () => {
		const workflow = await n8n.published();
		n8n.simulator.webhooks.change(webhooks()[0].id, { enabled: false });
		expect(await statuses()).toEqual([]);
		expect(await n8n.restart()).toEqual([]);
		await expectWhole(workflow);
	});

	it('throws if the change has no effect, and keeps everything', async () => {
		const workflow = await n8n.published();
		const [webhook] = webhooks();
		n8n.simulator.webhooks.change(webhook.id, { enabled: false });
		fault({
			kind: 'reply',
			method: 'POST',
			path: '/webhooks/:id',
			status: 200,
			body: { json: { ...webhook, enabled: false } },
		});
		const before = everything(workflow);
		const [error] = await n8n.restart();
		expect(error.message).toContain('did not set up the webhook as asked');
		expect(created()).toBe(1);
		expect(everything(workflow)).toEqual(before);
		n8n.simulator.faults.clear();
		await n8n.retry(workflow);
		expect(webhooks()[0].id).toBe(webhook.id);
		await expectWhole(workflow);
	});

	it('creates a webhook that was deleted, with a new secret', async () => {
		const workflow = await n8n.published();
		const [{ id, secret }] = webhooks();
		n8n.simulator.webhooks.remove(id);
		expect(await n8n.restart()).toEqual([]);
		expect(webhooks()[0].id).not.toBe(id);
		expect(webhooks()[0].secret).not.toBe(secret);
		await expectWhole(workflow);
	});

	it.each([
		['nothing of its webhook is stored', () => ({})],
		['the secret is lost', ({ webhookId }: { webhookId?: string }) => ({ webhookId })],
		['the ID is lost', ({ webhookSecret }: { webhookSecret?: string }) => ({ webhookSecret })],
		['the ID is another one', (stored: object) => ({ ...stored, webhookId: 'f'.repeat(24) })],
		['the ID is no ID', () => ({ webhookId: '../clients', webhookSecret: 'x' })],
	])('replaces its webhook if %s', async (what, changed) => {
		const workflow = await n8n.published();
		const [{ id }] = webhooks();
		n8n.store(workflow, changed(n8n.stored(workflow)));
		forgetRequests();
		const errors = await n8n.restart();
		if (what === 'the ID is no ID') {
			expect(errors[0].message).toContain('not a valid ID');
			await n8n.publish(workflow);
		} else expect(errors).toEqual([]);
		expect(webhooks()[0].id).not.toBe(id);
		await expectWhole(workflow);
		expect(n8n.requested().filter((request) => request.includes('clients'))).toEqual([]);
	});

	it('finds a webhook of its URL on the second page', async () => {
		n8n.simulator.settings.webhookLimit = 1_000;
		const workflow = n8n.add();
		const [{ id }] = n8n.simulator.webhooks.seed({
			url: n8n.url(workflow),
			createdAt: '2020-01-01T00:00:00.000Z',
		});
		n8n.simulator.webhooks.seed({ count: 150 });
		await n8n.publish(workflow);
		expect(webhooks()).toHaveLength(151);
		expect(webhooks().filter(({ url }) => url === n8n.url(workflow))).toHaveLength(1);
		expect(webhooks().map((webhook) => webhook.id)).not.toContain(id);
	});

	it('repairs the webhook of every workflow', async () => {
		const workflows = [await n8n.published(), await n8n.published(), await n8n.published()];
		const [first, second] = webhooks();
		n8n.simulator.webhooks.change(first.id, { enabled: false });
		n8n.simulator.webhooks.remove(second.id);
		expect(await n8n.restart()).toEqual([]);
		expect(
			webhooks()
				.map(({ url }) => url)
				.sort(),
		).toEqual(workflows.map((w) => n8n.url(w)).sort());
		expect(await statuses()).toEqual([200, 200, 200]);
	});
});

const HTML = { kind: 'reply', status: 404, body: 'html' } as const;
const PROCESSED = { processed: true } as const;
const FAILURES: Array<[string, Omit<FaultSpec, 'method' | 'path'>]> = [
	['a broken connection', { kind: 'dropBefore' }],
	['a lost answer', { kind: 'dropAfter' }],
	['half an answer', { kind: 'shortBody' }],
	['500', { kind: 'reply', status: 500 }],
	['500 after the work was done', { kind: 'reply', status: 500, ...PROCESSED }],
	['502', { kind: 'reply', status: 502 }],
	['502 after the work was done', { kind: 'reply', status: 502, ...PROCESSED }],
	['401', { kind: 'reply', status: 401 }],
	['403', { kind: 'reply', status: 403 }],
	['a 404 of a proxy', HTML],
	['an HTML page after the work was done', { ...HTML, status: 200, ...PROCESSED }],
];

describe.each(FAILURES)('%s', (_name, failure) => {
	const inCheck = { ...failure, method: 'GET', path: '/webhooks/:id' };

	it('in the check of a stored webhook changes nothing, and deliveries go on', async () => {
		const workflow = await n8n.published();
		const before = everything(workflow);
		const asked = `GET /webhooks/${before.webhooks[0].id}`;
		forgetRequests();
		fault(inCheck);
		expect(await n8n.restart()).toEqual([]);
		expect(new Set(n8n.requested())).toEqual(new Set([asked]));
		expect(everything(workflow)).toEqual(before);
		expect(n8n.log).toEqual([
			{
				level: 'warn',
				message: expect.stringMatching(
					/^ComplyCube Trigger: the webhook could not be checked, which the next start makes up for\. ./,
				),
				more: [{ workflowId: 'workflow1' }],
			},
		]);
		expect(await statuses()).toEqual([200]);
		n8n.simulator.faults.clear();
		await n8n.unpublish(workflow);
		expect(webhooks()).toEqual([]);
	});

	it('in the check of a webhook that has to change keeps it, and the next start changes it', async () => {
		const workflow = await n8n.published();
		workflow.node.parameters.events = [COMPLETED, 'client.created'];
		const before = everything(workflow);
		fault(inCheck);
		expect(await n8n.restart()).toEqual([]);
		expect(everything(workflow)).toEqual(before);

		n8n.simulator.faults.clear();
		expect(await n8n.restart()).toEqual([]);
		expect(webhooks().map(({ id }) => id)).toEqual(before.webhooks.map(({ id }) => id));
		expect(created()).toBe(1);
		await expectWhole(workflow);
	});

	it('in the search for webhooks is not taken for a missing webhook', async () => {
		const workflow = n8n.add();
		fault({ ...failure, method: 'GET', path: '/webhooks' });
		await expect(n8n.publish(workflow)).rejects.toThrow();
		expect(created()).toBe(0);
		n8n.simulator.faults.clear();
		await n8n.publish(workflow);
		await expectWhole(workflow);
	});

	it('in the repair of a webhook throws, and keeps it', async () => {
		const workflow = await n8n.published();
		const [{ id, secret }] = webhooks();
		n8n.simulator.webhooks.change(id, { enabled: false });
		const stored = workflow.staticData;
		fault({ ...failure, method: 'POST', path: '/webhooks/:id' });
		expect(await n8n.restart()).toHaveLength(1);
		expect(created()).toBe(1);
		expect(workflow.staticData).toBe(stored);
		expect(webhooks()).toEqual([expect.objectContaining({ id, secret })]);
		expect(n8n.log).toEqual([]);
		n8n.simulator.faults.clear();
		await n8n.retry(workflow);
		expect(webhooks()).toEqual([expect.objectContaining({ id, secret })]);
		await expectWhole(workflow);
	});

	it('in create throws, and leaves none behind', async () => {
		const workflow = n8n.add();
		fault({ ...failure, method: 'POST', path: '/webhooks' });
		const error = await n8n.publish(workflow).catch((thrown) => thrown);
		expect(error.name).toBe('NodeApiError');
		// A later try would not help
		const willStay = /^4/.test(error.httpCode ?? '') || failure.status === 200;
		if (willStay) expect(error.message).not.toContain('Publish the workflow again');
		else expect(error.message).toContain(`. ${LATER}`);
		expect(created()).toBe(1);
		expect(webhooks()).toEqual([]);
		expect(n8n.stored(workflow)).toEqual({});
		n8n.simulator.faults.clear();
		await n8n.publish(workflow);
		await expectWhole(workflow);
	});

	it('in create and in the cleanup leaves one webhook after the next publication', async () => {
		const workflow = n8n.add();
		fault({ ...failure, method: 'POST', path: '/webhooks' });
		fault({ kind: 'reply', method: 'DELETE', status: 500 });
		await expect(n8n.publish(workflow)).rejects.toThrow();
		n8n.simulator.faults.clear();
		await n8n.publish(workflow);
		await expectWhole(workflow);
	});

	it.each([
		['in delete', { ...failure, method: 'DELETE' }],
		['in the look before delete', inCheck],
	])('%s is logged, and the next publication leaves one webhook', async (_where, spec) => {
		const workflow = await n8n.published();
		const [{ id, secret }] = webhooks();
		fault(spec);
		await n8n.unpublish(workflow);
		expect(n8n.stored(workflow)).toEqual({});
		expect(n8n.log).toEqual([stays(id, expect.stringMatching(/./) as never)]);
		expect(JSON.stringify(n8n.log)).not.toContain(secret);
		n8n.simulator.faults.clear();
		await n8n.publish(workflow);
		await expectWhole(workflow);
	});
});

describe('a start of n8n while ComplyCube does not answer', () => {
	const LOST = { kind: 'reply', status: 500, method: 'GET', path: '/webhooks/:id' } as const;

	it.each<[string, (workflow: StoredWorkflow) => void]>([
		['is right', () => {}],
		['has to change', ({ node }) => (node.parameters.events = ['client.created'])],
	])('does not keep a webhook that %s from being removed', async (_what, change) => {
		const workflow = await n8n.published();
		change(workflow);
		fault(LOST);
		await n8n.restart();
		await n8n.retry(workflow).catch(() => {});
		expect(webhooks()).toHaveLength(1);
		n8n.simulator.faults.clear();
		await n8n.unpublish(workflow);
		expect(webhooks()).toEqual([]);
		expect(n8n.stored(workflow)).toEqual({});
	});
});

describe('a rejected key', () => {
	const revoke = () => (n8n.simulator.settings.keys = []);

	it('is reported with the word by which n8n knows not to retry', async () => {
		revoke();
		const error = await n8n.published().catch((thrown) => thrown);
		expect(error.name).toBe('NodeApiError');
		expect(error.message).toContain('Authorization');
		expect(error.message).not.toContain('Publish the workflow again');
	});

	it('is reported by create as well', async () => {
		fault({ kind: 'reply', method: 'POST', status: 401 });
		await expect(n8n.published()).rejects.toThrow('Authorization');
	});

	it('is logged by delete', async () => {
		const workflow = await n8n.published();
		revoke();
		await n8n.unpublish(workflow);
		expect(JSON.stringify(n8n.log)).toContain('Authorization');
		expect(JSON.stringify(n8n.log)).not.toContain(n8n.credential.apiKey);
	});
});

describe('unpublishing', () => {
	it('removes the webhook and forgets its secret', async () => {
		const workflow = await n8n.published();
		const [{ id }] = webhooks();
		const [other] = n8n.simulator.webhooks.seed();
		forgetRequests();
		await n8n.unpublish(workflow);
		expect(n8n.requested()).toEqual([`GET /webhooks/${id}`, `DELETE /webhooks/${id}`]);
		expect(webhooks()).toEqual([other]);
		expect(n8n.stored(workflow)).toEqual({});
		expect(n8n.log).toEqual([]);
	});

	it('leaves a webhook that now points to another n8n', async () => {
		const workflow = await n8n.published();
		const [{ id }] = webhooks();
		// As if a copy of the database was started elsewhere
		n8n.simulator.webhooks.change(id, { url: 'https://elsewhere.example.com/webhook/x' });
		const before = webhooks();
		await n8n.unpublish(workflow);
		expect(webhooks()).toEqual(before);
		expect(n8n.stored(workflow)).toEqual({});
		expect(n8n.log).toEqual([stays(id, 'It has another address by now')]);
	});

	it('succeeds although the webhook is gone', async () => {
		const workflow = await n8n.published();
		const [{ id }] = webhooks();
		n8n.simulator.webhooks.remove(id);
		forgetRequests();
		await n8n.unpublish(workflow);
		expect(n8n.requested()).toEqual([`GET /webhooks/${id}`]);
		expect(n8n.stored(workflow)).toEqual({});
		expect(n8n.log).toEqual([]);
	});

	it('sends nothing if there is no webhook', async () => {
		await n8n.unpublish(n8n.add());
		expect(n8n.requested()).toEqual([]);
	});

	it.each<[string, (workflow: StoredWorkflow) => void]>([
		['is not usable', () => (n8n.credential.baseUrl = 'http://api.example.com')],
		['is gone', ({ node }) => delete node.credentials],
	])('still works after a start while the credential %s', async (_what, change) => {
		const { webhookUrl, credential } = n8n;
		const workflow = await n8n.published();
		const { credentials } = workflow.node;
		const before = everything(workflow);
		n8n.webhookUrl = 'https://n8n.example.com';
		n8n.credential = { ...credential };
		change(workflow);
		expect(await n8n.restart()).toHaveLength(1);
		expect(everything(workflow)).toEqual(before);
		expect(n8n.log).toEqual([]);

		Object.assign(n8n, { webhookUrl, credential });
		workflow.node.credentials = credentials;
		await n8n.unpublish(workflow);
		expect(webhooks()).toEqual([]);
		expect(n8n.stored(workflow)).toEqual({});
	});

	it('succeeds even if the credential cannot be used', async () => {
		const workflow = await n8n.published();
		n8n.credential.baseUrl = 'http://api.example.com';
		await n8n.unpublish(workflow);
		expect(n8n.stored(workflow)).toEqual({});
		expect(JSON.stringify(n8n.log)).toContain("'Base URL'");
	});
});

describe('listening for a test event', () => {
	it('uses a webhook of its own, and leaves the production one as it is', async () => {
		const workflow = await n8n.published();
		const before = webhooks();
		const stored = n8n.stored(workflow);
		await n8n.listen(workflow);
		expect(webhooks()).toEqual([
			...before,
			expect.objectContaining({
				url: n8n.url(workflow, true),
				enabled: true,
				description: expect.stringMatching(/^n8n test of workflow "Onboarding 1"/),
			}),
		]);
		expect(await statuses()).toEqual([200, 200]);
		await n8n.idle();
		expect(n8n.runs.map(({ mode }) => mode).sort()).toEqual(['manual', 'webhook']);
		expect(webhooks()).toEqual(before);
		expect(n8n.stored(workflow)).toMatchObject(stored);
	});

	it('leaves no webhook behind if no event comes', async () => {
		const workflow = n8n.add();
		await n8n.listen(workflow);
		expect(webhooks()).toHaveLength(1);
		await n8n.stopListening(workflow);
		expect(webhooks()).toEqual([]);
	});

	it('continues after a forgery and an event that is filtered out', async () => {
		const workflow = n8n.add({ filters: { outcomes: ['clear'] } });
		await n8n.listen(workflow);
		const [{ id }] = webhooks();
		expect((await n8n.forge({ kind: 'noSignature', webhookId: id })).attempts[0].status).toBe(401);
		const [other] = await n8n.deliver({ type: COMPLETED, payload: { id: '1', outcome: 'x' } });
		expect(other.attempts[0].answer).toBe('Filtered out');
		expect(webhooks()).toHaveLength(1);
		await n8n.deliver({ type: COMPLETED, payload: { id: '1', outcome: 'clear' } });
		await n8n.idle();
		expect(n8n.runs.map(({ mode }) => mode)).toEqual(['manual']);
		expect(webhooks()).toEqual([]);
	});

	it('replaces the webhook that an earlier test left behind', async () => {
		const workflow = n8n.add();
		fault({ kind: 'reply', method: 'DELETE', status: 500, times: 1 });
		await n8n.listen(workflow);
		await n8n.stopListening(workflow);
		expect(webhooks()).toHaveLength(1);
		await n8n.listen(workflow);
		expect(webhooks()).toHaveLength(1);
		expect(await statuses()).toEqual([200]);
	});

	it('says that its webhook counts against the limit', async () => {
		n8n.simulator.webhooks.seed({ count: 19 });
		const workflow = await n8n.published();
		const error = await n8n.listen(workflow).catch((thrown) => thrown);
		expect(error.message).toContain('20 webhooks');
		expect(error.message).toContain('listening for a test event');
		expect(webhooks()).toHaveLength(20);
		expect(await statuses()).toContain(200);
	});

	it('accepts the same event again and again', async () => {
		const workflow = n8n.add();
		const event = { type: COMPLETED, id: 'the same' };
		for (let i = 0; i < 3; i++) {
			await n8n.listen(workflow);
			await n8n.deliver(event);
			await n8n.idle();
		}
		expect(n8n.runs).toHaveLength(3);
	});
});

describe('an address without https', () => {
	const API = 'https://api.complycube.com';
	let asked = 0;
	beforeEach(() => {
		asked = 0;
		nock(API)
			.persist()
			.intercept(/.*/, 'GET')
			.reply(() => {
				asked += 1;
				return [500, {}];
			});
		Object.assign(n8n.credential, { baseUrl: `${API}/v1` });
	});
	afterEach(() => nock.cleanAll());
	afterAll(() => nock.restore());

	it.each(['http://n8n.example.com', 'http://localhost:5678', 'http://127.0.0.1:5678'])(
		'is refused before anything is sent: %s',
		async (url) => {
			n8n.webhookUrl = url;
			const workflow = n8n.add();
			for (const act of [() => n8n.publish(workflow), () => n8n.listen(workflow)]) {
				const error = await act().catch((thrown) => thrown);
				expect(error.name).toBe('NodeOperationError');
				// n8n shows the message only
				expect(error.message).toContain(`n8n's address is ${url}. Set the environment`);
				expect(error.message).toContain('N8N_WEBHOOK_URL (WEBHOOK_URL in older versions of n8n)');
				expect(error.message).toContain('use a tunnel');
				expect(error.description ?? undefined).toBeUndefined();
			}
			expect(asked).toBe(0);
		},
	);

	it("is refused with an empty Base URL, which means ComplyCube's own", async () => {
		n8n.credential.baseUrl = '';
		await expect(n8n.published()).rejects.toThrow('https addresses only');
		expect(asked).toBe(0);
	});

	it('leaves the existing webhook as it is until the workflow is unpublished', async () => {
		const { webhookUrl } = n8n;
		Object.assign(n8n.credential, { baseUrl: n8n.simulator.url });
		const workflow = await n8n.published();
		const before = everything(workflow);
		n8n.webhookUrl = 'http://n8n.example.com';
		n8n.credential.baseUrl = `${API}/v1`;
		const [error] = await n8n.restart();
		expect(error.message).toContain('https addresses only');
		await expect(n8n.retry(workflow)).rejects.toThrow('https addresses only');
		expect(asked).toBe(0);
		expect(everything(workflow)).toEqual(before);
		expect(n8n.log).toEqual([]);

		Object.assign(n8n, { webhookUrl });
		n8n.credential.baseUrl = n8n.simulator.url;
		await n8n.unpublish(workflow);
		expect(webhooks()).toEqual([]);
		expect(n8n.stored(workflow)).toEqual({});
	});

	it('unlike one with https, which is sent to ComplyCube', async () => {
		n8n.webhookUrl = 'https://n8n.example.com';
		await expect(n8n.published()).rejects.toThrow('answered with status 500');
		expect(asked).toBe(1);
	});
});
