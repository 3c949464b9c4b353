import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { EventVerifier } from '@complycube/api';
import { api, pause, sendJson } from './client.cts';
import { startSimulator } from '../../simulator/server.cts';
import type { Simulator, SimulatorOptions } from '../../simulator/server.cts';

let simulator: Simulator;
let target: Server;
let received: Array<{ signature: string; body: string }>;

// One delivery at a time, so that they arrive in the order of the events.
const options: SimulatorOptions = { rateLimit: null, processingMs: 100, deliveriesAtOnce: 1 };

beforeAll(async () => {
	target = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request
			.on('data', (chunk: Buffer) => chunks.push(chunk))
			.on('end', () => {
				const signature = String(request.headers['complycube-signature']);
				received.push({ signature, body: Buffer.concat(chunks).toString() });
				response.end();
			});
	});
	await new Promise<void>((resolve) => target.listen(0, '127.0.0.1', resolve));
});
beforeEach(async () => {
	received = [];
	simulator = await startSimulator(options);
});
afterEach(() => simulator.close());
afterAll(async () => {
	target.closeAllConnections();
	await new Promise((resolve) => target.close(resolve));
});

const types = () => received.map(({ body }) => JSON.parse(body).type as string);
const times = <T,>(count: number, items: T[]): T[] =>
	Array.from({ length: count }, () => items).flat();

async function post(path: string, body: object): Promise<any> {
	const reply = await sendJson(simulator, 'POST', path, body);
	expect(reply.status).toBe(200);
	return reply.body;
}

/** @returns The secret. */
async function subscribe(): Promise<string> {
	const url = `http://127.0.0.1:${(target.address() as AddressInfo).port}/hook`;
	return (await post('/webhooks', { url, enabled: true, events: ['*'] })).secret;
}

/** @returns The client's ID, and the address of the page. */
async function invite(lastName: string): Promise<{ clientId: string; page: string }> {
	const { id: clientId } = await post('/clients', {
		type: 'person',
		email: 'ada@example.com',
		personDetails: { firstName: 'Ada', lastName },
	});
	const { redirectUrl: page } = await post('/flow/sessions', {
		clientId,
		workflowTemplateId: simulator.settings.workflowTemplates[0].id,
		successUrl: 'https://example.com/done',
		cancelUrl: 'https://example.com/off',
	});
	return { clientId, page };
}

/** Presses a button of the applicant page. */
async function press(page: string, action: string): Promise<string | null> {
	const { status, headers } = await fetch(`${page}/${action}`, {
		method: 'POST',
		redirect: 'manual',
	});
	expect(status).toBe(303);
	return headers.get('location');
}

test.each([
	['Example', 'clear'],
	['attention', 'attention'],
])('a client %s goes all the way to %s', async (lastName, outcome) => {
	const secret = await subscribe();
	const { clientId, page } = await invite(lastName);
	await press(page, 'start');
	await expect(press(page, 'finish')).resolves.toBe('https://example.com/done');
	// Nobody looks at the session meanwhile.
	while (!types().includes('workflow.session.completed')) await pause(5);
	await simulator.deliveries.settled();

	const { body: list } = await api(simulator, 'GET', `/workflowSessions?clientId=${clientId}`);
	expect(list.items).toHaveLength(1);
	const { body: session } = await api(simulator, 'GET', `/workflowSessions/${list.items[0].id}`);
	expect(session).toMatchObject({ clientId, status: 'complete', outcome });
	const checkIds = session.allRelatedChecks.map(({ checkId }: { checkId: string }) => checkId);
	expect(checkIds).toHaveLength(3);
	for (const { checkId, type } of session.allRelatedChecks) {
		await expect(api(simulator, 'GET', `/checks/${checkId}`)).resolves.toMatchObject({
			status: 200,
			body: { id: checkId, clientId, type, status: 'complete', result: { outcome } },
		});
	}

	expect(types()).toEqual([
		'client.created',
		'workflow.session.started',
		'workflow.session.processing',
		...times(3, ['check.pending']),
		...times(3, ['check.completed', `check.completed.${outcome}`]),
		'workflow.session.completed',
	]);
	const verifier = new EventVerifier(secret);
	const events = received.map(({ body, signature }) => verifier.constructEvent(body, signature));
	expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
	const payloads = (prefix: string) =>
		events.filter(({ type }) => type.startsWith(prefix)).map(({ payload }) => payload);
	expect(payloads('client.')).toMatchObject([{ id: clientId }]);
	expect(payloads('workflow.session.')).toMatchObject([
		{ id: session.id, clientId, status: 'started' },
		{ id: session.id, clientId, status: 'processing' },
		{ id: session.id, clientId, status: 'complete', outcome },
	]);
	expect(payloads('check.pending').map(({ id }) => id)).toEqual(checkIds);
	// Checks end in any order.
	const completed = payloads('check.completed');
	expect(completed).toMatchObject(times(6, [{ clientId, status: 'complete', outcome }]));
	expect(completed.map(({ id }) => id).sort()).toEqual(times(2, checkIds).sort());
});

test('a client who breaks off is heard of, and nothing more comes', async () => {
	await subscribe();
	const { page } = await invite('Example');
	await press(page, 'start');
	for (const action of ['cancel', 'finish']) {
		await expect(press(page, action)).resolves.toBe('https://example.com/off');
	}
	await pause(150);
	await simulator.deliveries.settled();
	expect(types()).toEqual([
		'client.created',
		'workflow.session.started',
		'workflow.session.cancelled',
	]);
});

test('after the end of the simulator nothing goes on', async () => {
	simulator.settings.processingMs = 1000;
	await subscribe();
	const { page } = await invite('Example');
	await press(page, 'start');
	await press(page, 'finish');
	await simulator.deliveries.settled();
	await simulator.close();
	const before = types();
	expect(before.at(-1)).toBe('check.pending');
	await pause(1100);
	expect(types()).toEqual(before);
	expect(simulator.workflowSessions.list()).toEqual([]);
	expect(simulator.checks.list()).toEqual([]);
});
