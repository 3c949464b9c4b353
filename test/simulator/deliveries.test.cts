import { EventVerifier } from '@complycube/api';
import { admin, api, pause } from './client.cts';
import { Listener } from './listener.cts';
import type { Received } from './listener.cts';
import type { Delivery, Emission } from '../../simulator/deliveries.cts';
import { EVENT_TYPES } from '../../simulator/events.cts';
import { FORGERY_KINDS } from '../../simulator/forgeries.cts';
import type { ForgeryKind } from '../../simulator/forgeries.cts';
import { startSimulator } from '../../simulator/server.cts';
import type { Simulator } from '../../simulator/server.cts';
import { defaultSettings } from '../../simulator/settings.cts';
import { sign } from '../../simulator/signature.cts';
import type { WebhookSeed } from '../../simulator/webhooks.cts';

let simulator: Simulator;
let listener: Listener;
let url: string;

beforeAll(async () => {
	simulator = await startSimulator({ rateLimit: null });
	listener = await Listener.start();
	({ url } = listener);
});
beforeEach(() => {
	simulator.reset();
	Object.assign(simulator.settings, { processingMs: 0, deliveryRetryDelaysMs: [] });
	listener.reset();
});
afterAll(async () => {
	await simulator.close();
	await listener.close();
});

const subscribe = (fields: WebhookSeed = {}) => simulator.webhooks.seed({ url, ...fields })[0];
const untilSettled = () => simulator.deliveries.settled();
const isEnabled = (id: string) => simulator.webhooks.inspect(id)?.enabled;
const events = () => listener.received.map(({ body }) => JSON.parse(body.toString()));
const types = () => events().map(({ type }) => type as string);

/** Emits one event and waits until its deliveries have ended. */
async function emit(emission: Emission = { type: 'client.created' }): Promise<Delivery[]> {
	const deliveries = simulator.deliveries.emit(emission);
	await untilSettled();
	return deliveries;
}

const checkCompleted = (outcome: string) => ({
	mode: 'test' as const,
	type: 'check.completed',
	resourceType: 'check',
	payload: { id: 'check1', outcome },
});

describe('a delivery', () => {
	test('has a signature that the official client accepts', async () => {
		const { id: webhookId, secret } = subscribe();
		const payload = { id: 'client1', name: 'Zoë' };
		await emit({ type: 'client.created', payload, id: 'event1' });
		expect(listener.received).toHaveLength(1);
		const [{ headers, rawHeaders, body }] = listener.received;
		const signature = String(headers['complycube-signature']);
		expect(signature).toMatch(/^[0-9a-f]{64}$/);
		expect(rawHeaders).toContain('ComplyCube-Signature');
		expect(headers).toMatchObject({
			'content-type': 'application/json',
			'content-length': String(body.length),
		});
		expect(new EventVerifier(secret).constructEvent(body.toString(), signature)).toEqual({
			id: 'event1',
			type: 'client.created',
			resourceType: 'client',
			payload,
			createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
		});
		expect(simulator.deliveries.list()).toEqual([
			{
				id: expect.any(String),
				webhookId,
				url,
				eventId: 'event1',
				type: 'client.created',
				body: body.toString(),
				state: 'delivered',
				attempts: [
					{ at: expect.any(String), durationMs: expect.any(Number), status: 200, answer: '' },
				],
			},
		]);
	});

	test('has the signature of the published example', () => {
		expect(sign(Buffer.from('{"id":"value"}'), 'a_webhook_signature')).toBe(
			'bc00414fa4d54277a3ed01e5ee258d9800a918a7791c7cda16d38b82f38f2150',
		);
	});

	test('goes to the enabled webhooks of its mode that subscribed to it', async () => {
		const wanted = [
			subscribe({ events: ['client.created', 'check.failed'] }),
			subscribe({ events: ['*'] }),
		];
		subscribe({ events: ['client.updated'] });
		subscribe({ enabled: false });
		subscribe({ mode: 'live' });
		const deliveries = await emit();
		expect(deliveries.map(({ webhookId }) => webhookId)).toEqual(wanted.map(({ id }) => id));
		expect(listener.received).toHaveLength(2);
	});

	test('of a type that * does not include goes to webhooks that name the type', async () => {
		simulator.settings.explicitEvents = ['client.created'];
		subscribe();
		const { id } = subscribe({ events: ['*', 'client.created'] });
		await expect(emit()).resolves.toMatchObject([{ webhookId: id }]);
		await expect(emit({ type: 'client.updated' })).resolves.toHaveLength(2);
	});

	test.each([200, 201, 202, 204])('is received when answered with %d', async (status) => {
		listener.respond = (_request, response) => response.writeHead(status).end();
		const { id } = subscribe();
		await expect(emit()).resolves.toMatchObject([{ state: 'delivered', attempts: [{ status }] }]);
		expect(isEnabled(id)).toBe(true);
	});

	test.each([210, 302, 400, 404, 500])('is not received when answered with %d', async (status) => {
		listener.respond = (_request, response) =>
			response.writeHead(status, { location: `${url}/elsewhere` }).end('Not here');
		const { id } = subscribe();
		await expect(emit()).resolves.toMatchObject([
			{ state: 'failed', attempts: [{ status, answer: 'Not here' }] },
		]);
		expect(listener.received.map(({ path }) => path)).toEqual(['/hook']);
		expect(isEnabled(id)).toBe(false);
	});

	test('is not received when the answer is missing or incomplete, or when nobody listens', async () => {
		simulator.settings.deliveryTimeoutMs = 1300;
		const { id } = subscribe();
		listener.respond = () => {};
		const [silent] = await emit();
		expect(silent).toMatchObject({
			state: 'failed',
			attempts: [{ error: 'No answer within 1300 ms' }],
		});
		expect(silent.attempts[0].durationMs).toBeGreaterThanOrEqual(1290);
		expect(silent.attempts[0]).not.toHaveProperty('status');

		simulator.webhooks.change(id, { enabled: true });
		listener.respond = (request, response) => {
			response.writeHead(200, { 'content-length': 100 }).write('Begun', () => {
				request.socket.destroy();
			});
		};
		await expect(emit()).resolves.toMatchObject([
			{ state: 'failed', attempts: [{ status: 200, answer: 'Begun', error: 'aborted' }] },
		]);

		simulator.webhooks.change(id, { enabled: true, url: 'http://127.0.0.1:1/' });
		await expect(emit()).resolves.toMatchObject([
			{ state: 'failed', attempts: [{ error: expect.stringContaining('ECONNREFUSED') }] },
		]);
	});

	test('keeps only the beginning of a long answer', async () => {
		listener.respond = (_request, response) => response.end('x'.repeat(100_000));
		subscribe();
		const [delivery] = await emit();
		expect(delivery.attempts[0].answer).toBe('x'.repeat(16 * 1024));
	});
});

describe('retries', () => {
	test('send the same bytes after each delay', async () => {
		simulator.settings.deliveryRetryDelaysMs = [100, 200];
		listener.respond = (_request, response) =>
			response.writeHead(listener.received.length < 3 ? 500 : 200).end();
		const { id } = subscribe();
		const [{ state, attempts }] = await emit();
		expect(state).toBe('delivered');
		expect(attempts.map(({ status }) => status)).toEqual([500, 500, 200]);
		const times = attempts.map(({ at }) => Date.parse(at));
		expect(times[1] - times[0]).toBeGreaterThanOrEqual(95);
		expect(times[2] - times[1]).toBeGreaterThanOrEqual(195);
		expect(new Set(listener.received.map(({ body }) => body.toString())).size).toBe(1);
		expect(isEnabled(id)).toBe(true);
	});

	test('are ten, after one minute up to many hours; then the webhook is disabled', async () => {
		const delays = defaultSettings().deliveryRetryDelaysMs;
		expect(delays.slice(0, 3)).toEqual([60_000, 120_000, 480_000]);
		expect(delays).toHaveLength(10);
		simulator.settings.deliveryRetryDelaysMs = delays.map(() => 1);
		listener.respond = (_request, response) => response.writeHead(500).end();
		const { id } = subscribe();
		const [{ state, attempts }] = await emit();
		expect(state).toBe('failed');
		expect(attempts).toHaveLength(11);
		expect(isEnabled(id)).toBe(false);
		await expect(emit()).resolves.toEqual([]);
		expect(listener.received).toHaveLength(11);
	});

	test.each([
		['disabled', (id: string) => simulator.webhooks.change(id, { enabled: false })],
		['deleted', (id: string) => simulator.webhooks.remove(id)],
		[
			'disabled by the API',
			(id: string) => api(simulator, 'POST', `/webhooks/${id}`, { body: '{"enabled":false}' }),
		],
		['deleted by the API', (id: string) => api(simulator, 'DELETE', `/webhooks/${id}`)],
	])('end when the webhook is %s', async (_how, end) => {
		simulator.settings.deliveryRetryDelaysMs = [60_000];
		listener.respond = (_request, response) => response.writeHead(500).end();
		const { id } = subscribe();
		const [delivery] = simulator.deliveries.emit({ type: 'client.created' });
		while (delivery.attempts.length === 0) await pause(5);
		expect(delivery.state).toBe('pending');
		await end(id);
		await expect(untilSettled()).resolves.toMatchObject([{ state: 'stopped' }]);
	});

	test('end when the webhook is deleted while an attempt is under way', async () => {
		simulator.settings.deliveryRetryDelaysMs = [1];
		listener.respond = (_request, response) =>
			void setTimeout(() => response.writeHead(500).end(), 50);
		const { id } = subscribe();
		const [delivery] = simulator.deliveries.emit({ type: 'client.created' });
		while (listener.received.length === 0) await pause(5);
		simulator.webhooks.remove(id);
		await untilSettled();
		expect(delivery).toMatchObject({ state: 'stopped', attempts: [{ status: 500 }] });
	});

	test('go to the current URL of the webhook', async () => {
		simulator.settings.deliveryRetryDelaysMs = [50];
		listener.respond = ({ url: path }, response) =>
			response.writeHead(path === '/new' ? 200 : 500).end();
		const { id } = subscribe();
		const [delivery] = simulator.deliveries.emit({ type: 'client.created' });
		while (delivery.attempts.length === 0) await pause(5);
		const moved = new URL('/new', url).href;
		simulator.webhooks.change(id, { url: moved });
		await untilSettled();
		expect(delivery).toMatchObject({ state: 'delivered', url: moved });
	});
});

describe('sessions', () => {
	const seed = (fields = {}) => simulator.workflowSessions.seed(fields)[0];

	test('announce nothing when seeded', async () => {
		subscribe();
		simulator.workflowSessions.seed([{ count: 3 }, { status: 'complete' }]);
		await expect(untilSettled()).resolves.toEqual([]);
	});

	test('announce processing and then completion, without being read', async () => {
		// Without the events of its checks.
		subscribe({ events: EVENT_TYPES.filter((type) => type.startsWith('workflow.session.')) });
		simulator.settings.processingMs = 60_000;
		const { id, clientId, createdAt } = seed({ lastName: 'attention' });
		await api(simulator, 'POST', `/workflowSessions/${id}/complete`);
		await untilSettled();
		expect(types()).toEqual(['workflow.session.processing']);
		// The change also applies to sessions already processing.
		simulator.settings.processingMs = 0;
		while (listener.received.length < 2) await pause(5);
		expect(events()[1]).toEqual({
			id: expect.stringMatching(/^[0-9a-f]{24}$/),
			type: 'workflow.session.completed',
			resourceType: 'workflowSession',
			payload: {
				id,
				clientId,
				status: 'complete',
				outcome: 'attention',
				createdAt,
				updatedAt: expect.any(String),
			},
			createdAt: expect.any(String),
		});
		await pause(60);
		expect(listener.received).toHaveLength(2);
	});

	test('announce completion once, even when read at that moment', async () => {
		subscribe();
		const { id } = seed({ status: 'processing' });
		await Promise.all([1, 2, 3].map(() => api(simulator, 'GET', `/workflowSessions/${id}`)));
		await pause(60);
		await untilSettled();
		expect(types()).toEqual(['workflow.session.completed']);
	});

	test('announce a cancellation, but not a refused one', async () => {
		subscribe();
		const { id } = seed();
		await api(simulator, 'POST', `/workflowSessions/${id}/cancel`);
		await api(simulator, 'POST', `/workflowSessions/${id}/cancel`);
		await untilSettled();
		expect(types()).toEqual(['workflow.session.cancelled']);
	});

	test.each([
		['abandoned', { status: 'started' }, 'workflow.session.started'],
		['started', { status: 'processing' }, 'workflow.session.processing'],
		['started', { status: 'complete' }, 'workflow.session.completed'],
		['started', { status: 'cancelled' }, 'workflow.session.cancelled'],
		['started', { status: 'abandoned' }, 'workflow.session.abandoned'],
		['complete', { outcome: 'attention' }, 'workflow.session.updated'],
		['complete', { outcome: 'clear' }, undefined],
		['complete', { entityName: 'Ben Example' }, undefined],
		['started', { outcome: 'attention' }, undefined],
		['started', { status: 'unheard of' }, undefined],
	])('that are %s and changed to %j announce %s', async (status, change, type) => {
		simulator.settings.processingMs = 60_000;
		subscribe();
		const { id } = seed({ status });
		await admin(simulator, 'POST', `/workflowSessions/${id}`, change);
		await untilSettled();
		expect(types()).toEqual(type ? [type] : []);
	});

	test('have the payload and resource type that the settings choose', async () => {
		subscribe();
		const { id, workflowTemplateId } = seed();
		simulator.settings.sessionPayload = 'idOnly';
		simulator.settings.sessionResourceType = 'workflow_session';
		simulator.workflowSessions.change(id, { status: 'cancelled' });
		await untilSettled();
		simulator.settings.sessionPayload = 'withTemplate';
		simulator.workflowSessions.change(id, { status: 'abandoned' });
		await untilSettled();
		expect(events()).toMatchObject([
			{ payload: { id }, resourceType: 'workflow_session' },
			{ payload: { id, workflowTemplateId, status: 'abandoned' } },
		]);
		expect(Object.keys(events()[0].payload)).toEqual(['id']);
	});

	test('announce nothing of a type that the service does not know', async () => {
		subscribe();
		simulator.settings.eventTypes = ['workflow.session.started'];
		simulator.workflowSessions.change(seed().id, { status: 'abandoned' });
		await expect(untilSettled()).resolves.toEqual([]);
	});

	test('announce nothing after a reset', async () => {
		simulator.settings.processingMs = 50;
		seed({ status: 'processing' });
		simulator.reset();
		subscribe();
		await pause(120);
		await expect(untilSettled()).resolves.toEqual([]);
	});
});

describe('a completed check', () => {
	const general = 'check.completed';
	const specific = 'check.completed.attention';

	test.each([
		['both', ['*'], [general, specific]],
		['both', [general, specific], [general, specific]],
		['both', [general], [general]],
		['both', [specific, 'check.completed.clear'], [specific]],
		['general', [general, specific], [general]],
		['specific', [general, specific], [specific]],
		['general', [specific], [specific]],
		['specific', [general], [general]],
	] as const)(
		'with setting %s and subscriptions to %j sends %j',
		async (rule, subscribed, expected) => {
			simulator.settings.completedCheckDeliveries = rule;
			subscribe({ events: [...subscribed] });
			simulator.deliveries.announce(checkCompleted('attention'));
			await untilSettled();
			expect(types().sort()).toEqual(expected);
		},
	);

	test('has an event of its outcome for documented outcomes only', async () => {
		subscribe();
		simulator.deliveries.announce(checkCompleted('not_processed'));
		await untilSettled();
		expect(types()).toEqual([general]);
	});

	test.each([
		['different', 2],
		['shared', 1],
	] as const)('has %s event IDs', async (rule, ids) => {
		simulator.settings.completedCheckEventIds = rule;
		subscribe();
		simulator.deliveries.announce(checkCompleted('clear'));
		await untilSettled();
		expect(new Set(events().map(({ id }) => id)).size).toBe(ids);
	});
});

describe('emit', () => {
	test('sends exactly what is given, even an unknown type', async () => {
		subscribe({ events: ['*'] });
		await emit({ ...checkCompleted('clear'), id: 'e1', createdAt: 'then' });
		await emit({ type: 'planet.discovered' });
		await emit({ type: 'workflow.session.completed' });
		expect(events()).toEqual([
			{
				id: 'e1',
				type: 'check.completed',
				resourceType: 'check',
				payload: { id: 'check1', outcome: 'clear' },
				createdAt: 'then',
			},
			expect.objectContaining({ resourceType: 'planet', payload: { id: expect.any(String) } }),
			expect.objectContaining({ resourceType: 'workflowSession' }),
		]);
	});

	test('can send to one webhook only, subscribed or not, if it is enabled', async () => {
		subscribe();
		const { id: webhookId } = subscribe({ events: ['client.deleted'], mode: 'live' });
		const aimed = { type: 'client.created', webhookId, mode: 'live' } as const;
		await expect(emit(aimed)).resolves.toMatchObject([{ webhookId }]);
		simulator.webhooks.change(webhookId, { enabled: false });
		await expect(emit(aimed)).resolves.toEqual([]);
	});

	test.each(['[1,2]', 'plain text', '', '{"id":', 'null'])(
		'sends the body %j with a correct signature',
		async (raw) => {
			const { secret } = subscribe({ events: ['client.created'] });
			await expect(emit({ raw })).resolves.toMatchObject([{ body: raw, state: 'delivered' }]);
			expect(listener.received[0].body.toString()).toBe(raw);
			expect(listener.received[0].headers['complycube-signature']).toBe(
				sign(Buffer.from(raw), secret),
			);
		},
	);
});

describe('redeliver', () => {
	test('sends the same bytes again', async () => {
		const { id } = subscribe();
		const [first] = await emit();
		const again = simulator.deliveries.redeliver(first.id);
		await untilSettled();
		expect(again).toMatchObject({
			webhookId: id,
			eventId: first.eventId,
			repeats: first.id,
			state: 'delivered',
		});
		expect(listener.received[1].body.equals(listener.received[0].body)).toBe(true);
		expect(listener.received[1].headers['complycube-signature']).toBe(
			listener.received[0].headers['complycube-signature'],
		);
		expect(simulator.deliveries.list()).toEqual([first, again]);
	});

	test('does nothing for an unknown delivery or a deleted webhook', async () => {
		expect(simulator.deliveries.redeliver('none')).toBeUndefined();
		const { id } = subscribe();
		const [first] = await emit();
		simulator.webhooks.remove(id);
		const again = simulator.deliveries.redeliver(first.id);
		await untilSettled();
		expect(again).toMatchObject({ state: 'stopped', attempts: [] });
	});
});

describe('a forgery', () => {
	const EXAMPLE = { type: 'client.created', payload: { id: 'client1' }, id: 'e1' };
	/** Verifies like a listener. */
	const isGenuine = (delivery: Received, secret: string) =>
		delivery.signature === sign(delivery.body, secret);

	async function forge(kind: ForgeryKind, webhookId: string): Promise<Received> {
		simulator.deliveries.forge({ kind, webhookId, event: EXAMPLE });
		await untilSettled();
		return listener.received[0];
	}

	test.each(FORGERY_KINDS)('%s is not genuine', async (kind) => {
		const { id, secret } = subscribe();
		const forged = await forge(kind, id);
		expect(listener.received).toHaveLength(1);
		expect(isGenuine(forged, secret)).toBe(false);
		expect(simulator.deliveries.list()).toMatchObject([
			{ forged: kind, webhookId: id, state: 'delivered', body: forged.body.toString() },
		]);
		listener.received = [];
		await emit();
		expect(isGenuine(listener.received[0], secret)).toBe(true);
	});

	test('is not retried, and does not disable the webhook', async () => {
		listener.respond = (_request, response) => response.writeHead(401).end('No');
		simulator.settings.deliveryRetryDelaysMs = [1];
		const { id } = subscribe();
		await forge('noSignature', id);
		expect(simulator.deliveries.list()).toMatchObject([
			{ state: 'failed', attempts: [{ status: 401, answer: 'No' }] },
		]);
		expect(isEnabled(id)).toBe(true);
		expect(listener.received).toHaveLength(1);
	});

	test('can be sent for a disabled webhook, or to a URL without a webhook', async () => {
		const { id } = subscribe({ enabled: false });
		await expect(forge('wrongSecret', id)).resolves.toBeDefined();
		const elsewhere = new URL('/elsewhere', url).href;
		simulator.deliveries.forge({ kind: 'wrongSecret', url: elsewhere });
		await untilSettled();
		expect(listener.received[1].path).toBe('/elsewhere');
		expect(types()[1]).toBe('workflow.session.completed');
		expect(() => simulator.deliveries.forge({ kind: 'noKey' })).toThrow('No webhook');
		expect(() => simulator.deliveries.forge({ kind: 'noKey', webhookId: 'none', url })).toThrow();
	});

	test('carries a new event that the webhook subscribed to', async () => {
		const { id: webhookId } = subscribe({ events: ['*', 'check.failed'] });
		for (const kind of ['wrongSecret', 'noKey'] as const) {
			simulator.deliveries.forge({ kind, webhookId });
		}
		await untilSettled();
		expect(types()).toEqual(['check.failed', 'check.failed']);
		expect(new Set(events().map(({ id }) => id)).size).toBe(2);
	});

	test('differs from the genuine delivery in one respect only', async () => {
		const { id, secret } = subscribe();
		const other = subscribe({ events: ['client.deleted'] });
		const take = async (kind: ForgeryKind): Promise<Received> => {
			listener.received = [];
			return forge(kind, id);
		};

		const otherSecret = await take('otherWebhookSecret');
		expect(isGenuine(otherSecret, other.secret)).toBe(true);
		const spaced = await take('spacedBody');
		const packed = Buffer.from(JSON.stringify(JSON.parse(spaced.body.toString())));
		expect(isGenuine({ ...spaced, body: packed }, secret)).toBe(true);
		const broken = await take('brokenEncoding');
		const decoded = Buffer.from(broken.body.toString());
		expect(isGenuine({ ...broken, body: decoded }, secret)).toBe(true);
		const altered = await take('alteredBody');
		expect(JSON.parse(altered.body.toString()).type).toBe('client.created');
		const twice = await take('signatureTwice');
		expect(
			twice.rawHeaders.filter((name) => name.toLowerCase() === 'complycube-signature'),
		).toHaveLength(2);
		const query = await take('signatureInQuery');
		expect(query.path).toMatch(/^\/hook\?ComplyCube-Signature=[0-9a-f]{64}$/);
		const { headers } = await take('noSignature');
		expect(headers).not.toHaveProperty('complycube-signature');
	});
});

describe('many deliveries', () => {
	test('share a few connections', async () => {
		listener.respond = (_request, response) => void setTimeout(() => response.end(), 5);
		subscribe();
		const { deliveries } = simulator;
		for (let count = 0; count < 500; count++) deliveries.emit({ type: 'client.created' });
		const all = await untilSettled();
		expect(new Set(all.map(({ state }) => state))).toEqual(new Set(['delivered']));
		expect(listener.received).toHaveLength(500);
		expect(new Set(listener.received.map(({ socket }) => socket)).size).toBeLessThan(50);
	});

	test('follow a change of how many run at once', async () => {
		listener.respond = () => {};
		subscribe();
		simulator.settings.deliveriesAtOnce = 1;
		for (const _time of [1, 2]) simulator.deliveries.emit({ type: 'client.created' });
		while (listener.received.length === 0) await pause(5);
		await pause(50);
		expect(types()).toEqual(['client.created']);
		simulator.settings.deliveriesAtOnce = 2;
		simulator.deliveries.emit({ type: 'client.updated' });
		while (listener.received.length === 1) await pause(5);
		expect(types()).toEqual(['client.created', 'client.updated']);
		simulator.reset();
	});

	test('do not wait for deliveries to another address', async () => {
		const silent = await Listener.start();
		silent.respond = () => {};
		simulator.settings.deliveriesAtOnce = 1;
		subscribe({ url: silent.url });
		subscribe();
		const deliveries = simulator.deliveries.emit({ type: 'client.created' });
		while (listener.received.length === 0) await pause(5);
		expect(deliveries.map(({ attempts }) => attempts.length)).toEqual([0, expect.any(Number)]);
		simulator.reset();
		await silent.close();
	});
});

describe('the admin side', () => {
	test('emits, lists, redelivers and clears', async () => {
		const { id: webhookId } = subscribe();
		const emitted = await admin(simulator, 'POST', '/events', [
			{ type: 'client.created', payload: { id: 'c1' } },
			{ raw: 'text', webhookId },
		]);
		expect(emitted.body.items).toMatchObject([
			{ webhookId, type: 'client.created' },
			{ webhookId },
		]);
		await untilSettled();
		const again = await admin(
			simulator,
			'POST',
			`/deliveries/${emitted.body.items[0].id}/redeliver`,
		);
		expect(again.body).toMatchObject({ repeats: emitted.body.items[0].id });
		await untilSettled();
		const { text, body } = await admin(simulator, 'GET', '/deliveries');
		expect(body.items).toEqual(simulator.deliveries.list());
		expect(body.items).toHaveLength(3);
		expect(text).not.toContain(simulator.webhooks.list()[0].secret);
		await expect(admin(simulator, 'POST', '/deliveries/none/redeliver')).resolves.toMatchObject({
			status: 404,
		});
		await expect(admin(simulator, 'DELETE', '/deliveries')).resolves.toMatchObject({ status: 204 });
		expect(simulator.deliveries.list()).toEqual([]);
	});

	test('sends forgeries', async () => {
		const { id: webhookId } = subscribe();
		const { body } = await admin(simulator, 'POST', '/forgeries', { webhookId, kind: 'noKey' });
		expect(body.items).toMatchObject([{ webhookId, forged: 'noKey' }]);
		await untilSettled();
		expect(listener.received).toHaveLength(1);
	});

	test.each([
		['events', {}],
		['events', { type: 1 }],
		['events', { type: 'a', raw: 'b' }],
		['events', { type: 'a', mode: 'other' }],
		['forgeries', { kind: 'unknown', url: 'http://127.0.0.1:1' }],
		['forgeries', { kind: 'noKey' }],
		['forgeries', { kind: 'noKey', webhookId: 'none' }],
	])('/%s refuses %j', async (name, body) => {
		await expect(admin(simulator, 'POST', `/${name}`, body)).resolves.toMatchObject({
			status: 400,
		});
		expect(simulator.deliveries.list()).toEqual([]);
	});
});

describe('deliveries are ended', () => {
	test('by reset', async () => {
		listener.respond = () => {};
		subscribe();
		const [delivery] = simulator.deliveries.emit({ type: 'client.created' });
		while (listener.received.length === 0) await pause(5);
		const waiting = untilSettled();
		simulator.reset();
		await expect(waiting).resolves.toEqual([]);
		await pause(20);
		expect(delivery.attempts).toEqual([]);
		expect(simulator.webhooks.list()).toEqual([]);
	});

	test('by close', async () => {
		listener.respond = () => {};
		const other = await startSimulator({ processingMs: 60 });
		other.webhooks.seed({ url });
		other.workflowSessions.seed({ status: 'processing' });
		other.deliveries.emit({ type: 'client.created' });
		while (listener.received.length === 0) await pause(5);
		await other.close();
		await pause(100);
		expect(listener.received).toHaveLength(1);
	});
});
