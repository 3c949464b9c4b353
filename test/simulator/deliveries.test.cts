import { createServer } from 'node:http';
import type { IncomingMessage, RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { EventVerifier } from '@complycube/api';
import { admin, api, pause } from './client.cts';
import type { Delivery, Emission } from './deliveries.cts';
import { FORGERY_KINDS } from './forgeries.cts';
import type { ForgeryKind } from './forgeries.cts';
import { startSimulator } from './server.cts';
import type { Simulator } from './server.cts';
import { defaultSettings } from './settings.cts';
import { sign } from './signature.cts';
import type { WebhookSeed } from './webhooks.cts';

interface Received {
	path: string;
	headers: IncomingMessage['headers'];
	/** Name and value of each line in turn. */
	rawHeaders: string[];
	body: Buffer;
	socket: unknown;
}

let simulator: Simulator;
let target: Server;
let url: string;
let received: Received[];
let answer: RequestListener;

const ok: RequestListener = (_request, response) => response.end();

beforeAll(async () => {
	simulator = await startSimulator({ rateLimit: null });
	target = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request
			.on('data', (chunk: Buffer) => chunks.push(chunk))
			.on('end', () => {
				const { url: path = '', headers, rawHeaders, socket } = request;
				received.push({ path, headers, rawHeaders, body: Buffer.concat(chunks), socket });
				answer(request, response);
			});
	});
	await new Promise<void>((resolve) => target.listen(0, '127.0.0.1', resolve));
	url = `http://127.0.0.1:${(target.address() as AddressInfo).port}/hook`;
});
beforeEach(() => {
	simulator.reset();
	Object.assign(simulator.settings, { processingMs: 0, deliveryRetryDelaysMs: [] });
	received = [];
	answer = ok;
});
afterAll(async () => {
	await simulator.close();
	target.closeAllConnections();
	await new Promise((resolve) => target.close(resolve));
});

const subscribe = (fields: WebhookSeed = {}) => simulator.webhooks.seed({ url, ...fields })[0];
const settled = () => simulator.deliveries.settled();
const enabled = (id: string) => simulator.webhooks.find(id)?.enabled;
const events = () => received.map(({ body }) => JSON.parse(body.toString()));
const types = () => events().map(({ type }) => type as string);

/** Emits one event and waits till there is an end to its deliveries. */
async function emit(emission: Emission = { type: 'client.created' }): Promise<Delivery[]> {
	const deliveries = simulator.deliveries.emit(emission);
	await settled();
	return deliveries;
}

const checkCompleted = (outcome: string) => ({
	mode: 'test' as const,
	type: 'check.completed',
	resourceType: 'check',
	payload: { id: 'check1', outcome },
});

describe('a delivery', () => {
	test('is signed as the official client verifies it', async () => {
		const { id: webhookId, secret } = subscribe();
		const payload = { id: 'client1', name: 'Zoë' };
		await emit({ type: 'client.created', payload, id: 'event1' });
		expect(received).toHaveLength(1);
		const [{ headers, rawHeaders, body }] = received;
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

	test('goes to enabled webhooks of the mode that subscribed', async () => {
		const wanted = [
			subscribe({ events: ['client.created', 'check.failed'] }),
			subscribe({ events: ['*'] }),
		];
		subscribe({ events: ['client.updated'] });
		subscribe({ enabled: false });
		subscribe({ mode: 'live' });
		const deliveries = await emit();
		expect(deliveries.map(({ webhookId }) => webhookId)).toEqual(wanted.map(({ id }) => id));
		expect(received).toHaveLength(2);
	});

	test('of a type that * leaves out goes to who names it', async () => {
		simulator.settings.explicitEvents = ['client.created'];
		subscribe();
		const { id } = subscribe({ events: ['*', 'client.created'] });
		await expect(emit()).resolves.toMatchObject([{ webhookId: id }]);
		await expect(emit({ type: 'client.updated' })).resolves.toHaveLength(2);
	});

	test.each([200, 201, 202, 204])('is received when answered with %d', async (status) => {
		answer = (_request, response) => response.writeHead(status).end();
		const { id } = subscribe();
		await expect(emit()).resolves.toMatchObject([{ state: 'delivered', attempts: [{ status }] }]);
		expect(enabled(id)).toBe(true);
	});

	test.each([210, 302, 400, 404, 500])('is not received when answered with %d', async (status) => {
		answer = (_request, response) =>
			response.writeHead(status, { location: `${url}/elsewhere` }).end('Not here');
		const { id } = subscribe();
		await expect(emit()).resolves.toMatchObject([
			{ state: 'failed', attempts: [{ status, answer: 'Not here' }] },
		]);
		expect(received.map(({ path }) => path)).toEqual(['/hook']);
		expect(enabled(id)).toBe(false);
	});

	test('is not received when the answer stays out, breaks off or nobody listens', async () => {
		simulator.settings.deliveryTimeoutMs = 1300;
		const { id } = subscribe();
		answer = () => {};
		const [silent] = await emit();
		expect(silent).toMatchObject({
			state: 'failed',
			attempts: [{ error: 'No answer within 1300 ms' }],
		});
		expect(silent.attempts[0].durationMs).toBeGreaterThanOrEqual(1290);
		expect(silent.attempts[0]).not.toHaveProperty('status');

		simulator.webhooks.change(id, { enabled: true });
		answer = (request, response) => {
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
		answer = (_request, response) => response.end('x'.repeat(100_000));
		subscribe();
		const [delivery] = await emit();
		expect(delivery.attempts[0].answer).toBe('x'.repeat(16 * 1024));
	});
});

describe('retries', () => {
	test('come after each of the delays, with the same bytes', async () => {
		simulator.settings.deliveryRetryDelaysMs = [100, 200];
		answer = (_request, response) => response.writeHead(received.length < 3 ? 500 : 200).end();
		const { id } = subscribe();
		const [{ state, attempts }] = await emit();
		expect(state).toBe('delivered');
		expect(attempts.map(({ status }) => status)).toEqual([500, 500, 200]);
		const times = attempts.map(({ at }) => Date.parse(at));
		expect(times[1] - times[0]).toBeGreaterThanOrEqual(99);
		expect(times[2] - times[1]).toBeGreaterThanOrEqual(199);
		expect(new Set(received.map(({ body }) => body.toString())).size).toBe(1);
		expect(enabled(id)).toBe(true);
	});

	test('are ten, from a minute to many hours, after which the webhook is disabled', async () => {
		const delays = defaultSettings().deliveryRetryDelaysMs;
		expect(delays.slice(0, 3)).toEqual([60_000, 120_000, 480_000]);
		expect(delays).toHaveLength(10);
		simulator.settings.deliveryRetryDelaysMs = delays.map(() => 1);
		answer = (_request, response) => response.writeHead(500).end();
		const { id } = subscribe();
		const [{ state, attempts }] = await emit();
		expect(state).toBe('failed');
		expect(attempts).toHaveLength(11);
		expect(enabled(id)).toBe(false);
		await expect(emit()).resolves.toEqual([]);
		expect(received).toHaveLength(11);
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
		answer = (_request, response) => response.writeHead(500).end();
		const { id } = subscribe();
		const [delivery] = simulator.deliveries.emit({ type: 'client.created' });
		while (delivery.attempts.length === 0) await pause(5);
		expect(delivery.state).toBe('pending');
		await end(id);
		await expect(settled()).resolves.toMatchObject([{ state: 'stopped' }]);
	});

	test('end when the webhook is deleted while an attempt is under way', async () => {
		simulator.settings.deliveryRetryDelaysMs = [1];
		answer = (_request, response) => void setTimeout(() => response.writeHead(500).end(), 50);
		const { id } = subscribe();
		const [delivery] = simulator.deliveries.emit({ type: 'client.created' });
		while (received.length === 0) await pause(5);
		simulator.webhooks.remove(id);
		await settled();
		expect(delivery).toMatchObject({ state: 'stopped', attempts: [{ status: 500 }] });
	});

	test('go to the URL as it is then', async () => {
		simulator.settings.deliveryRetryDelaysMs = [50];
		answer = ({ url: path }, response) => response.writeHead(path === '/new' ? 200 : 500).end();
		const { id } = subscribe();
		const [delivery] = simulator.deliveries.emit({ type: 'client.created' });
		while (delivery.attempts.length === 0) await pause(5);
		const moved = new URL('/new', url).href;
		simulator.webhooks.change(id, { url: moved });
		await settled();
		expect(delivery).toMatchObject({ state: 'delivered', url: moved });
	});
});
