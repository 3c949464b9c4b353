import { ComplyCubeApiError, ComplyCubeError } from '@complycube/api';
import { LIVE_KEY, officialClient, TEST_KEY } from './client.cts';
import { startSimulator } from '../../simulator/server.cts';
import type { Simulator } from '../../simulator/server.cts';

let simulator: Simulator;

beforeAll(async () => {
	simulator = await startSimulator({ rateLimit: null, processingMs: 0 });
});
beforeEach(() => simulator.reset());
afterAll(() => simulator.close());

const connect = (key?: string) => officialClient(simulator, key);

const rejectionOf = (promise: Promise<unknown>): Promise<unknown> =>
	promise.then(
		() => undefined,
		(error: unknown) => error,
	);

test('reads the account', async () => {
	await expect(connect().accountInfo.get()).resolves.toEqual({
		username: 'Example Ltd',
		plan: 'Essentials Plan',
		remainingCredit: 8000,
	});
	expect(simulator.requests).toMatchObject([
		{ path: '/v1/accountInfo/', headers: { 'user-agent': 'complycube-nodejs/1.1.13' } },
	]);
});

test('reads a session', async () => {
	const [{ id, clientId }] = simulator.workflowSessions.seed();
	await expect(connect().workflowSession.get(id)).resolves.toMatchObject({
		id,
		clientId,
		entityName: 'Ada Example',
		status: 'started',
	});
});

test('lists the sessions of a client and template, page by page', async () => {
	const [{ clientId, workflowTemplateId }] = simulator.workflowSessions.seed([
		{ clientId: '5eb1276d96be4a0008713af5', count: 3 },
		{ count: 2 },
	]);
	const { workflowSession } = connect();
	const list = (page: number) =>
		workflowSession.list(clientId, workflowTemplateId, { page, pageSize: 2 });
	await expect(list(1)).resolves.toMatchObject([{ clientId }, { clientId }]);
	await expect(list(2)).resolves.toMatchObject([{ clientId }]);
	await expect(list(3)).resolves.toEqual([]);
});

test('completes a session', async () => {
	const [{ id }] = simulator.workflowSessions.seed();
	await expect(connect().workflowSession.complete(id)).resolves.toEqual({ status: 'processing' });
	await expect(connect().workflowSession.get(id)).resolves.toMatchObject({
		status: 'complete',
		outcome: 'clear',
	});
});

test('throws its API error for a wrong key', async () => {
	const error = await rejectionOf(connect('test_wrong').accountInfo.get());
	expect(error).toBeInstanceOf(ComplyCubeApiError);
	expect(error).toMatchObject({
		statusCode: 401,
		type: 'unauthorized',
		message: "The 'Authorization' header is invalid (status code 401)",
		responseBody: {
			type: 'unauthorized',
			message: "The 'Authorization' header is invalid",
		},
	});
});

test.each(['get', 'complete'] as const)(
	'throws its API error for an unknown ID: %s',
	async (name) => {
		const id = '5eb2b61e02df0a0008f1cf2b';
		const error = await rejectionOf(connect().workflowSession[name](id));
		expect(error).toBeInstanceOf(ComplyCubeApiError);
		expect(error).toMatchObject({
			statusCode: 404,
			type: 'resource_not_found',
			responseBody: {
				type: 'resource_not_found',
				message: `Invalid workflow session id '${id}'`,
			},
		});
	},
);

test('throws its general error for a dropped connection', async () => {
	simulator.faults.add({ kind: 'dropBefore' });
	const error = await rejectionOf(connect().accountInfo.get());
	expect(error).toBeInstanceOf(ComplyCubeError);
	expect(error).not.toBeInstanceOf(ComplyCubeApiError);
});

test('sees live sessions only with a live key, and test sessions only with a test key', async () => {
	const [test, live] = simulator.workflowSessions.seed([{ mode: 'test' }, { mode: 'live' }]);
	for (const [key, own, other] of [
		[TEST_KEY, test, live],
		[LIVE_KEY, live, test],
	] as const) {
		const { workflowSession } = connect(key);
		await expect(workflowSession.get(own.id)).resolves.toMatchObject({ id: own.id });
		await expect(workflowSession.get(other.id)).rejects.toMatchObject({ statusCode: 404 });
		await expect(workflowSession.complete(other.id)).rejects.toMatchObject({ statusCode: 404 });
		await expect(workflowSession.list(own.clientId, own.workflowTemplateId)).resolves.toHaveLength(
			1,
		);
		await expect(
			workflowSession.list(other.clientId, other.workflowTemplateId),
		).resolves.toHaveLength(0);
	}
	expect(simulator.workflowSessions.list().map(({ effects }) => effects.complete)).toEqual([0, 0]);
});
