import { createHmac } from 'node:crypto';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { IDataObject } from 'n8n-workflow';
import type { Delivery } from '../../simulator/deliveries.cts';
import { FORGERY_KINDS } from '../../simulator/forgeries.cts';
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
const GONE = '5eb2b61e02df0a0008f1cf2a';
const UPDATED_AT = '2026-01-01T14:06:49.756Z';

const statusesOf = (deliveries: Delivery[]) => deliveries.map(({ attempts }) => attempts[0].status);
const answersOf = (deliveries: Delivery[]) => deliveries.map(({ attempts }) => attempts[0].answer);
const session = (fields: IDataObject = {}) =>
	n8n.simulator.workflowSessions.seed({ status: 'complete', ...fields })[0];
const reads = () => n8n.requested().filter((request) => !request.includes('/webhooks'));
const webhookOf = (workflow: StoredWorkflow) =>
	n8n.simulator.webhooks.list().find(({ url }) => url === n8n.url(workflow))!;

/** Frees all memory that is no longer referenced. */
function collectGarbage(): void {
	setFlagsFromString('--expose-gc');
	runInNewContext('gc')();
}

/** Posts a body that the simulator would not send. */
async function post(
	workflow: StoredWorkflow,
	body: string | Buffer,
	headers: Record<string, string> = {},
) {
	const { status } = await fetch(n8n.url(workflow), { method: 'POST', body, headers });
	await n8n.idle();
	return status;
}

const signed = (workflow: StoredWorkflow, body: string | Buffer) => ({
	'complycube-signature': createHmac('sha256', String(n8n.stored(workflow).webhookSecret))
		.update(body)
		.digest('hex'),
});

describe('a genuine delivery', () => {
	it('starts the workflow with the unchanged event', async () => {
		await n8n.published();
		const deliveries = await n8n.deliver({
			type: COMPLETED,
			payload: { id: 'x', status: 'complete', anything: [1, { new: 'in 2027' }] },
		});
		expect(statusesOf(deliveries)).toEqual([200]);
		expect(answersOf(deliveries)).toEqual(['']);
		expect(n8n.runs).toEqual([
			{ workflowId: 'workflow1', mode: 'webhook', json: JSON.parse(deliveries[0].body) },
		]);
		expect(reads()).toEqual([]);
		expect(n8n.log).toEqual([]);
	});

	it.each(['webhook', 'manual'] as const)(
		'passes through an execution unchanged: %s',
		async (mode) => {
			const workflow = await n8n.published();
			n8n.simulator.requests.length = 0;
			const items = [
				{
					json: { id: 'x', payload: { deep: [1, null, { a: 'é' }] } },
					binary: { data: { data: 'aGVsbG8=', mimeType: 'text/plain', fileName: 'hello.txt' } },
				},
				{ json: {} },
			];
			// n8n itself pairs each item that starts an execution with its position
			const passed = structuredClone(items).map((item, place) => ({
				...item,
				pairedItem: { item: place },
			}));
			const { data, status } = await n8n.carryOut(workflow, items, mode);
			expect(status).toBe('success');
			const [task, ...others] = data.resultData.runData['ComplyCube Trigger'];
			expect(others).toEqual([]);
			expect(task.data!.main).toEqual([passed]);
			expect(n8n.requested()).toEqual([]);
		},
	);

	it('keeps the pairing it has', async () => {
		const items = [
			{ json: {}, pairedItem: [{ item: 3, input: 1 }] },
			{ json: {}, pairedItem: 0 },
		];
		const before = structuredClone(items);
		const { execute } = n8n.process.trigger;
		const context = {
			getInputData: () => items,
			getNodeParameter: () => ({}),
			getMode: () => 'manual',
		};
		const passed = await execute!.call(context as never);
		expect(passed).toEqual([before]);
	});

	it('is verified byte by byte, whatever its JSON', async () => {
		const workflow = await n8n.published({ events: ['*'] });
		for (const body of [
			'{"type":"x","type":"y","n":1.0,"big":12345678901234567890,"e":1e3}',
			' \n{ "type" : "x", "text": "\\u00e9 é \u{1F600}" }\r\n',
			'{"type":"x","__proto__":{"a":1},"constructor":null}',
		]) {
			expect(await post(workflow, body, signed(workflow, body))).toBe(200);
		}
		expect(n8n.runs.map(({ json }) => JSON.stringify(json.type))).toEqual(['"y"', '"x"', '"x"']);
	});

	it.each(['application/json', 'application/json; charset=utf-8', 'application/octet-stream'])(
		'is accepted as %s',
		async (type) => {
			const workflow = await n8n.published();
			const body = JSON.stringify({ id: '1', type: COMPLETED });
			const headers = { ...signed(workflow, body), 'content-type': type };
			expect(await post(workflow, body, headers)).toBe(200);
			expect(n8n.runs.map(({ json }) => json.id)).toEqual(['1']);
		},
	);

	it('of a change in the simulator starts the workflow', async () => {
		await n8n.published({ events: ['workflow.session.cancelled'] });
		const [{ id }] = n8n.simulator.workflowSessions.seed();
		n8n.simulator.workflowSessions.change(id, { status: 'cancelled' });
		await n8n.simulator.deliveries.settled();
		expect(n8n.runs.map(({ json }) => json.payload)).toEqual([expect.objectContaining({ id })]);
	});

	it('is not verified with the secret of another workflow', async () => {
		const [first, second] = [await n8n.published(), await n8n.published()];
		const body = JSON.stringify({ id: '1', type: COMPLETED });
		expect(await post(first, body, signed(second, body))).toBe(401);
		expect(n8n.runs).toEqual([]);
	});
});

describe('a delivery without a valid signature', () => {
	it.each(FORGERY_KINDS)('is answered with 401: %s', async (kind) => {
		const workflow = await n8n.published();
		await n8n.published();
		const { id, secret } = webhookOf(workflow);
		const stored = workflow.staticData;
		const { attempts, body } = await n8n.forge({ kind, webhookId: id });
		expect(attempts[0]).toMatchObject({
			status: 401,
			answer: 'The signature is missing or wrong',
		});
		expect(n8n.runs).toEqual([]);
		expect(reads()).toEqual([]);
		expect(workflow.staticData).toBe(stored);
		expect(n8n.log).toEqual([
			{
				level: 'warn',
				message: 'ComplyCube Trigger: 1 deliveries without a valid signature refused.',
				more: [{ workflowId: 'workflow1' }],
			},
		]);
		for (const confidential of [secret, body].filter(Boolean)) {
			expect(JSON.stringify(n8n.log)).not.toContain(confidential);
		}
	});

	it('is answered with 401 if the header comes as a list', async () => {
		const workflow = await n8n.published();
		const body = JSON.stringify({ id: '1', type: COMPLETED });
		n8n.onRequest = ({ headers }) => {
			headers['complycube-signature'] = [headers['complycube-signature'] as string];
		};
		expect(await post(workflow, body, signed(workflow, body))).toBe(401);
		expect(n8n.runs).toEqual([]);
	});

	it('is answered with 401 if n8n did not keep its bytes', async () => {
		const workflow = await n8n.published();
		const body = JSON.stringify({ id: '1', type: COMPLETED });
		n8n.onRequest = (request) =>
			Object.assign(request, { rawBody: undefined, readRawBody: async () => {} });
		expect(await post(workflow, body, signed(workflow, body))).toBe(401);
	});

	it('is answered with 401 if n8n can no longer read its bytes', async () => {
		const workflow = await n8n.published();
		const body = JSON.stringify({ id: '1', type: COMPLETED });
		n8n.onRequest = (request) =>
			Object.assign(request, {
				rawBody: undefined,
				readRawBody: async () => await Promise.reject(new Error('stream is not readable')),
			});
		expect(await post(workflow, body, signed(workflow, body))).toBe(401);
		expect(n8n.runs).toEqual([]);
	});

	it('is answered with 401 whichever byte was altered', async () => {
		const workflow = await n8n.published();
		const body = Buffer.from('{"id":"1","type":"workflow.session.completed"}');
		const headers = signed(workflow, body);
		// Each altered body is still valid JSON
		for (const place of [1 + body.indexOf(':"'), body.length - 3, body.indexOf('session')]) {
			const altered = Buffer.from(body);
			altered[place + (altered[place] === 0x22 ? 1 : 0)] ^= 1;
			expect(await post(workflow, altered, headers)).toBe(401);
		}
		expect(await post(workflow, body, headers)).toBe(200);
	});

	it('is answered with 401 if no secret is stored, with a hint', async () => {
		const workflow = await n8n.published();
		const { id } = webhookOf(workflow);
		n8n.store(workflow, { webhookId: id });
		expect(statusesOf(await n8n.deliver({ type: COMPLETED }))).toEqual([401]);
		for (const secret of ['', 'undefined', 'null']) {
			const body = JSON.stringify({ id: '1', type: COMPLETED });
			const signature = createHmac('sha256', secret).update(body).digest('hex');
			expect(await post(workflow, body, { 'complycube-signature': signature })).toBe(401);
		}
		expect(n8n.runs).toEqual([]);
		expect(n8n.log.map(({ message }) => message)).toEqual([
			'ComplyCube Trigger: 1 deliveries without a valid signature refused. No signing secret is stored: unpublish and publish the workflow.',
		]);
	});

	it('does not fill the log', async () => {
		const workflow = await n8n.published();
		for (let i = 0; i < 120; i++) await post(workflow, '{"id":"secret content"}');
		expect(n8n.log.map(({ message }) => /\d+/.exec(message)?.[0])).toEqual(['1', '10', '100']);
		expect(JSON.stringify(n8n.log)).not.toContain('secret content');
	});
});

describe('a signed body that is no event', () => {
	it.each(['[]', '[{"id":"1","type":"check.completed"}]', '"text"', '5', 'null', 'true', ''])(
		'is not asked for again, and told in the log: %s',
		async (body) => {
			const workflow = await n8n.published({ events: ['*'] });
			expect(await post(workflow, body, signed(workflow, body))).toBe(200);
			expect(n8n.runs).toEqual([]);
			expect(n8n.log.map(({ message }) => message)).toEqual([
				'ComplyCube Trigger: 1 events without a readable type dismissed.',
			]);
		},
	);

	it.each([
		'{}',
		'{"type":null,"payload":null}',
		'{"type":5,"payload":"text"}',
		'{"type":{},"payload":[1]}',
		'{"type":"check.completed","payload":{"result":null,"id":{}}}',
		'{"type":"client.created","payload":{"id":"../webhooks"}}',
	])('starts a workflow that takes all events if it is an object: %s', async (body) => {
		const workflow = await n8n.published({ events: ['*'], options: { fetchResource: true } });
		expect(await post(workflow, body, signed(workflow, body))).toBe(200);
		expect(n8n.runs).toEqual([
			expect.objectContaining({ json: { ...JSON.parse(body), resource: null } }),
		]);
		expect(reads()).toEqual([]);
	});

	it.each(['{"type":null,"payload":null}', '{"type":"check.completed","payload":{"result":null}}'])(
		'passes no filter: %s',
		async (body) => {
			const workflow = await n8n.published({ events: ['*'], filters: { outcomes: ['clear'] } });
			expect(await post(workflow, body, signed(workflow, body))).toBe(200);
			expect(n8n.runs).toEqual([]);
		},
	);
});

describe('events', () => {
	it('that were not chosen start nothing', async () => {
		await n8n.published({ events: [COMPLETED] });
		const [{ id }] = n8n.simulator.webhooks.list();
		for (const type of ['check.completed', 'workflow.session.complete', 'new.in.2027', '*', '']) {
			const deliveries = await n8n.deliver({ type, webhookId: id });
			expect(answersOf(deliveries)).toEqual(['Not an event that this workflow waits for']);
			expect(statusesOf(deliveries)).toEqual([200]);
		}
		expect(n8n.runs).toEqual([]);
	});

	it('of unknown types start a workflow that takes all', async () => {
		await n8n.published({ events: ['*', COMPLETED] });
		expect(n8n.simulator.webhooks.list()[0].events).toEqual(['*']);
		await n8n.deliver({ type: 'new.in.2027' });
		expect(n8n.runs).toHaveLength(1);
	});

	it('that overlap are subscribed to once', async () => {
		await n8n.published({ events: ['check.completed.clear', 'check.completed', 'check.updated'] });
		expect(n8n.simulator.webhooks.list()[0].events).toEqual(['check.completed', 'check.updated']);
	});

	it.each(['clear', 'attention'])(
		'without their outcome in the type are recognised by it: %s',
		async (outcome) => {
			await n8n.published({ events: ['check.completed.clear'] });
			const [{ id }] = n8n.simulator.webhooks.list();
			await n8n.deliver({ type: 'check.completed', payload: { id: '1', outcome }, webhookId: id });
			expect(n8n.runs).toHaveLength(outcome === 'clear' ? 1 : 0);
		},
	);

	it('chosen by an expression with commas start it', async () => {
		await n8n.published({ events: '={{ "client.created, check.updated" }}' });
		const [{ id }] = n8n.simulator.webhooks.list();
		for (const type of ['client.created', 'check.updated', 'client.updated', COMPLETED]) {
			await n8n.deliver({ type, webhookId: id });
		}
		expect(n8n.runs.map(({ json }) => json.type)).toEqual(['client.created', 'check.updated']);
	});

	const CHECK = { id: 'c1', outcome: 'clear', updatedAt: UPDATED_AT };
	const FORMS = ['check.completed', 'check.completed.clear'];
	const UPLOADED = 'document.updated.image_uploaded';
	const DELETED = 'document.updated.image_deleted';

	/** Delivers these types for one change, subscribed or not. Returns the types that started a run */
	async function started(events: string[], types: string[], payload: IDataObject) {
		const { id } = webhookOf(await n8n.published({ events }));
		for (const type of types) await n8n.deliver({ type, payload, webhookId: id });
		return n8n.runs.map(({ json }) => json.type);
	}

	it.each([
		['one after the other', false],
		['at the same time', true],
	])('in two forms start one run, delivered %s', async (_how, together) => {
		const { id: webhookId } = webhookOf(await n8n.published({ events: FORMS }));
		const tell = async (type: string) => await n8n.deliver({ type, payload: CHECK, webhookId });
		const deliveries: Delivery[] = [];
		if (together) deliveries.push(...(await Promise.all(FORMS.map(tell))).flat());
		else for (const type of FORMS) deliveries.push(...(await tell(type)));
		expect(answersOf(deliveries).sort()).toEqual(['', 'Already received']);
		expect(n8n.runs).toHaveLength(1);
		await n8n.deliver({
			type: FORMS[0],
			payload: { ...CHECK, updatedAt: '2026-01-01T15:00:00.000Z' },
		});
		expect(n8n.runs).toHaveLength(2);
	});

	it('in two forms start one run, even if the first has to be delivered again', async () => {
		const events = ['document.updated', UPLOADED];
		await n8n.published({ events, options: { fetchResource: true } });
		const path = '/documents/:id';
		n8n.simulator.faults.add({ kind: 'reply', path, status: 500, times: 1 });
		n8n.simulator.faults.add({ kind: 'reply', path, status: 200, body: { json: { id: 'd1' } } });
		const payload = { id: 'd1', updatedAt: UPDATED_AT };
		const [first] = await n8n.deliver({ type: events[0], payload });
		const [second] = await n8n.deliver({ type: events[1], payload });
		expect(statusesOf([first, second])).toEqual([503, 200]);
		expect(answersOf([await n8n.deliverAgain(first)])).toEqual(['Already received']);
		expect(n8n.runs.map(({ json }) => json.type)).toEqual([UPLOADED]);
	});

	it('in two forms start two runs if neither has a time', async () => {
		expect(await started(FORMS, FORMS, { id: 'c1' })).toEqual(FORMS);
	});

	it('all start a run of a workflow that takes all events', async () => {
		const types = [...FORMS, UPLOADED, 'document.updated'];
		expect(await started(['*', ...FORMS], types, CHECK)).toEqual(types);
	});

	it.each([
		[[UPLOADED, UPLOADED, DELETED]],
		[['check.completed.clear', 'check.completed.attention']],
		[['check.completed', 'check.completed']],
		[['document.updated', 'document.updated']],
		[['client.updated', 'client.updated']],
	])('of different changes at one moment start a run each: %j', async (types) => {
		const events = [...new Set(['document.updated', 'check.completed', ...types])];
		expect(await started(events, types, CHECK)).toEqual(types);
	});

	it.each([[['document.updated', UPLOADED]], [[UPLOADED, 'document.updated']]])(
		'of a document and its image start one run: %j',
		async (types) => {
			const payload = { id: 'd1', updatedAt: UPDATED_AT };
			expect(await started(types, types, payload)).toEqual([types[0]]);
			expect(n8n.simulator.webhooks.list()[0].events).toEqual(types);
		},
	);

	it('of different objects at the same moment start a run each', async () => {
		await n8n.published({ events: ['*'] });
		for (const id of ['c1', 'c2']) {
			await n8n.deliver({ type: FORMS[0], payload: { ...CHECK, id } });
		}
		expect(n8n.runs).toHaveLength(2);
	});
});

describe('filters', () => {
	const TEMPLATE = '68566be2a37a78622f4f7be3';
	const CLIENT = '5eb1276d96be4a0008713af5';
	const whole = { id: GONE, outcome: 'clear', workflowTemplateId: TEMPLATE, clientId: CLIENT };

	interface Row {
		what: string;
		filters: IDataObject;
		payload: IDataObject;
		type?: string;
		starts: boolean;
	}
	const ROWS: Row[] = [
		{ what: 'nothing set', filters: {}, payload: {}, starts: true },
		{
			what: 'everything empty',
			filters: { outcomes: [], otherOutcomes: ' , ', clientIds: '', workflowTemplateIds: '' },
			payload: {},
			starts: true,
		},
		{ what: 'outcome', filters: { outcomes: ['clear'] }, payload: whole, starts: true },
		{
			what: 'one of several outcomes',
			filters: { outcomes: ['attention', 'clear'] },
			payload: whole,
			starts: true,
		},
		{ what: 'another outcome', filters: { outcomes: ['decline'] }, payload: whole, starts: false },
		{
			what: 'outcome in other letters',
			filters: { outcomes: ['CLEAR'] },
			payload: { ...whole, outcome: 'Clear' },
			starts: true,
		},
		{
			what: 'an outcome of the future',
			filters: { otherOutcomes: 'escalated, Approved' },
			payload: { ...whole, outcome: 'approved' },
			starts: true,
		},
		{
			what: 'outcomes of list and text together',
			filters: { outcomes: ['attention'], otherOutcomes: 'approved' },
			payload: { ...whole, outcome: 'attention' },
			starts: true,
		},
		{
			what: 'outcomes as text, from an expression',
			filters: { outcomes: 'attention,clear' },
			payload: whole,
			starts: true,
		},
		{
			what: 'template',
			filters: { workflowTemplateIds: ` other , ${TEMPLATE} ,` },
			payload: whole,
			starts: true,
		},
		{
			what: 'another template',
			filters: { workflowTemplateIds: `${TEMPLATE}0` },
			payload: whole,
			starts: false,
		},
		{
			what: 'clients as a list, from an expression',
			filters: { clientIds: ['x', CLIENT] },
			payload: whole,
			starts: true,
		},
		{ what: 'another client', filters: { clientIds: 'x' }, payload: whole, starts: false },
		{
			what: 'all three',
			filters: { outcomes: ['clear'], workflowTemplateIds: TEMPLATE, clientIds: CLIENT },
			payload: whole,
			starts: true,
		},
		{
			what: 'two of three',
			filters: { outcomes: ['clear'], workflowTemplateIds: TEMPLATE, clientIds: 'x' },
			payload: whole,
			starts: false,
		},
		{
			what: 'outcome in the result of a check',
			filters: { outcomes: ['clear'] },
			type: 'check.completed',
			payload: { id: GONE, result: { outcome: 'clear' } },
			starts: true,
		},
		{
			what: 'template of a check, which has none',
			filters: { workflowTemplateIds: TEMPLATE },
			type: 'check.completed',
			payload: whole,
			starts: false,
		},
		{
			what: 'outcome of a client, which has none',
			filters: { outcomes: ['clear'] },
			type: 'client.created',
			payload: whole,
			starts: false,
		},
		{
			what: 'client of a client',
			filters: { clientIds: GONE },
			type: 'client.deleted',
			payload: { id: GONE },
			starts: true,
		},
		{
			what: 'client of a document',
			filters: { clientIds: CLIENT },
			type: 'document.created',
			payload: whole,
			starts: true,
		},
		{
			what: 'client of an address',
			filters: { clientIds: CLIENT },
			type: 'address.updated',
			payload: whole,
			starts: true,
		},
		{
			what: 'outcome of something unknown',
			filters: { outcomes: ['clear'] },
			type: 'new.in.2027',
			payload: whole,
			starts: false,
		},
	];

	it.each(ROWS)('by the event alone: $what', async ({ filters, payload, type, starts }) => {
		await n8n.published({ events: ['*'], filters });
		const deliveries = await n8n.deliver({ type: type ?? COMPLETED, payload });
		expect(statusesOf(deliveries)).toEqual([200]);
		expect(n8n.runs).toHaveLength(starts ? 1 : 0);
		if (!starts) expect(answersOf(deliveries)).toEqual(['Filtered out']);
		expect(reads()).toEqual([]);
	});

	it.each([
		['outcomes', 'attention', 1],
		['outcomes', 'clear', 0],
		['workflowTemplateIds', TEMPLATE, 1],
		['clientIds', CLIENT, 1],
		['clientIds', 'x', 0],
	])('by the session if the event lacks the field: %s %s', async (name, value, runs) => {
		await n8n.published({ filters: { [name]: name === 'outcomes' ? [value] : value } });
		const { id } = session({
			outcome: 'attention',
			workflowTemplateId: TEMPLATE,
			clientId: CLIENT,
		});
		expect(statusesOf(await n8n.deliver({ type: COMPLETED, payload: { id } }))).toEqual([200]);
		expect(n8n.runs).toHaveLength(runs);
		expect(reads()).toEqual([`GET /workflowSessions/${id}`]);
		expect(n8n.log).toEqual([]);
		expect(n8n.runs.filter(({ json }) => 'resource' in json)).toEqual([]);
	});

	it('and the full resource read the session once', async () => {
		await n8n.published({
			filters: { outcomes: ['clear'], workflowTemplateIds: TEMPLATE },
			options: { fetchResource: true },
		});
		const { id } = session({ outcome: 'clear', workflowTemplateId: TEMPLATE });
		await n8n.deliver({ type: COMPLETED, payload: { id } });
		expect(n8n.runs).toHaveLength(1);
		expect(reads()).toHaveLength(1);
	});

	it('by a check that the event does not describe', async () => {
		await n8n.published({ events: ['check.completed'], filters: { outcomes: ['clear'] } });
		n8n.simulator.faults.add({
			kind: 'reply',
			path: `/checks/${GONE}`,
			status: 200,
			body: { json: { id: GONE, result: { outcome: 'clear' } } },
		});
		await n8n.deliver({ type: 'check.completed', payload: { id: GONE } });
		expect(n8n.runs).toHaveLength(1);
		expect(reads()).toEqual([`GET /checks/${GONE}`]);
	});

	it('pass no event whose object is gone', async () => {
		await n8n.published({ filters: { outcomes: ['clear'] } });
		const deliveries = await n8n.deliver({ type: COMPLETED, payload: { id: GONE } });
		expect(answersOf(deliveries)).toEqual(['Filtered out']);
		expect(n8n.log).toEqual([
			{
				level: 'warn',
				message:
					'ComplyCube Trigger: an event was filtered out because ComplyCube does not know its object (any more)',
				more: [{ workflowId: 'workflow1' }],
			},
		]);
	});
});

describe("'Include Full Resource'", () => {
	it('adds the session', async () => {
		await n8n.published({ options: { fetchResource: true } });
		const { id, outcome, allRelatedChecks } = session();
		await n8n.deliver({ type: COMPLETED, payload: { id } });
		expect(n8n.runs[0].json).toMatchObject({
			type: COMPLETED,
			payload: { id },
			resource: { id, outcome, allRelatedChecks },
		});
	});

	it.each([
		['check.completed', 'checks'],
		['client.created', 'clients'],
		['document.updated.image_uploaded', 'documents'],
		['address.updated', 'addresses'],
	])('adds the object of %s', async (type, collection) => {
		const resource = { id: GONE, anything: true };
		await n8n.published({ events: ['*'], options: { fetchResource: true } });
		n8n.simulator.faults.add({
			kind: 'reply',
			path: `/${collection}/${GONE}`,
			status: 200,
			body: { json: resource },
		});
		await n8n.deliver({ type, payload: { id: GONE } });
		expect(n8n.runs[0].json.resource).toEqual(resource);
	});

	it('is null if the object is gone', async () => {
		await n8n.published({ options: { fetchResource: true } });
		const deliveries = await n8n.deliver({ type: COMPLETED, payload: { id: GONE } });
		expect(statusesOf(deliveries)).toEqual([200]);
		expect(n8n.runs[0].json.resource).toBeNull();
		expect(reads()).toHaveLength(1);
	});

	it.each(['client.deleted', 'document.deleted', 'address.deleted', 'new.in.2027'])(
		'is null without a request for %s',
		async (type) => {
			await n8n.published({ events: ['*'], options: { fetchResource: true } });
			await n8n.deliver({ type, payload: { id: GONE } });
			expect(n8n.runs[0].json.resource).toBeNull();
			expect(reads()).toEqual([]);
		},
	);

	it('reads no object of an event that is filtered out', async () => {
		await n8n.published({ filters: { outcomes: ['clear'] }, options: { fetchResource: true } });
		await n8n.deliver({ type: COMPLETED, payload: { id: session().id, outcome: 'attention' } });
		expect(reads()).toEqual([]);
	});

	it('does not wait for its turn behind other requests of the key', async () => {
		n8n.loadNode();
		await n8n.published({ options: { fetchResource: true } });
		n8n.credential.requestsPerSecond = 10;
		// Two seconds' worth of requests
		const others = Array.from({ length: 20 }, async () => await n8n.search('searchClients'));
		const { id } = session();
		while (reads().length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
		const begin = Date.now();
		const deliveries = await n8n.deliver({ type: COMPLETED, payload: { id } });
		expect(statusesOf(deliveries)).toEqual([200]);
		expect(n8n.runs[0].json.resource).toMatchObject({ id });
		expect(Date.now() - begin).toBeLessThan(1_000);
		expect(reads().length).toBeLessThan(others.length);
		await Promise.all(others);
	});
});

describe('an event that cannot be completed now', () => {
	it.each([
		['the connection breaks', { kind: 'dropBefore' }],
		['500', { kind: 'reply', status: 500 }],
		['503', { kind: 'reply', status: 503 }],
		['401', { kind: 'reply', status: 401 }],
		['429', { kind: 'reply', status: 429, headers: { 'retry-after': '60' } }],
		['a 404 of a proxy', { kind: 'reply', status: 404, body: 'html' }],
		['an HTML page', { kind: 'reply', status: 200, body: 'html' }],
		['half an answer', { kind: 'shortBody' }],
	] as const)('is requested again, and then starts one run: %s', async (_name, fault) => {
		const workflow = await n8n.published({ options: { fetchResource: true } });
		n8n.simulator.settings.deliveryRetryDelaysMs = [100, 100];
		const { id } = session();
		n8n.simulator.faults.add({ ...fault, method: 'GET', path: '/workflowSessions/:id' });
		const deliveries = await n8n.deliver({ type: COMPLETED, payload: { id } });
		expect(statusesOf(deliveries)).toEqual([503]);
		expect(n8n.runs).toEqual([]);
		expect(n8n.log).toEqual([
			{
				level: 'warn',
				message: expect.stringMatching(
					/^ComplyCube Trigger: an event's object could not be read \([\w ]+\): it will be delivered again$/,
				),
				more: [{ workflowId: 'workflow1' }],
			},
		]);
		for (const confidential of [id, n8n.credential.apiKey, webhookOf(workflow).secret]) {
			expect(JSON.stringify(n8n.log)).not.toContain(confidential);
		}

		n8n.simulator.faults.clear();
		// A new key, because the node remembers refusals by key
		n8n.process = { ...n8n.process };
		n8n.credential.apiKey = `test_${id}`;
		n8n.simulator.settings.keys.push(`test_${id}`);
		await n8n.simulator.deliveries.settled();
		expect(deliveries[0]).toMatchObject({ state: 'delivered' });
		await n8n.deliverAgain(deliveries[0]);
		expect(n8n.runs.map(({ json }) => json.resource)).toEqual([expect.objectContaining({ id })]);
	});

	it('is requested again if the credential cannot be used', async () => {
		await n8n.published({ options: { fetchResource: true } });
		n8n.credential.baseUrl = 'http://api.example.com';
		expect(statusesOf(await n8n.deliver({ type: COMPLETED }))).toEqual([503]);
	});

	it('is requested again if a filter needs an object that cannot be read', async () => {
		await n8n.published({ filters: { outcomes: ['clear'] } });
		n8n.simulator.faults.add({ kind: 'reply', status: 500, times: 1 });
		const [delivery] = await n8n.deliver({
			type: COMPLETED,
			payload: { id: session({ outcome: 'clear' }).id },
		});
		expect(statusesOf([delivery])).toEqual([503]);
		expect(statusesOf([await n8n.deliverAgain(delivery)])).toEqual([200]);
		expect(n8n.runs).toHaveLength(1);
	});
});

describe('an event that comes again', () => {
	const EVENT = { type: COMPLETED, id: 'event1' };

	it('starts nothing', async () => {
		await n8n.published();
		await n8n.deliver(EVENT);
		const again = await n8n.deliver(EVENT);
		expect(statusesOf(again)).toEqual([200]);
		expect(answersOf(again)).toEqual(['Already received']);
		expect(n8n.runs).toHaveLength(1);
	});

	it('starts nothing while the first still waits for its object', async () => {
		await n8n.published({ options: { fetchResource: true } });
		n8n.simulator.faults.add({ kind: 'delay', path: '/workflowSessions/:id', delayMs: 200 });
		const payload = { id: session().id };
		await Promise.all([1, 2, 3, 4, 5].map(async () => await n8n.deliver({ ...EVENT, payload })));
		expect(n8n.runs).toHaveLength(1);
	});

	it('starts each workflow that waits for it', async () => {
		await n8n.published();
		await n8n.published();
		await n8n.deliver(EVENT);
		await n8n.deliver(EVENT);
		expect(n8n.runs.map(({ workflowId }) => workflowId).sort()).toEqual(['workflow1', 'workflow2']);
	});

	it('is remembered without its response, whose memory is freed', async () => {
		await n8n.published();
		const responses: Array<WeakRef<object>> = [];
		n8n.onRequest = (_request, response) => void responses.push(new WeakRef(response));
		for (let i = 0; i < 20; i++) await n8n.deliver({ type: COMPLETED, id: `e${i}` });
		await n8n.idle();
		expect(responses).toHaveLength(20);
		collectGarbage();
		// The server may still hold the last ones
		expect(responses.filter((response) => response.deref()).length).toBeLessThan(5);
		expect(answersOf(await n8n.deliver({ type: COMPLETED, id: 'e0' }))).toEqual([
			'Already received',
		]);
	});

	it('starts the workflow if the run could not be started before', async () => {
		await n8n.published();
		n8n.onRun = () => {
			throw new Error('No room for another execution');
		};
		expect(statusesOf(await n8n.deliver(EVENT))).toEqual([500]);
		n8n.onRun = () => {};
		expect(statusesOf(await n8n.deliver(EVENT))).toEqual([200]);
		expect(statusesOf(await n8n.deliver(EVENT))).toEqual([200]);
		expect(n8n.runs.filter(({ error }) => !error)).toHaveLength(1);
	});

	it('starts the workflow again if the user chose that', async () => {
		await n8n.published({ options: { ignoreRepeated: false } });
		await n8n.deliver(EVENT);
		await n8n.deliver(EVENT);
		expect(n8n.runs).toHaveLength(2);
	});

	const CLEAR = { id: 'x', outcome: 'clear' };
	const OTHER = { id: 'x', outcome: 'attention' };
	const ONLY_CLEAR = { filters: { outcomes: ['clear'] } };

	it('is filtered again if it was filtered out before', async () => {
		await n8n.published(ONLY_CLEAR);
		expect(answersOf(await n8n.deliver({ ...EVENT, payload: OTHER }))).toEqual(['Filtered out']);
		expect(answersOf(await n8n.deliver({ ...EVENT, payload: CLEAR }))).toEqual(['']);
		expect(n8n.runs).toHaveLength(1);
	});

	it('is recognised as well if its object was read', async () => {
		await n8n.published(ONLY_CLEAR);
		const payload = { id: session({ outcome: 'clear' }).id };
		expect(answersOf(await n8n.deliver({ ...EVENT, payload }))).toEqual(['']);
		expect(answersOf(await n8n.deliver({ ...EVENT, payload }))).toEqual(['Already received']);
		expect(n8n.runs).toHaveLength(1);
	});

	it('is recognised by an ID that is a number', async () => {
		const workflow = await n8n.published();
		const body = JSON.stringify({ type: COMPLETED, id: 5 });
		for (let i = 0; i < 2; i++) await post(workflow, body, signed(workflow, body));
		expect(n8n.runs).toHaveLength(1);
	});

	it.each([{ a: 1 }, ['x'], null, true])('is not recognised by an ID such as %j', async (id) => {
		const workflow = await n8n.published();
		const { staticData } = workflow;
		const body = JSON.stringify({ type: COMPLETED, id });
		for (let i = 0; i < 2; i++) await post(workflow, body, signed(workflow, body));
		expect(n8n.runs).toHaveLength(2);
		expect(workflow.staticData).toBe(staticData);
	});

	it('is not recognised without an ID', async () => {
		await n8n.published();
		const workflow = n8n.workflows[0];
		const body = JSON.stringify({ type: COMPLETED, payload: { id: '1' } });
		for (let i = 0; i < 2; i++) await post(workflow, body, signed(workflow, body));
		expect(n8n.runs).toHaveLength(2);
	});
});

describe('a delivery that lasts longer than a publication', () => {
	/** Begins a delivery, whose run starts only when the returned function is called. */
	async function longDelivery() {
		let end = () => {};
		const ended = new Promise<void>((resolve) => (end = resolve));
		const begun = new Promise<void>((resolve) => {
			n8n.onRun = async () => {
				resolve();
				await ended;
			};
		});
		const delivery = n8n.deliver({ type: COMPLETED });
		await begun;
		n8n.onRun = () => {};
		return async () => {
			end();
			await n8n.idle();
			await delivery;
		};
	}

	it('does not lock out later ones, and stores nothing over the new registration', async () => {
		const workflow = await n8n.published();
		const end = await longDelivery();
		await n8n.publish(workflow);
		const { id } = webhookOf(workflow);
		const { staticData } = workflow;
		await end();
		expect(workflow.staticData).toBe(staticData);
		expect(statusesOf(await n8n.deliver({ type: COMPLETED }))).toEqual([200]);
		await n8n.idle();
		expect(n8n.runs).toHaveLength(2);
		expect(workflow.staticData).toBe(staticData);
		expect(n8n.log).toEqual([]);
		await n8n.restart();
		expect(n8n.simulator.webhooks.list().map((webhook) => webhook.id)).toEqual([id]);
		expect(statusesOf(await n8n.deliver({ type: COMPLETED }))).toEqual([200]);
	});

	it('because it reads an object does not overwrite the new registration', async () => {
		const workflow = await n8n.published({ options: { fetchResource: true } });
		const path = '/workflowSessions/:id';
		n8n.simulator.faults.add({ kind: 'delay', path, delayMs: 300, times: 1 });
		const delivery = n8n.deliver({ type: COMPLETED, payload: { id: session().id } });
		while (reads().length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
		await n8n.publish(workflow);
		const { staticData } = workflow;
		expect(n8n.runs).toEqual([]);
		expect(statusesOf(await delivery)).toEqual([200]);
		await n8n.idle();
		expect(n8n.runs).toHaveLength(1);
		expect(workflow.staticData).toBe(staticData);
	});

	it('leaves one webhook even if n8n starts before the next delivery', async () => {
		const workflow = await n8n.published();
		const end = await longDelivery();
		await n8n.publish(workflow);
		await end();
		expect(await n8n.restart()).toEqual([]);
		expect(n8n.simulator.webhooks.list()).toHaveLength(1);
		expect(statusesOf(await n8n.deliver({ type: COMPLETED }))).toEqual([200]);
	});

	it('does not make the trigger accept anything while no registration is stored', async () => {
		const workflow = await n8n.published();
		n8n.store(workflow, {});
		expect(statusesOf(await n8n.deliver({ type: COMPLETED }))).toEqual([401]);
		expect(n8n.runs).toEqual([]);
	});

	it('is not accepted once the workflow is unpublished', async () => {
		const workflow = await n8n.published();
		const body = JSON.stringify({ id: '1', type: COMPLETED });
		const headers = signed(workflow, body);
		await n8n.publish(workflow);
		expect(await post(workflow, body, headers)).toBe(401);
		await n8n.unpublish(workflow);
		expect(await post(workflow, body, headers)).toBe(404);
	});
});
