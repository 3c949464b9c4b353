import { api, LIVE_KEY, press, sendJson } from './client.cts';
import { startSimulator } from '../../simulator/server.cts';
import type { Simulator } from '../../simulator/server.cts';

let simulator: Simulator;
let clientId: string;

beforeAll(async () => {
	simulator = await startSimulator({ rateLimit: null, processingMs: 0 });
});
beforeEach(() => {
	simulator.reset();
	[{ id: clientId }] = simulator.clients.seed({
		personDetails: { firstName: 'Ada', lastName: 'attention' },
	});
});
afterAll(() => simulator.close());

const workflowTemplateId = '68566be2a37a78622f4f7be3';
const urls = { successUrl: 'https://example.com/done', cancelUrl: 'https://example.com/off' };

const create = (fields: object = {}) =>
	sendJson(simulator, 'POST', '/flow/sessions', {
		clientId,
		workflowTemplateId,
		...urls,
		...fields,
	});
const createLink = async (fields: object = {}): Promise<string> =>
	(await create(fields)).body.redirectUrl;

const openPage = (url: string) => fetch(url, { redirect: 'manual' });
const getText = async (url: string) => (await openPage(url)).text();
const sessions = async () =>
	(await api(simulator, 'GET', `/workflowSessions?clientId=${clientId}`)).body.items;

describe('creation', () => {
	test('answers with a link only', async () => {
		const { status, body } = await create();
		expect(status).toBe(200);
		expect(body).toEqual({ redirectUrl: expect.stringContaining(`${simulator.origin}/flow/`) });
		await expect(sessions()).resolves.toEqual([]);
	});

	test.each([
		['clientId', { clientId: undefined }],
		['workflowTemplateId', { workflowTemplateId: undefined }],
		['checkTypes', { checkTypes: [] }],
		['checkTypes', { checkTypes: ['multi_bureau_check'] }],
		['successUrl', { successUrl: undefined }],
		['successUrl', { successUrl: ['https://example.com'] }],
		['cancelUrl', { cancelUrl: 'javascript:alert(1)' }],
		['theme', { theme: 'pink' }],
		['language', { language: 'tlh' }],
		['shortUrl', { shortUrl: 'yes' }],
		['supportEmail', { supportEmail: 'nobody' }],
		['documentTypes.passport', { documentTypes: { passport: 'yes' } }],
	])('is refused for %s: %j', async (param, fields) => {
		await expect(create(fields)).resolves.toMatchObject({
			status: 400,
			body: { type: 'invalid_request', param },
		});
	});

	test('needs a client of its own mode', async () => {
		const body = { clientId, workflowTemplateId, ...urls };
		await expect(
			sendJson(simulator, 'POST', '/flow/sessions', body, LIVE_KEY),
		).resolves.toMatchObject({ status: 404, body: { message: `Invalid client id '${clientId}'` } });
	});

	test('needs an active version of the workflow', async () => {
		simulator.settings.workflowTemplates[0].active = false;
		await expect(create()).resolves.toMatchObject({
			status: 400,
			body: { param: 'workflowTemplateId' },
		});
		simulator.settings.unusableTemplateReply = 'notFound';
		await expect(create()).resolves.toMatchObject({ status: 404 });
	});
});

describe('the applicant', () => {
	test('starts and finishes a workflow', async () => {
		const url = await createLink({ supportEmail: 'help@example.com', theme: 'dark' });
		const first = await openPage(url);
		expect(first.status).toBe(200);
		expect(first.headers.get('content-type')).toMatch(/^text\/html/);
		const text = await first.text();
		expect(text).toContain('Hello Ada attention');
		expect(text).toContain('AML + Liveness + Document Verification flow');
		expect(text).toContain('mailto:help@example.com');
		expect(text).toContain('data-theme="dark"');
		await expect(sessions()).resolves.toEqual([]);

		await expect(press(url, 'start')).resolves.toBe(new URL(url).pathname);
		expect(await getText(url)).toContain('>Finish</button>');
		await expect(sessions()).resolves.toMatchObject([
			{ clientId, entityName: 'Ada attention', status: 'started', workflowTemplateId },
		]);

		await expect(press(url, 'finish')).resolves.toBe(urls.successUrl);
		const [{ id }] = await sessions();
		const { body } = await api(simulator, 'GET', `/workflowSessions/${id}`);
		expect(body).toMatchObject({ status: 'complete', outcome: 'attention' });
		expect(body.allRelatedChecks).toHaveLength(3);
		for (const { checkId, type } of body.allRelatedChecks) {
			await expect(api(simulator, 'GET', `/checks/${checkId}`)).resolves.toMatchObject({
				body: { clientId, type, status: 'complete', result: { outcome: 'attention' } },
			});
		}
		expect(simulator.workflowSessions.list()[0].effects.complete).toBe(0);
		expect(await getText(url)).toContain(urls.successUrl);
	});

	test('starts and finishes only once, however often the buttons are pressed', async () => {
		const url = await createLink();
		await expect(press(url, 'finish')).resolves.toBe(new URL(url).pathname);
		for (const _time of [1, 2]) await press(url, 'start');
		for (const _time of [1, 2]) {
			await expect(press(url, 'finish')).resolves.toBe(urls.successUrl);
		}
		await expect(press(url, 'cancel')).resolves.toBe(urls.successUrl);
		await expect(sessions()).resolves.toMatchObject([{ status: 'complete' }]);
	});

	test('cancels a workflow', async () => {
		const url = await createLink();
		await press(url, 'start');
		await expect(press(url, 'cancel')).resolves.toBe(urls.cancelUrl);
		await expect(sessions()).resolves.toMatchObject([{ status: 'cancelled' }]);
		expect(await getText(url)).toContain('Verification cancelled');
		await expect(press(url, 'finish')).resolves.toBe(urls.cancelUrl);
	});

	test('leaves no trace by cancelling before the start', async () => {
		const url = await createLink();
		await expect(press(url, 'cancel')).resolves.toBe(urls.cancelUrl);
		await expect(sessions()).resolves.toEqual([]);
		expect(await getText(url)).toContain('>Start</button>');
	});

	test('goes through checks without a workflow', async () => {
		const checkTypes = ['document_check', 'extensive_screening_check'];
		const url = await createLink({
			workflowTemplateId: undefined,
			checkTypes,
			enableMonitoring: true,
		});
		expect(await getText(url)).toContain('document check, extensive screening check');
		await press(url, 'start');
		expect(simulator.checks.list()).toEqual([]);
		await expect(press(url, 'finish')).resolves.toBe(urls.successUrl);
		expect(simulator.checks.list()).toMatchObject(
			checkTypes.map((type) => ({ clientId, type, enableMonitoring: true, status: 'complete' })),
		);
		await expect(sessions()).resolves.toEqual([]);
	});

	test('can use a short link', async () => {
		const url = await createLink({ shortUrl: true });
		expect(url.length).toBeLessThan((await createLink()).length);
		const response = await fetch(url);
		expect(response.url).toMatch(/\/flow\/[0-9a-f]{24}$/);
		await expect(response.text()).resolves.toContain('Hello Ada');
	});

	test('sees a cancellation by the API', async () => {
		const url = await createLink();
		await press(url, 'start');
		const [{ id }] = await sessions();
		await api(simulator, 'POST', `/workflowSessions/${id}/cancel`);
		expect(await getText(url)).toContain('Verification cancelled');
		await expect(press(url, 'finish')).resolves.toBe(urls.cancelUrl);
		await expect(sessions()).resolves.toMatchObject([{ status: 'cancelled' }]);
	});

	test('sees names as text, never as HTML', async () => {
		simulator.clients.change(clientId, { entityName: '<script>"x"</script>' });
		expect(await getText(await createLink())).toContain(
			'&#60;script&#62;&#34;x&#34;&#60;/script&#62;',
		);
	});

	test.each(['/flow/5eb2b61e02df0a0008f1cf2b', '/f/none'])(
		'gets a 404 for the unknown link %s',
		async (path) => {
			const response = await openPage(`${simulator.origin}${path}`);
			expect(response.status).toBe(404);
			await expect(response.text()).resolves.toContain('Link not valid');
		},
	);

	test('gets a 404 once the client is deleted', async () => {
		const url = await createLink();
		simulator.clients.clear();
		expect((await openPage(url)).status).toBe(404);
	});
});

describe('settings', () => {
	test('opening the link can start the session', async () => {
		simulator.settings.applicantBegins = 'open';
		const url = await createLink();
		expect(await getText(url)).toContain('>Finish</button>');
		await expect(sessions()).resolves.toMatchObject([{ status: 'started' }]);
	});

	test('a finished session can wait to be completed by the API', async () => {
		simulator.settings.applicantFinish = 'leavesStarted';
		const url = await createLink();
		await press(url, 'start');
		await expect(press(url, 'finish')).resolves.toBe(urls.successUrl);
		const [{ id, status }] = await sessions();
		expect(status).toBe('started');
		await api(simulator, 'POST', `/workflowSessions/${id}/complete`);
		await expect(sessions()).resolves.toMatchObject([{ status: 'complete' }]);
	});

	test('a cancelled session can stay started', async () => {
		simulator.settings.applicantCancel = 'leavesStarted';
		const url = await createLink();
		await press(url, 'start');
		await expect(press(url, 'cancel')).resolves.toBe(urls.cancelUrl);
		await expect(press(url, 'finish')).resolves.toBe(urls.successUrl);
		await expect(sessions()).resolves.toMatchObject([{ status: 'complete' }]);
	});
});
