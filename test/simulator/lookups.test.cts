import { api, officialClient, sendJson } from './client.cts';
import { startSimulator } from '../../simulator/server.cts';
import type { Simulator } from '../../simulator/server.cts';

let simulator: Simulator;

beforeAll(async () => {
	simulator = await startSimulator({ rateLimit: null });
});
beforeEach(() => simulator.reset());
afterAll(() => simulator.close());

const searchCompanies = (body: object) => sendJson(simulator, 'POST', '/lookup/companies', body);
const searchAddresses = (body: object) => sendJson(simulator, 'POST', '/lookup/addresses', body);

const CLEDARA = { companyName: 'CLEDARA', incorporationCountry: 'GB' };
const STREET = { line: 'example street', postalCode: 'w101ll', country: 'GB' };

describe('companies', () => {
	test('are found by a part of their name, in their country', async () => {
		const { body } = await searchCompanies(CLEDARA);
		expect(body).toMatchObject({ totalItems: 2 });
		expect(body.items.map(({ id }: { id: string }) => id)).toContain('67625f5f3131343535333733');
		for (const other of [{ companyName: 'Nobody' }, { incorporationCountry: 'FR' }]) {
			const reply = await searchCompanies({ ...CLEDARA, ...other });
			expect(reply).toMatchObject({ status: 200, body: { totalItems: 0, items: [] } });
		}
	});

	test('are summaries in a search, and have details of their own', async () => {
		const { items } = (await searchCompanies(CLEDARA)).body;
		const [summary] = items;
		const { body } = await api(simulator, 'GET', `/lookup/companies/${summary.id}`);
		const { owners, officers, filings, industryCodes, ...rest } = body;
		expect(rest).toEqual(summary);
		for (const details of [owners, officers, filings, industryCodes]) {
			expect(details).toEqual([expect.any(Object)]);
		}
	});

	test.each([
		['envelope', ['items', 'page', 'pageSize', 'pages', 'totalItems']],
		['total', ['items', 'totalItems']],
		['itemsOnly', ['items']],
	] as const)('a setting decides what is around them: %s', async (reply, names) => {
		simulator.settings.companySearchReply = reply;
		expect(Object.keys((await searchCompanies(CLEDARA)).body).sort()).toEqual(names);
	});

	test.each([
		['companyName', ''],
		['companyName', undefined],
		['incorporationCountry', 'United Kingdom'],
		['incorporationCountry', undefined],
	])('a search with %s %p is refused', async (param, value) => {
		const reply = await searchCompanies({ ...CLEDARA, [param]: value });
		expect(reply).toMatchObject({ status: 400, body: { type: 'invalid_request', param } });
	});

	test('an unknown one is a 404', async () => {
		await expect(api(simulator, 'GET', '/lookup/companies/a')).resolves.toMatchObject({
			status: 404,
			body: { type: 'resource_not_found', message: "Invalid company id 'a'" },
		});
	});
});

describe('addresses', () => {
	test('are found by line, postal code and country, regardless of case and blanks', async () => {
		const { body } = await searchAddresses(STREET);
		expect(body).toEqual({ totalItems: 1, items: simulator.settings.knownAddresses });
		expect(body.items[0]).not.toHaveProperty('id');
		for (const other of [{ line: 'Other' }, { postalCode: 'W1' }, { country: 'FR' }]) {
			await expect(searchAddresses({ ...STREET, ...other })).resolves.toMatchObject({
				body: { totalItems: 0, items: [] },
			});
		}
	});

	test.each(['line', 'postalCode', 'country'])('a search without %s is refused', async (param) => {
		const reply = await searchAddresses({ ...STREET, [param]: undefined });
		expect(reply).toMatchObject({ status: 400, body: { param } });
	});
});

test('searches count in the quota; a setting decides whether a company does', async () => {
	const { settings } = simulator;
	settings.quotaExceeded = true;
	for (const reply of [await searchCompanies(CLEDARA), await searchAddresses(STREET)]) {
		expect(reply).toMatchObject({ status: 429, body: { message: expect.stringMatching(/quota/) } });
	}
	const read = () => api(simulator, 'GET', '/lookup/companies/67625f5f3131343535333733');
	await expect(read()).resolves.toMatchObject({ status: 200 });
	settings.companyDetailsCount = true;
	await expect(read()).resolves.toMatchObject({ status: 429 });
});

test('the official client searches and reads', async () => {
	const { lookup } = officialClient(simulator);
	const { items } = (await lookup.searchCompany(CLEDARA)) as { items: Array<{ id: string }> };
	await expect(lookup.getCompany(items[0].id)).resolves.toMatchObject({ id: items[0].id });
	await expect(lookup.searchAddress(STREET)).resolves.toMatchObject({ totalItems: 1 });
});
