import { PDFDocument } from 'pdf-lib';
import { api, LIVE_KEY } from './client.cts';
import { startSimulator } from '../../simulator/server.cts';
import type { Simulator } from '../../simulator/server.cts';

let simulator: Simulator;

beforeAll(async () => {
	simulator = await startSimulator({ rateLimit: null });
});
beforeEach(() => simulator.reset());
afterAll(() => simulator.close());

const getReport = (query: string, key?: string) =>
	api(simulator, 'GET', `/reports?${query}`, key ? { key } : {});

test('a client report is a PDF with as many pages as its checks need, whatever the name', async () => {
	const [{ id }] = simulator.clients.seed({ entityName: 'Łukasz 李 Example' });
	simulator.checks.seed({ clientId: id, count: 10 });
	const { status, body } = await getReport(`clientId=${id}`);
	expect(status).toBe(200);
	expect(body).toEqual({ contentType: 'application/pdf', data: expect.any(String) });
	const pdf = await PDFDocument.load(Buffer.from(body.data, 'base64'));
	expect(pdf.getTitle()).toBe('Client report');
	expect(pdf.getPageCount()).toBe(2);
});

test('a check report is a PDF, and a setting decides its content type', async () => {
	simulator.settings.reportContentType = 'images/jpg';
	const [{ id }] = simulator.checks.seed();
	const { body } = await getReport(`checkId=${id}`);
	expect(body.contentType).toBe('images/jpg');
	const pdf = await PDFDocument.load(Buffer.from(body.data, 'base64'));
	expect(pdf.getTitle()).toBe('Check report');
});

test('a session report is behind a link that is good for a while, and needs no key', async () => {
	const [{ id }] = simulator.workflowSessions.seed({ status: 'complete' });
	const { body } = await getReport(`workflowSessionId=${id}`);
	expect(body).toEqual({ contentType: 'application/pdf', data: expect.stringMatching(/^http/) });
	const file = await fetch(body.data);
	expect([file.status, file.headers.get('content-type')]).toEqual([200, 'application/pdf']);
	const pdf = await PDFDocument.load(await file.arrayBuffer());
	expect(pdf.getTitle()).toBe('Workflow session report');
	expect((await fetch(`${body.data}0`)).status).toBe(403);

	simulator.settings.contentLinkMs = 0;
	const late = await getReport(`workflowSessionId=${id}`);
	expect((await fetch(late.body.data)).status).toBe(403);
});

test('a setting puts the file of a session report into its reply', async () => {
	simulator.settings.sessionReportData = 'base64';
	const [{ id }] = simulator.workflowSessions.seed();
	const { body } = await getReport(`workflowSessionId=${id}`);
	const pdf = await PDFDocument.load(Buffer.from(body.data, 'base64'));
	expect(pdf.getTitle()).toBe('Workflow session report');
});

test('a report of neither or both is refused', async () => {
	for (const query of ['', 'clientId=1&checkId=2', 'clientId=1&workflowSessionId=2']) {
		await expect(getReport(query)).resolves.toMatchObject({
			status: 400,
			body: { type: 'invalid_request' },
		});
	}
});

test('a report of an unknown object, or one of the other mode, is a 404', async () => {
	const [client] = simulator.clients.seed();
	const [check] = simulator.checks.seed();
	const [session] = simulator.workflowSessions.seed();
	for (const [query, thing, id] of [
		[`clientId=${client.id}`, 'client', client.id],
		[`checkId=${check.id}`, 'check', check.id],
		[`workflowSessionId=${session.id}`, 'workflow session', session.id],
	]) {
		await expect(getReport(query, LIVE_KEY)).resolves.toMatchObject({
			status: 404,
			body: { type: 'resource_not_found', message: `Invalid ${thing} id '${id}'` },
		});
	}
});
