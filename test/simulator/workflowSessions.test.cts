import { api, LIVE_KEY, pause } from './client.cts';
import { startSimulator } from '../../simulator/server.cts';
import type { Simulator } from '../../simulator/server.cts';
import type { WorkflowSessionSeed } from '../../simulator/workflowSessions.cts';

let simulator: Simulator;

beforeAll(async () => {
	simulator = await startSimulator({ rateLimit: null, processingMs: 60_000 });
});
beforeEach(() => simulator.reset());
afterAll(() => simulator.close());

const seed = (fields: WorkflowSessionSeed = {}) => simulator.workflowSessions.seed(fields)[0];
const get = (id: string) => api(simulator, 'GET', `/workflowSessions/${id}`);
const complete = (id: string) => api(simulator, 'POST', `/workflowSessions/${id}/complete`);
const cancel = (id: string) => api(simulator, 'POST', `/workflowSessions/${id}/cancel`);
const effects = (id: string) =>
	simulator.workflowSessions.list().find((session) => session.id === id)?.effects;

describe('get', () => {
	test('omits from a started session what is not known yet, and empty properties', async () => {
		const { id, clientId, createdAt } = seed({ tasks: [], workflowTemplateDescription: '' });
		expect(id).toMatch(/^[0-9a-f]{24}$/);
		expect(createdAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
		const { status, headers, body } = await get(id);
		expect(status).toBe(200);
		expect(headers.get('content-type')).toMatch(/^application\/json/);
		expect(body).toEqual({
			id,
			clientId,
			entityName: 'Ada Example',
			status: 'started',
			workflowTemplateId: '68566be2a37a78622f4f7be3',
			workflowTemplateName: 'AML + Liveness + Document Verification flow',
			workflowId: '68566be3a37a78622f4f7be7',
			workflowVersion: 1,
			workflowDescription: 'Initial version',
			lastCompletedTaskId: 'task_3',
			createdAt,
			updatedAt: createdAt,
		});
	});

	test('shows outcome, checks and completion of a complete session, and fields of later versions', async () => {
		const { id } = seed({ status: 'complete', riskBand: 'low', tasks: [{ id: 'task_1' }] });
		const { body } = await get(id);
		expect(body).toMatchObject({ outcome: 'clear', riskBand: 'low', tasks: [{ id: 'task_1' }] });
		expect(body.completedAt).toBe(body.createdAt);
		expect(body.allRelatedChecks).toHaveLength(3);
		expect(body.allRelatedChecks[0]).toEqual({
			checkId: expect.stringMatching(/^[0-9a-f]{24}$/),
			type: 'document_check',
			taskId: 'task_1',
		});
	});

	test('answers a malformed ID like an unknown one, or with 400', async () => {
		await expect(get('nonsense')).resolves.toMatchObject({
			status: 404,
			body: { type: 'resource_not_found', message: "Invalid workflow session id 'nonsense'" },
		});
		simulator.settings.malformedIdReply = 'invalidRequest';
		await expect(get('nonsense')).resolves.toMatchObject({
			status: 400,
			body: { type: 'invalid_request', param: 'id' },
		});
		await expect(get('5eb2b61e02df0a0008f1cf2b')).resolves.toMatchObject({ status: 404 });
	});
});

describe('complete', () => {
	test('takes a session from started through processing to complete', async () => {
		simulator.settings.processingMs = 150;
		const { id, createdAt } = seed();
		await pause(5);
		const reply = await complete(id);
		expect(reply).toMatchObject({ status: 200, text: '{"status":"processing"}' });

		const during = (await get(id)).body;
		expect(during.status).toBe('processing');
		expect(during).not.toHaveProperty('outcome');
		expect(during).not.toHaveProperty('allRelatedChecks');
		expect(during).not.toHaveProperty('completedAt');
		expect(Date.parse(during.updatedAt)).toBeGreaterThan(Date.parse(createdAt));

		await pause(200);
		const after = (await get(id)).body;
		expect(after).toMatchObject({ status: 'complete', outcome: 'clear' });
		expect(after.allRelatedChecks).toHaveLength(3);
		expect(Date.parse(after.completedAt) - Date.parse(during.updatedAt)).toBeGreaterThanOrEqual(
			149,
		);
		expect(after.updatedAt).toBe(after.completedAt);
		expect(effects(id)).toEqual({ complete: 1, cancel: 0 });
	});

	test.each(['processing', 'complete'])(
		'of a session that is %s follows a setting',
		async (status) => {
			const { id } = seed({ status });
			simulator.settings.completeAgain = 'reject';
			await expect(complete(id)).resolves.toMatchObject({
				status: 400,
				body: { type: 'invalid_request' },
			});
			simulator.settings.wrongStatusCode = 422;
			await expect(complete(id)).resolves.toMatchObject({
				status: 422,
				body: { type: expect.any(String), message: expect.stringContaining(status) },
			});
			expect(effects(id)).toEqual({ complete: 0, cancel: 0 });

			simulator.settings.completeAgain = 'accept';
			await expect(complete(id)).resolves.toMatchObject({ status: 200 });
			await expect(get(id)).resolves.toMatchObject({ body: { status: 'processing' } });
			await expect(complete(id)).resolves.toMatchObject({ status: 200 });
			expect(effects(id)).toEqual({ complete: 2, cancel: 0 });
		},
	);

	test.each(['cancelled', 'abandoned'])(
		'of a session that is %s follows a setting',
		async (status) => {
			const { id } = seed({ status });
			await expect(complete(id)).resolves.toMatchObject({ status: 400 });
			expect(effects(id)).toEqual({ complete: 0, cancel: 0 });
			simulator.settings.completeWhenClosed = 'accept';
			await expect(complete(id)).resolves.toMatchObject({ status: 200 });
			expect(effects(id)).toEqual({ complete: 1, cancel: 0 });
		},
	);

	test('counts each of many simultaneous requests', async () => {
		const { id } = seed();
		await Promise.all(Array.from({ length: 20 }, () => complete(id)));
		expect(effects(id)).toEqual({ complete: 20, cancel: 0 });
	});
});

describe('cancel', () => {
	test.each([
		['status', '{"status":"cancelled"}'],
		['empty', ''],
	] as const)('answers with %s', async (cancelReply, text) => {
		simulator.settings.cancelReply = cancelReply;
		const { id } = seed();
		await expect(cancel(id)).resolves.toMatchObject({ status: 200, text });
		await expect(get(id)).resolves.toMatchObject({ body: { status: 'cancelled' } });
	});

	test('answers with the session', async () => {
		simulator.settings.cancelReply = 'session';
		const { id } = seed();
		const { body } = await cancel(id);
		expect(body).toEqual((await get(id)).body);
		expect(body.status).toBe('cancelled');
	});

	test.each(['processing', 'complete', 'abandoned', 'cancelled'])(
		'is refused when %s',
		async (status) => {
			const { id } = seed({ status });
			await expect(cancel(id)).resolves.toMatchObject({ status: 400 });
			await expect(get(id)).resolves.toMatchObject({ body: { status } });
			expect(effects(id)).toEqual({ complete: 0, cancel: 0 });
		},
	);

	test('takes effect once', async () => {
		const { id } = seed();
		const replies = await Promise.all([cancel(id), cancel(id), cancel(id)]);
		expect(replies.map(({ status }) => status).sort()).toEqual([200, 400, 400]);
		expect(effects(id)).toEqual({ complete: 0, cancel: 1 });
	});

	test('of an unknown ID is the documented 404', async () => {
		const id = '5eb2b61e02df0a0008f1cf2b';
		await expect(cancel(id)).resolves.toMatchObject({
			status: 404,
			text: `{"type":"resource_not_found","message":"Invalid workflow session id '${id}'"}`,
		});
	});
});

describe('outcome', () => {
	test.each([
		['clear/attention', 'Example', 'clear'],
		['clear/attention', 'attention', 'attention'],
		['clear/review/decline', 'Example', 'clear'],
		['clear/review/decline', 'attention', 'review'],
	] as const)('with vocabulary %s and last name %s is %s', async (words, lastName, outcome) => {
		simulator.settings.outcomeVocabulary = words;
		simulator.settings.processingMs = 0;
		const { id } = seed({ lastName });
		await complete(id);
		await expect(get(id)).resolves.toMatchObject({ body: { status: 'complete', outcome } });
	});

	test('is shown as seeded, once complete', async () => {
		const { id } = seed({ outcome: 'decline', lastName: 'attention' });
		expect((await get(id)).body).not.toHaveProperty('outcome');
		simulator.settings.processingMs = 0;
		await complete(id);
		await expect(get(id)).resolves.toMatchObject({ body: { outcome: 'decline' } });
	});

	test('follows the last name in the entity name, in test mode only', async () => {
		const names = { entityName: 'Ada attention', status: 'complete' };
		await expect(get(seed(names).id)).resolves.toMatchObject({ body: { outcome: 'attention' } });
		const live = seed({ ...names, mode: 'live' });
		await expect(
			api(simulator, 'GET', `/workflowSessions/${live.id}`, { key: LIVE_KEY }),
		).resolves.toMatchObject({ body: { outcome: 'clear' } });
	});
});
