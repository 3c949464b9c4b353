import type { IDataObject } from 'n8n-workflow';
import { N8n, type StoredWorkflow } from './triggerCalls.cts';

let n8n: N8n;
beforeAll(async () => {
	n8n = await N8n.start();
	// Full jitter at its shortest
	jest.spyOn(Math, 'random').mockReturnValue(0);
});
beforeEach(() => n8n.reset());
afterAll(async () => await n8n.close());

const COMPLETED = 'workflow.session.completed';
const ODD = ['{}', '{"toString":1,"valueOf":1}', '["x"]', '5', 'true', 'null', '""', '" "'];

const webhooks = () => n8n.simulator.webhooks.list();

/** Lets ComplyCube create webhooks, but tell something else of them. */
function replyWith(workflow: StoredWorkflow, changes: (made: { id: string }) => IDataObject) {
	const [{ id }] = n8n.simulator.webhooks.seed({ url: n8n.url(workflow) });
	const body = {
		id,
		url: n8n.url(workflow),
		enabled: true,
		events: [COMPLETED],
		secret: 'secret',
		...changes({ id }),
	};
	n8n.simulator.faults.add({
		kind: 'reply',
		method: 'POST',
		path: '/webhooks',
		status: 200,
		body: { json: body },
	});
	// The stray of before is removed before the creation, and this is what the creation makes
	n8n.simulator.faults.add({
		kind: 'reply',
		method: 'GET',
		path: '/webhooks',
		status: 200,
		body: { json: { totalItems: 0, items: [] } },
		times: 1,
	});
}

describe.each(['secret', 'id', 'events', 'url', 'enabled'])(
	'a created webhook whose %s',
	(field) => {
		it.each(field === 'enabled' ? ODD.filter((odd) => odd !== 'true') : ODD)(
			'is %s is refused and removed',
			async (odd) => {
				const workflow = n8n.add();
				replyWith(workflow, () => ({ [field]: JSON.parse(odd) }));
				await expect(n8n.publish(workflow)).rejects.toThrow('did not set up the webhook as asked');
				expect(webhooks()).toEqual([]);
				expect(n8n.stored(workflow)).toEqual({});
			},
		);
	},
);

it.each(['../clients', 'a b', '#'])(
	'an ID that is none cannot reach anything else: %s',
	async (id) => {
		const workflow = n8n.add();
		replyWith(workflow, () => ({ id, secret: '' }));
		await expect(n8n.publish(workflow)).rejects.toThrow('did not set up the webhook as asked');
		expect(webhooks()).toEqual([]);
		expect(n8n.requested().filter((request) => !request.includes('/webhooks'))).toEqual([]);
	},
);

describe('a list of webhooks with odd entries', () => {
	it.each(ODD)('is searched for strays all the same: %s', async (odd) => {
		const workflow = n8n.add();
		const [{ id }] = n8n.simulator.webhooks.seed({ url: n8n.url(workflow) });
		const value = JSON.parse(odd);
		const items = [
			{ id: value, url: n8n.url(workflow) },
			{ id: 'x', url: value },
			{ id, url: n8n.url(workflow) },
		];
		n8n.simulator.faults.add({
			kind: 'reply',
			method: 'GET',
			path: '/webhooks',
			status: 200,
			body: { json: { totalItems: 3, pages: 1, items } },
			times: 1,
		});
		await n8n.publish(workflow);
		expect(webhooks()).toHaveLength(1);
		expect(webhooks()[0].id).not.toBe(id);
	});
});

describe('a stored secret that is no text', () => {
	it.each(ODD.filter((odd) => !odd.includes('"')))(
		'lets nothing in, and is replaced at the next start: %s',
		async (odd) => {
			const workflow = await n8n.published();
			n8n.store(workflow, { ...n8n.stored(workflow), webhookSecret: JSON.parse(odd) });
			const [delivery] = await n8n.deliver({ type: COMPLETED });
			expect(delivery.attempts[0].status).toBe(401);
			expect(await n8n.restart()).toEqual([]);
			expect(webhooks()).toHaveLength(1);
			const [accepted] = await n8n.deliver({ type: COMPLETED });
			expect(accepted.attempts[0].status).toBe(200);
		},
	);
});

describe('a webhook that ComplyCube created though it answered', () => {
	it.each([400, 403, 408, 500, 504])('%i is removed at once', async (status) => {
		const workflow = n8n.add();
		n8n.simulator.faults.add({
			kind: 'reply',
			method: 'POST',
			path: '/webhooks',
			status,
			processed: true,
			times: 1,
		});
		await expect(n8n.publish(workflow)).rejects.toThrow();
		expect(n8n.requested().filter((request) => request === 'POST /webhooks')).toHaveLength(1);
		expect(webhooks()).toEqual([]);
		expect(n8n.stored(workflow)).toEqual({});
		await n8n.publish(workflow);
		expect(webhooks()).toHaveLength(1);
	});
});
