import type { Delivery } from '../../simulator/deliveries.cts';
import type { FaultSpec } from '../../simulator/faults.cts';
import { N8n, type StoredWorkflow } from './triggerCalls.cts';

const COMPLETED = 'workflow.session.completed';

/** How slow the API is, and what n8n does meanwhile. */
interface Slowness {
	fault: FaultSpec;
	act: (n8n: N8n, workflow: StoredWorkflow) => Promise<unknown>;
}

interface End {
	n8n: N8n;
	workflow: StoredWorkflow;
	seconds: number;
	result: unknown;
	/** ComplyCube's webhooks and n8n's static data, before and after */
	states: unknown[];
}

const stateOf = (n8n: N8n) =>
	structuredClone({
		webhooks: n8n.simulator.webhooks.list(),
		stored: n8n.workflows.map((workflow) => n8n.stored(workflow)),
	});

const deliver = async (n8n: N8n) => {
	const { id } = n8n.simulator.workflowSessions.seed({ status: 'complete' })[0];
	return (await n8n.deliver({ type: COMPLETED, payload: { id } }))[0];
};

const SCENES: Record<string, Slowness> = {
	'never answers a read': {
		fault: { kind: 'silence', path: '/workflowSessions/:id' },
		act: deliver,
	},
	'answers a read too late': {
		fault: { kind: 'delay', delayMs: 30_000, path: '/workflowSessions/:id' },
		act: deliver,
	},
	'answers a read a few bytes at a time': {
		fault: { kind: 'drip', stepBytes: 8, stepMs: 1_000, path: '/workflowSessions/:id' },
		act: deliver,
	},
	'keeps answering 503': {
		fault: { kind: 'reply', status: 503, path: '/workflowSessions/:id' },
		act: deliver,
	},
	'asks to wait': {
		fault: {
			kind: 'reply',
			status: 429,
			headers: { 'retry-after': '30' },
			path: '/workflowSessions/:id',
		},
		act: deliver,
	},
	'never answers the check': {
		fault: { kind: 'silence', method: 'GET', path: '/webhooks/:id' },
		act: async (n8n) => await n8n.restart(),
	},
	'never answers the search': {
		fault: { kind: 'silence', method: 'GET', path: '/webhooks' },
		act: async (n8n) => await n8n.published().catch((error) => error),
	},
	'never answers create, but does it': {
		fault: { kind: 'silence', processed: true, method: 'POST', path: '/webhooks' },
		act: async (n8n) => await n8n.published().catch((error) => error),
	},
	'never answers delete': {
		fault: { kind: 'silence', method: 'DELETE' },
		act: async (n8n, workflow) => await n8n.unpublish(workflow),
	},
};

const ends: Record<string, End> = {};

// All at once, because they only wait
beforeAll(async () => {
	await Promise.all(
		Object.entries(SCENES).map(async ([name, { fault, act }]) => {
			const n8n = await N8n.start();
			const workflow = await n8n.published({ options: { fetchResource: true } });
			n8n.simulator.requests.length = 0;
			n8n.simulator.faults.add(fault);
			const before = stateOf(n8n);
			const begin = Date.now();
			const result = await act(n8n, workflow);
			const seconds = (Date.now() - begin) / 1_000;
			n8n.simulator.faults.clear();
			ends[name] = { n8n, workflow, seconds, result, states: [before, stateOf(n8n)] };
		}),
	);
}, 60_000);
afterAll(async () => {
	await Promise.all(Object.values(ends).map(async ({ n8n }) => await n8n.close()));
});

/** Expects each workflow to have one webhook, whose deliveries n8n accepts. */
async function expectWhole(n8n: N8n) {
	const urls = n8n.simulator.webhooks.list().map(({ url }) => url);
	expect(urls.sort()).toEqual(n8n.workflows.map((workflow) => n8n.url(workflow)).sort());
	const deliveries = await n8n.deliver({ type: COMPLETED });
	expect(deliveries.map(({ attempts }) => attempts[0].status)).toEqual(urls.map(() => 200));
}

describe('if the API', () => {
	it.each([
		'never answers a read',
		'answers a read too late',
		'answers a read a few bytes at a time',
		'keeps answering 503',
		'asks to wait',
	])(
		'%s, the trigger asks in time to deliver the event again, which then starts one run',
		async (name) => {
			const { n8n, seconds, result } = ends[name];
			const delivery = result as Delivery;
			expect(delivery.attempts[0].status).toBe(503);
			// ComplyCube waits 15 seconds
			expect(seconds).toBeLessThan(12);
			expect(n8n.runs).toEqual([]);
			await n8n.restart();
			for (let i = 0; i < 2; i++) {
				expect((await n8n.deliverAgain(delivery)).attempts[0].status).toBe(200);
			}
			expect(n8n.runs).toHaveLength(1);
		},
	);

	it('never answers the check, the webhook stays as it is', async () => {
		const { n8n, seconds, result, states } = ends['never answers the check'];
		expect(result).toEqual([]);
		expect(seconds).toBeLessThan(25);
		expect(states[1]).toEqual(states[0]);
		expect(n8n.log).toContainEqual({
			level: 'warn',
			message:
				'ComplyCube Trigger: the webhook could not be checked, which the next start makes up for. ComplyCube did not answer in time',
			more: [{ workflowId: 'workflow1' }],
		});
		await expectWhole(n8n);
	});

	it('never answers create, but does it, nothing is left of it', () => {
		const { states } = ends['never answers create, but does it'];
		const [before, after] = states as Array<ReturnType<typeof stateOf>>;
		expect(after.webhooks).toEqual(before.webhooks);
		expect(after.stored.slice(0, 1)).toEqual(before.stored);
		expect(after.stored.slice(1).filter((data) => Object.keys(data).length > 0)).toEqual([]);
	});

	it.each(['never answers the search', 'never answers create, but does it'])(
		'%s, publishing fails soon, and succeeds the next time',
		async (name) => {
			const { n8n, seconds, result } = ends[name];
			expect((result as Error).message).toMatch(
				/^ComplyCube did not answer in time\. Publish the workflow again in a few minutes\./,
			);
			expect(seconds).toBeLessThan(25);
			for (const workflow of n8n.workflows) await n8n.publish(workflow);
			await expectWhole(n8n);
		},
	);

	it('never answers delete, the workflow is still unpublished', async () => {
		const { n8n, workflow, seconds } = ends['never answers delete'];
		expect(seconds).toBeLessThan(25);
		expect(n8n.stored(workflow)).toEqual({});
		expect(n8n.log).toContainEqual({
			level: 'warn',
			message: expect.stringContaining('stays at ComplyCube'),
			more: [{ workflowId: workflow.id, reason: 'ComplyCube did not answer in time' }],
		});
		await n8n.publish(workflow);
		await expectWhole(n8n);
	});
});
