import { EventVerifier } from '@complycube/api';
import { api, pause, press, sendJson } from './client.cts';
import { Listener } from './listener.cts';
import { startSimulator } from '../../simulator/server.cts';
import type { Simulator, SimulatorOptions } from '../../simulator/server.cts';

let simulator: Simulator;
let listener: Listener;

// One at a time, so that deliveries arrive in the order of their events.
const options: SimulatorOptions = { rateLimit: null, processingMs: 100, deliveriesAtOnce: 1 };

beforeAll(async () => {
	listener = await Listener.start();
});
beforeEach(async () => {
	listener.reset();
	simulator = await startSimulator(options);
});
afterEach(() => simulator.close());
afterAll(() => listener.close());

const types = () => listener.received.map(({ body }) => JSON.parse(body.toString()).type as string);
const repeat = <T,>(count: number, items: T[]): T[] =>
	Array.from({ length: count }, () => items).flat();

async function post(path: string, body: object): Promise<any> {
	const reply = await sendJson(simulator, 'POST', path, body);
	expect(reply.status).toBe(200);
	return reply.body;
}

/** Creates a webhook and returns its secret. */
async function subscribe(): Promise<string> {
	return (await post('/webhooks', { url: listener.url, enabled: true, events: ['*'] })).secret;
}

/** Creates a client and a hosted session for it. */
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

test.each([
	['Example', 'clear'],
	['attention', 'attention'],
])('a client with last name %s gets the outcome %s in the end', async (lastName, outcome) => {
	const secret = await subscribe();
	const { clientId, page } = await invite(lastName);
	await press(page, 'start');
	await expect(press(page, 'finish')).resolves.toBe('https://example.com/done');
	// Without reading the session, which would bring it up to date.
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
		...repeat(3, ['check.pending']),
		...repeat(3, ['check.completed', `check.completed.${outcome}`]),
		'workflow.session.completed',
	]);
	const verifier = new EventVerifier(secret);
	const events = listener.received.map(({ body, signature }) =>
		verifier.constructEvent(body.toString(), signature),
	);
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
	// Checks complete in any order.
	const completed = payloads('check.completed');
	expect(completed).toMatchObject(repeat(6, [{ clientId, status: 'complete', outcome }]));
	expect(completed.map(({ id }) => id).sort()).toEqual(repeat(2, checkIds).sort());
});

test('a client who cancels is announced, and nothing follows', async () => {
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

test('nothing happens after the simulator is closed', async () => {
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
