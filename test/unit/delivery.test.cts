import { createHmac, randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import type { IDataObject, IHttpRequestOptions, IWebhookFunctions } from 'n8n-workflow';
import { receive } from '../../nodes/ComplyCube/trigger/delivery';
import { keyFingerprint } from '../../nodes/ComplyCube/trigger/keyFingerprint';
import { valueAt } from '../../nodes/ComplyCube/values/path';

beforeEach(() => jest.useFakeTimers({ now: Date.parse('2026-01-01T00:00:00Z') }));
afterEach(() => jest.useRealTimers());

const COMPLETED = 'workflow.session.completed';
const SECRET = 'akuPkDmpn1lFiMchfmSjsQMj0sUQ4IRH';
const ID = '5eb2b61e02df0a0008f1cf2a';

const reply = (statusCode: number, body: unknown) => ({ statusCode, headers: {}, body });
const GONE = reply(404, { type: 'resource_not_found', message: 'Invalid session id' });

/** n8n's response object, as far as a delivery has to do with it. */
class Response extends EventEmitter {
	statusCode = 200;
	writableEnded = false;
	writableFinished = false;
	text?: string;

	status(code: number) {
		this.statusCode = code;
		return this;
	}

	send(text: string) {
		this.text = text;
		return this;
	}

	end() {
		this.finish();
	}

	/** What n8n does in the end where the trigger did not. */
	finish() {
		this.writableEnded = true;
		this.writableFinished = true;
		this.emit('finish');
	}
}

interface Delivery {
	/** The body; an object is sent as JSON */
	body?: unknown;
	/** The signature header; by default the right one */
	signature?: unknown;
	/** What the body is signed with */
	secret?: string;
	readRawBody?: () => Promise<void>;
	parameters?: IDataObject;
	mode?: 'webhook' | 'manual';
	/** What ComplyCube answers to a look at the object; an Error is thrown */
	object?: unknown;
	/** What is in the credential besides the key, or why there is none */
	credential?: IDataObject | Error;
	/** The status that n8n answers with where the trigger leaves that to n8n */
	answer?: number;
}

/** A published trigger, to which events are delivered. */
class Trigger {
	readonly id = randomUUID();
	staticData: IDataObject = { webhookId: 'w1', webhookSecret: SECRET, createdAt: 1 };
	readonly credential = { apiKey: `test_${this.id}`, baseUrl: '', requestsPerSecond: 1e6 };
	readonly warnings: string[] = [];
	readonly reads: IHttpRequestOptions[] = [];
	readonly parametersRead: string[] = [];

	async deliver(delivery: Delivery = {}) {
		const { body = event(), parameters = {}, mode = 'webhook', object = GONE } = delivery;
		const rawBody = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
		const right = createHmac('sha256', delivery.secret ?? SECRET)
			.update(rawBody)
			.digest('hex');
		const signature = 'signature' in delivery ? delivery.signature : right;
		const response = new Response();
		const all: IDataObject = { events: [COMPLETED], ...parameters };
		const context = {
			getRequestObject: () => ({
				rawBody,
				headers: { 'complycube-signature': signature },
				readRawBody: delivery.readRawBody ?? (async () => {}),
			}),
			getResponseObject: () => response,
			getWorkflow: () => ({ id: this.id }),
			getNode: () => ({ id: 'node' }),
			getMode: () => mode,
			getWorkflowStaticData: () => this.staticData,
			getNodeParameter: (name: string, fallback?: unknown) => {
				this.parametersRead.push(name);
				return valueAt(all, name) ?? fallback;
			},
			logger: { warn: (text: string) => this.warnings.push(text) },
			getCredentials: async () => {
				if (delivery.credential instanceof Error) throw delivery.credential;
				return { ...this.credential, ...delivery.credential };
			},
			helpers: {
				httpRequestWithAuthentication: async (_type: string, options: IHttpRequestOptions) => {
					this.reads.push(options);
					if (object instanceof Error) throw object;
					return object;
				},
			},
		};
		// The webhook was registered with the present key
		if (this.staticData.webhookId) {
			const registering = { getCredentials: async () => this.credential };
			this.staticData.keyFingerprint = await keyFingerprint(registering as never);
		}
		const receiving = receive(context as unknown as IWebhookFunctions);
		await jest.advanceTimersByTimeAsync(20_000);
		const result = await receiving;
		if (!result.noWebhookResponse) response.status(delivery.answer ?? 200).finish();
		return {
			response,
			result,
			json: result.workflowData?.[0].map((item) => item.json),
			dismissed: result.webhookResponse as string | undefined,
		};
	}
}

let count = 0;
const event = (changes: IDataObject = {}): IDataObject => ({
	id: `event${++count}`,
	type: COMPLETED,
	payload: { id: ID, outcome: 'clear', clientId: 'c1', workflowTemplateId: 't1' },
	...changes,
});

describe('a signature', () => {
	it.each<[string, Delivery]>([
		['is missing', { signature: undefined }],
		['is empty', { signature: '' }],
		['is there twice', { signature: ['a', 'b'] }],
		['is of another secret', { secret: 'another' }],
		['is of another body', { signature: createHmac('sha256', SECRET).update('x').digest('hex') }],
	])('that %s starts nothing, and nothing is believed of the delivery', async (_, delivery) => {
		const trigger = new Trigger();
		const { result, response } = await trigger.deliver(delivery);
		expect(result).toEqual({ noWebhookResponse: true });
		expect(response).toMatchObject({ statusCode: 401, writableFinished: true });
		expect(trigger.parametersRead).toEqual([]);
		expect(trigger.reads).toEqual([]);
		expect(trigger.warnings).toEqual([
			'ComplyCube Trigger: 1 deliveries without a valid signature refused.',
		]);
	});

	it('fits nothing where no secret is stored, and the log says what to do', async () => {
		const trigger = new Trigger();
		trigger.staticData = {};
		const { response } = await trigger.deliver({ secret: '' });
		expect(response.statusCode).toBe(401);
		expect(trigger.warnings[0]).toMatch(/unpublish and publish the workflow\.$/);
	});

	it('that is wrong fills no log', async () => {
		const trigger = new Trigger();
		for (let i = 0; i < 120; i++) await trigger.deliver({ signature: 'x' });
		expect(trigger.warnings.map((text) => parseInt(text.split(': ')[1], 10))).toEqual([1, 10, 100]);
	});

	it('is asked for also where the bytes could not be read', async () => {
		const readRawBody = async () => {
			throw new Error('Too large');
		};
		const { response } = await new Trigger().deliver({ signature: 'x', readRawBody });
		expect(response.statusCode).toBe(401);
	});

	it('that is right lets the event through as it came', async () => {
		const body = event({ anything: [1, { new: 'in 2027' }] });
		const { json, response } = await new Trigger().deliver({ body });
		expect(json).toEqual([body]);
		expect(response.statusCode).toBe(200);
	});
});

it.each(['', '{', '[]', '[{"type":"x"}]', 'null', '5', '"text"'])(
	'a signed body that is no JSON object is dismissed: %j',
	async (body) => {
		const { dismissed, result } = await new Trigger().deliver({ body });
		expect(dismissed).toBe('Not an event');
		expect(result.workflowData).toBeUndefined();
	},
);

describe('an event that was not chosen', () => {
	it.each([event({ type: 'client.created' }), {}, { type: null }])(
		'starts nothing: %#',
		async (body) => {
			const trigger = new Trigger();
			const { dismissed, result } = await trigger.deliver({ body });
			expect(dismissed).toBe('Not an event that this workflow waits for');
			expect(result.workflowData).toBeUndefined();
		},
	);

	it('would be chosen by a text from an expression', async () => {
		const parameters = { events: `client.created, ${COMPLETED}` as never };
		expect((await new Trigger().deliver({ parameters })).json).toHaveLength(1);
	});
});

describe('an event that comes again', () => {
	it('starts nothing', async () => {
		const trigger = new Trigger();
		const body = event();
		expect((await trigger.deliver({ body })).json).toHaveLength(1);
		const { dismissed, result } = await trigger.deliver({ body });
		expect(dismissed).toBe('Already received');
		expect(result.workflowData).toBeUndefined();
	});

	it('is known by its ID, as text or as a number', async () => {
		const trigger = new Trigger();
		await trigger.deliver({ body: event({ id: 7 }) });
		expect((await trigger.deliver({ body: event({ id: '7' }) })).dismissed).toBe(
			'Already received',
		);
	});

	it.each([undefined, null, { a: 1 }])('cannot be known without one: %j', async (id) => {
		const trigger = new Trigger();
		const body = event({ id });
		for (const _ of [1, 2]) expect((await trigger.deliver({ body })).json).toHaveLength(1);
	});

	it('to another trigger starts that one', async () => {
		const body = event();
		for (const trigger of [new Trigger(), new Trigger()]) {
			expect((await trigger.deliver({ body })).json).toHaveLength(1);
		}
	});

	it.each<Delivery>([{ parameters: { options: { ignoreRepeated: false } } }, { mode: 'manual' }])(
		'starts again where that is wanted, and is not remembered: %j',
		async (delivery) => {
			const trigger = new Trigger();
			const body = event();
			for (const _ of [1, 2]) {
				expect((await trigger.deliver({ ...delivery, body })).json).toHaveLength(1);
			}
			expect((await trigger.deliver({ body })).json).toHaveLength(1);
		},
	);

	it('in its other form starts nothing, if both were chosen', async () => {
		const payload = { id: 'k', outcome: 'clear', updatedAt: '2026-01-01T14:06:49.756Z' };
		const general = event({ type: 'check.completed', payload });
		const particular = event({ type: 'check.completed.clear', payload });
		for (const [first, second] of [
			[general, particular],
			[particular, general],
		]) {
			const trigger = new Trigger();
			const parameters = { events: ['check.completed', 'check.completed.clear'] };
			expect((await trigger.deliver({ body: first, parameters })).json).toHaveLength(1);
			expect((await trigger.deliver({ body: second, parameters })).dismissed).toBe(
				'Already received',
			);
		}
	});

	it('starts the workflow after it was refused', async () => {
		const trigger = new Trigger();
		const body = event();
		const parameters = { options: { fetchResource: true } };
		const object = Object.assign(new Error('hang up'), { code: 'ENOTFOUND' });
		expect((await trigger.deliver({ body, parameters, object })).response.statusCode).toBe(503);
		const again = await trigger.deliver({ body, parameters, object: reply(200, { id: ID }) });
		expect(again.json).toEqual([{ ...body, resource: { id: ID } }]);
		expect((await trigger.deliver({ body })).dismissed).toBe('Already received');
	});

	it('starts the workflow if n8n could not start it before', async () => {
		const trigger = new Trigger();
		const body = event();
		await trigger.deliver({ body, answer: 500 });
		expect((await trigger.deliver({ body })).json).toHaveLength(1);
	});

	it('counts by the answer as it was sent', async () => {
		const trigger = new Trigger();
		const body = event();
		const { response } = await trigger.deliver({ body });
		response.statusCode = 500;
		expect((await trigger.deliver({ body })).dismissed).toBe('Already received');
	});
});

it('no delivery changes what n8n stores with the workflow', async () => {
	const trigger = new Trigger();
	const before = structuredClone(trigger.staticData);
	const body = event();
	const full = { parameters: { options: { fetchResource: true } }, object: reply(200, { id: ID }) };
	for (const delivery of [{ body }, { body }, full, { signature: 'x' }, { body: '' }]) {
		await trigger.deliver(delivery);
	}
	expect(trigger.staticData).toEqual({ ...before, keyFingerprint: expect.any(String) });
});

describe('a filter', () => {
	const filtered = (filters: IDataObject) => ({ parameters: { filters } });

	it.each([{ outcomes: ['clear'] }, { clientIds: 'c2, c1' }, { workflowTemplateIds: 't1' }])(
		'that the event passes lets it through, without a look: %j',
		async (filters) => {
			const trigger = new Trigger();
			expect((await trigger.deliver(filtered(filters))).json).toHaveLength(1);
			expect(trigger.reads).toEqual([]);
		},
	);

	it.each([{ outcomes: ['attention'] }, { clientIds: 'c2' }, { workflowTemplateIds: 't' }])(
		'that it does not pass stops it, and says nothing in the log: %j',
		async (filters) => {
			const trigger = new Trigger();
			const { dismissed, result } = await trigger.deliver(filtered(filters));
			expect(dismissed).toBe('Filtered out');
			expect(result.workflowData).toBeUndefined();
			expect(trigger.warnings).toEqual([]);
		},
	);

	it('that stops an event does not make it known', async () => {
		const trigger = new Trigger();
		const body = event();
		await trigger.deliver({ body, ...filtered({ clientIds: 'x' }) });
		expect((await trigger.deliver({ body })).json).toHaveLength(1);
	});

	const bare = () => event({ payload: { id: ID } });

	it('asks ComplyCube for what the event does not tell, for ten seconds at most', async () => {
		const trigger = new Trigger();
		const object = reply(200, { id: ID, outcome: 'clear' });
		const delivery = { body: bare(), object, ...filtered({ outcomes: ['clear'] }) };
		expect((await trigger.deliver(delivery)).json).toEqual([delivery.body]);
		expect(trigger.reads).toHaveLength(1);
		expect(trigger.reads[0]).toMatchObject({
			method: 'GET',
			url: `https://api.complycube.com/v1/workflowSessions/${ID}`,
			timeout: 10_000,
		});
	});

	it('stops an event whose object is gone, which the log tells', async () => {
		const trigger = new Trigger();
		const delivery = { body: bare(), object: GONE, ...filtered({ outcomes: ['clear'] }) };
		expect((await trigger.deliver(delivery)).dismissed).toBe('Filtered out');
		expect(trigger.warnings).toEqual([
			expect.stringContaining('because ComplyCube does not know its object (any more)'),
		]);
	});

	it('stops an event by what was read, which the log need not tell', async () => {
		const trigger = new Trigger();
		const object = reply(200, { id: ID, outcome: 'attention' });
		const delivery = { body: bare(), object, ...filtered({ outcomes: ['clear'] }) };
		expect((await trigger.deliver(delivery)).dismissed).toBe('Filtered out');
		expect(trigger.warnings).toEqual([]);
	});

	it.each<[string, Delivery, string]>([
		['ComplyCube answers 401', { object: reply(401, {}) }, '401'],
		['a proxy answers 404', { object: reply(404, '<html>') }, '404'],
		[
			'the host is unknown',
			{ object: Object.assign(new Error('x'), { code: 'ENOTFOUND' }) },
			'ENOTFOUND',
		],
		['there is no credential', { credential: new Error('None') }, 'no answer'],
		['the credential cannot be used', { credential: { baseUrl: 'x' } }, 'no answer'],
	])('asks for the event again if %s', async (_, delivery, reason) => {
		const trigger = new Trigger();
		const { result, response } = await trigger.deliver({
			...delivery,
			body: bare(),
			...filtered({ outcomes: ['clear'] }),
		});
		expect(result).toEqual({ noWebhookResponse: true });
		expect(response).toMatchObject({ statusCode: 503, writableFinished: true });
		expect(trigger.warnings).toEqual([
			`ComplyCube Trigger: an event's object could not be read (${reason}): it will be delivered again`,
		]);
	});
});

describe("'Include Full Resource'", () => {
	const parameters = { options: { fetchResource: true } };

	it('adds the object to the event', async () => {
		const body = event();
		const object = reply(200, { id: ID, tasks: [] });
		const { json } = await new Trigger().deliver({ body, parameters, object });
		expect(json).toEqual([{ ...body, resource: { id: ID, tasks: [] } }]);
	});

	it('says so if there is none', async () => {
		const body = event();
		const { json } = await new Trigger().deliver({ body, parameters, object: GONE });
		expect(json).toEqual([{ ...body, resource: null }]);
	});

	it('asks for the event again if it cannot be read now', async () => {
		const { response } = await new Trigger().deliver({ parameters, object: reply(403, {}) });
		expect(response.statusCode).toBe(503);
	});

	it('reads nothing for an event that is filtered out', async () => {
		const trigger = new Trigger();
		const filters = { clientIds: 'x' };
		await trigger.deliver({ parameters: { ...parameters, filters }, object: reply(200, {}) });
		expect(trigger.reads).toEqual([]);
	});
});
