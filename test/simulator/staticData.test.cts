import { api, officialClient } from './client.cts';
import { startSimulator } from '../../simulator/server.cts';
import type { Simulator } from '../../simulator/server.cts';

let simulator: Simulator;

beforeAll(async () => {
	simulator = await startSimulator({ rateLimit: null });
});
beforeEach(() => simulator.reset());
afterAll(() => simulator.close());

test('the screening lists are an array of texts in alphabetical order', async () => {
	simulator.settings.screeningLists = ['B', 'A'];
	const { status, body } = await api(simulator, 'GET', '/static/screeningLists');
	expect([status, body]).toEqual([200, ['A', 'B']]);
});

test('the supported documents are nested by check type, document type and country', async () => {
	const { status, body } = await api(simulator, 'GET', '/static/supportedDocuments');
	expect(status).toBe(200);
	expect(body).toMatchObject({ document_check: { passport: { AE: { sides: 1 } } } });
});

test('the official client reads both', async () => {
	const { static: data } = officialClient(simulator);
	await expect(data.listScreeningLists()).resolves.toContain(
		'African Development Bank Group (AFDB)',
	);
	await expect(data.listSupportedDocuments()).resolves.toHaveProperty('document_check');
});
