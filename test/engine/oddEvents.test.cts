import { N8n } from './triggerCalls.cts';

let n8n: N8n;
beforeAll(async () => {
	n8n = await N8n.start();
	// Full jitter at its shortest
	jest.spyOn(Math, 'random').mockReturnValue(0);
});
beforeEach(() => n8n.reset());
afterAll(async () => await n8n.close());

const COMPLETED = 'workflow.session.completed';
const EVENTS = [COMPLETED, 'check.completed', 'check.completed.clear'];

/** Signs and delivers a body, and tells how n8n answered. */
async function deliver(body: unknown) {
	const [{ id: webhookId }] = n8n.simulator.webhooks.list();
	const [{ attempts }] = await n8n.deliver({ raw: JSON.stringify(body), webhookId });
	return attempts[0];
}

/** What may stand where a text is expected. `String` throws for the objects. */
const ODD: unknown[] = [
	{ toString: null, valueOf: 1 },
	[{ toString: 'x', valueOf: {} }],
	[],
	{},
	5,
	true,
	null,
];

/** An event, the value to put into it, and where. */
const PLACES: Array<[string, (odd: unknown) => object]> = [
	['type', (type) => ({ id: 'e', type, payload: { id: 's1', outcome: 'clear' } })],
	['id', (id) => ({ id, type: COMPLETED, payload: { id: 's1', outcome: 'clear' } })],
	['createdAt', (createdAt) => ({ id: 'e', createdAt, type: COMPLETED, payload: { id: 's1' } })],
	['payload', (payload) => ({ id: 'e', type: 'check.completed', payload })],
	[
		'payload.id',
		(id) => ({
			id: 'e',
			type: 'check.completed',
			payload: { id, updatedAt: '2026', outcome: 'x' },
		}),
	],
	[
		'payload.updatedAt',
		(updatedAt) => ({ id: 'e', type: 'check.completed', payload: { id: 'c1', updatedAt } }),
	],
	[
		'payload.outcome',
		(outcome) => ({ id: 'e', type: COMPLETED, payload: { id: 's1', outcome, clientId: 'c' } }),
	],
	[
		'payload.result',
		(result) => ({ id: 'e', type: 'check.completed', payload: { id: 'c1', result } }),
	],
	[
		'payload.result.outcome',
		(outcome) => ({ id: 'e', type: 'check.completed', payload: { id: 'c1', result: { outcome } } }),
	],
	[
		'payload.clientId',
		(clientId) => ({ id: 'e', type: COMPLETED, payload: { id: 's1', outcome: 'clear', clientId } }),
	],
];

describe.each(PLACES)('an event whose %s is no text', (place, eventWith) => {
	it.each(ODD.map((odd) => JSON.stringify(odd)))('is answered with 200: %s', async (odd) => {
		await n8n.published({ events: EVENTS });
		const event = eventWith(JSON.parse(odd));
		expect(await deliver(event)).toMatchObject({ status: 200 });
		if (place === 'type') {
			expect(n8n.runs).toEqual([]);
			expect(n8n.log.map(({ message }) => message)).toEqual([
				'ComplyCube Trigger: 1 events without a readable type dismissed.',
			]);
		} else {
			expect(n8n.runs.map(({ json }) => json)).toEqual([event]);
			expect(n8n.log).toEqual([]);
		}
	});

	it.each(ODD.map((odd) => JSON.stringify(odd)))('is passed on if all are: %s', async (odd) => {
		await n8n.published({ events: ['*'], options: { fetchResource: true } });
		const event = eventWith(JSON.parse(odd));
		expect(await deliver(event)).toMatchObject({ status: 200 });
		expect(n8n.runs.map(({ json }) => json)).toEqual([{ ...event, resource: null }]);
	});

	it.each(ODD.map((odd) => JSON.stringify(odd)))('goes through filters: %s', async (odd) => {
		await n8n.published({ events: EVENTS, filters: { outcomes: ['clear'], clientIds: 'c' } });
		expect(await deliver(eventWith(JSON.parse(odd)))).toMatchObject({ status: 200 });
		expect(n8n.runs).toEqual([]);
	});
});

describe('an outcome that is no text', () => {
	it.each(['{"toString":1,"valueOf":1}', '["clear"]', '{}', 'true'])(
		'is read from the session itself: %s',
		async (outcome) => {
			await n8n.published({ filters: { outcomes: ['clear'] } });
			const [{ id }] = n8n.simulator.workflowSessions.seed({
				status: 'complete',
				outcome: 'clear',
			});
			await deliver({ type: COMPLETED, payload: { id, outcome: JSON.parse(outcome) } });
			expect(n8n.requested()).toContain(`GET /workflowSessions/${id}`);
			expect(n8n.runs).toHaveLength(1);
		},
	);
});

describe('a switch whose expression gives a text', () => {
	const EVENT = { id: 'e', type: COMPLETED, payload: { id: 's1' } };

	it.each([
		['false', 2],
		[' FALSE ', 2],
		['True', 1],
		['', 1],
		['maybe', 1],
	])("is what it says: 'Ignore Repeated Events' %j", async (text, runs) => {
		await n8n.published({ options: { ignoreRepeated: `={{ ${JSON.stringify(text)} }}` } });
		for (let i = 0; i < 2; i++) await deliver(EVENT);
		expect(n8n.runs).toHaveLength(runs);
	});

	it.each([
		['false', false],
		['TRUE', true],
		['', false],
	])("is what it says: 'Include Full Resource' %j", async (text, isRead) => {
		await n8n.published({ options: { fetchResource: `={{ ${JSON.stringify(text)} }}` } });
		await deliver(EVENT);
		expect(n8n.runs.map(({ json }) => 'resource' in json)).toEqual([isRead]);
	});
});

it('an endless ID is not remembered', async () => {
	const workflow = await n8n.published({ events: EVENTS });
	const { staticData } = workflow;
	await deliver({ id: 'x'.repeat(100_000), type: COMPLETED });
	await deliver({
		type: 'check.completed',
		payload: { id: 'x'.repeat(100_000), updatedAt: 'y'.repeat(100_000) },
	});
	await n8n.idle();
	expect(n8n.runs).toHaveLength(2);
	expect(workflow.staticData).toBe(staticData);
});

/** Far deeper than any call stack. */
const DEEP = JSON.parse('['.repeat(20_000) + ']'.repeat(20_000));

const ODD_IN_RUNS: Array<[string, unknown]> = [
	['an object without a text', { toString: 1, valueOf: 1 }],
	['a list of one', [{ toString: null, valueOf: null }]],
	['deep', DEEP],
	['null', null],
	['a prototype', JSON.parse('{"__proto__":{"id":"c1"}}')],
];

describe.each(['id', 'type', 'payload', 'resource'])('an event whose %s', (name) => {
	it.each(ODD_IN_RUNS)('is odd runs the workflow: %s', async (_, odd) => {
		const workflow = await n8n.published({ events: ['*'] });
		const event = { id: 'e', type: 'check.completed', payload: { id: 'c1' }, [name]: odd };
		const { status, data } = await n8n.carryOut(workflow, [{ json: event as never }], 'webhook');
		expect(data.resultData.error).toBeUndefined();
		expect(status).toBe('success');
	});
});
