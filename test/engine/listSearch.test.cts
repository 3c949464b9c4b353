import type { IDataObject } from 'n8n-workflow';
import { startSessionCalls, type ResourceCalls } from './resourceCalls.cts';

let calls: ResourceCalls;
beforeAll(async () => {
	calls = await startSessionCalls();
});
beforeEach(() => calls.simulator.reset());
afterAll(async () => await calls.simulator.close());

/** Adds sessions, oldest first. */
const seed = (count: number, fields: IDataObject = {}) =>
	calls.simulator.workflowSessions.seed({ count, ...fields });

const search = async (filter?: string, token?: string, credential = {}) =>
	await calls.searchList('searchWorkflowSessions', { filter, token, credential });

it('shows client, status, time and template, newest first', async () => {
	const [older, newer] = seed(2, { workflowTemplateName: 'Onboarding' });
	calls.simulator.workflowSessions.change(newer.id, {
		entityName: 'Zoe Example',
		status: 'complete',
		createdAt: '2030-01-31T09:08:07.000Z',
	});
	const { results, paginationToken } = await search();
	expect(results).toEqual([
		{ name: 'Zoe Example · complete · 2030-01-31 10:08 · Onboarding', value: newer.id },
		expect.objectContaining({ value: older.id }),
	]);
	expect(paginationToken).toBeUndefined();
});

it('continues with the next page', async () => {
	seed(150);
	const first = await search();
	expect(first.results).toHaveLength(100);
	const second = await search(undefined, first.paginationToken);
	expect(second.results).toHaveLength(50);
	expect(second.paginationToken).toBeUndefined();
	const ids = [...first.results, ...second.results].map(({ value }) => value);
	expect(new Set(ids).size).toBe(150);
});

it('finds sessions by words in any order, and by ID', async () => {
	seed(3);
	const [wanted] = seed(1, { entityName: 'Émile Example', status: 'abandoned' });
	for (const filter of ['émile', ' ABANDONED émile ', wanted.id]) {
		expect((await search(filter)).results.map(({ value }) => value)).toEqual([wanted.id]);
	}
	expect((await search('nobody')).results).toEqual([]);
});

it('reads further pages until it finds something', async () => {
	const [oldest] = seed(1, { entityName: 'Zoe Example', createdAt: '2020-01-01T00:00:00Z' });
	seed(2_500);
	const { results } = await search('zoe');
	expect(results.map(({ value }) => value)).toEqual([oldest.id]);
	expect(calls.sent()).toHaveLength(3);
});

it('stops after five pages, and continues from there', async () => {
	const [oldest] = seed(1, { entityName: 'Zoe Example', createdAt: '2020-01-01T00:00:00Z' });
	seed(5_000);
	const first = await search('zoe');
	expect(first).toEqual({ results: [], paginationToken: '6' });
	expect(calls.sent().map(({ query }) => query?.page)).toEqual(['1', '2', '3', '4', '5']);
	const second = await search('zoe', first.paginationToken);
	expect(second.results.map(({ value }) => value)).toEqual([oldest.id]);
	expect(second.paginationToken).toBeUndefined();
	expect(calls.sent()).toHaveLength(6);
});

it.each([undefined, 'a'])(
	'treats a list without a page count as one page: search for %p',
	async (filter) => {
		calls.answerWith({ items: [{ id: 'a' }] });
		expect(await search(filter)).toEqual({ results: [{ name: 'a', value: 'a' }] });
		expect(calls.sent()).toHaveLength(1);
	},
);

it('reports why there is no list', async () => {
	await expect(search('', undefined, { apiKey: 'wrong' })).rejects.toThrow(/^Authorization failed/);
	await expect(search('', undefined, { baseUrl: 'http://example.com' })).rejects.toThrow(
		/Base URL/,
	);
});

describe('clients', () => {
	it('are shown with name, address and time, newest first', async () => {
		const [older] = calls.simulator.clients.seed({ createdAt: '2020-01-31T09:08:07.000Z' });
		const [newer] = calls.simulator.clients.seed({
			type: 'company',
			email: 'info@example.com',
			createdAt: '2030-01-31T09:08:07.000Z',
		});
		expect((await calls.searchList('searchClients')).results).toEqual([
			{ name: 'Example Ltd · info@example.com · 2030-01-31 10:08', value: newer.id },
			{ name: 'Ada Example · ada@example.com · 2020-01-31 10:08', value: older.id },
		]);
	});

	it('are found by name and address', async () => {
		const [{ id }] = calls.simulator.clients.seed({ email: 'zoe@example.com' });
		calls.simulator.clients.seed({});
		const { results } = await calls.searchList('searchClients', { filter: 'zoe ada' });
		expect(results.map(({ value }) => value)).toEqual([id]);
	});
});

describe('documents', () => {
	const createdAt = '2030-01-31T09:08:07.000Z';
	const of = (clientId: unknown) => ({ parameters: { clientId } as IDataObject });

	it('are those of the chosen client', async () => {
		const [{ id }] = calls.simulator.documents.seed({ clientId: 'a', type: 'visa', createdAt });
		calls.simulator.documents.seed({ clientId: 'b' });
		const { results } = await calls.searchList(
			'searchDocuments',
			of({ __rl: true, mode: 'id', value: ' a ' }),
		);
		expect(results).toEqual([{ name: 'Visa · GB · 2030-01-31 10:08', value: id }]);
		expect(calls.simulator.requests[0].query).toMatchObject({ clientId: 'a' });
	});

	it.each([
		undefined,
		{ mode: 'list', value: '' },
		{ mode: 'id', value: null },
		{ mode: 'id', value: '={{ $json.id }}' },
	])('are not requested before a client is chosen: %p', async (clientId) => {
		await expect(calls.searchList('searchDocuments', of(clientId))).rejects.toThrow(
			"Choose the client in the field 'Client' first",
		);
		expect(calls.sent()).toEqual([]);
	});
});

describe('what else a check looks at', () => {
	const createdAt = '2030-06-30T22:30:00.000Z';
	const parameters = { clientId: { __rl: true, mode: 'id', value: 'a' } };

	it('is an address of the chosen client', async () => {
		const [{ id }] = calls.simulator.addresses.seed({
			clientId: 'a',
			propertyNumber: 'Flat 3',
			line: 'Common Street',
			city: 'London',
			postalCode: 'W10 1LL',
			country: 'GB',
		});
		calls.simulator.addresses.seed({ clientId: 'b' });
		const { results } = await calls.searchList('searchAddresses', { parameters });
		expect(results).toEqual([{ name: 'Flat 3 Common Street · London · W10 1LL · GB', value: id }]);
	});

	it("is a live photo or video of the chosen client, by the workflow's clock", async () => {
		const [photo] = calls.simulator.livePhotos.seed({ clientId: 'a', createdAt });
		const [video] = calls.simulator.liveVideos.seed({ clientId: 'a', createdAt, language: 'en' });
		calls.simulator.livePhotos.seed({ clientId: 'b' });
		calls.simulator.liveVideos.seed({ clientId: 'b' });
		expect((await calls.searchList('searchLivePhotos', { parameters })).results).toEqual([
			{ name: '2030-07-01 00:30', value: photo.id },
		]);
		expect((await calls.searchList('searchLiveVideos', { parameters })).results).toEqual([
			{ name: '2030-07-01 00:30 · en', value: video.id },
		]);
	});

	it.each(['searchAddresses', 'searchLivePhotos', 'searchLiveVideos'])(
		'is not requested by %s before a client is chosen',
		async (list) => {
			await expect(calls.searchList(list)).rejects.toThrow(
				"Choose the client in the field 'Client' first",
			);
			expect(calls.sent()).toEqual([]);
		},
	);
});

describe('checks', () => {
	it('are shown with client, type, status and time', async () => {
		const [{ id }] = calls.simulator.checks.seed({
			entityName: 'Ada Example',
			type: 'document_check',
			status: 'failed',
			createdAt: '2030-01-31T09:08:07.000Z',
		});
		expect((await calls.searchList('searchChecks')).results).toEqual([
			{ name: 'Ada Example · Document check · failed · 2030-01-31 10:08', value: id },
		]);
	});
});

describe('workflow templates', () => {
	it('are those of past sessions, each once', async () => {
		seed(3, { workflowTemplateId: 't1', workflowTemplateName: 'Onboarding' });
		seed(1, { workflowTemplateId: 't2', workflowTemplateName: 'Age' });
		const { results } = await calls.searchList('searchWorkflowTemplates');
		expect(results).toEqual([
			{ name: 'Age', value: 't2' },
			{ name: 'Onboarding', value: 't1' },
		]);
		const found = await calls.searchList('searchWorkflowTemplates', { filter: 'onboard' });
		expect(found.results.map(({ value }) => value)).toEqual(['t1']);
	});
});

describe('team members', () => {
	it('are shown with name and role, and found by either', async () => {
		const { teamMembers } = calls.simulator;
		const [{ id }] = teamMembers.seed({ firstName: 'Zoe', role: 'owner' });
		teamMembers.seed();
		expect((await calls.searchList('searchTeamMembers')).results).toHaveLength(2);
		for (const filter of ['zoe', 'owner']) {
			const { results } = await calls.searchList('searchTeamMembers', { filter });
			expect(results).toEqual([{ name: 'Zoe Example · Owner', value: id }]);
		}
	});
});

describe('custom lists', () => {
	it('are shown with name and description', async () => {
		const description = 'Never again';
		const [{ id }] = calls.simulator.customLists.seed({ name: 'Suppliers', description });
		expect((await calls.searchList('searchCustomLists')).results).toEqual([
			{ name: 'Suppliers · Never again', value: id },
		]);
	});
});

describe('a name as people type it', () => {
	it.each([
		['Ana Muñoz', 'munoz'],
		['Ana Munoz', 'Muñoz'],
		['Zoë Example', 'Zoe\u0308'],
		['Niamh O’Brien', "o'brien"],
		["Niamh O'Brien", 'o’brien'],
		['Anne–Marie Example', 'anne-marie'],
	])('finds %s by %s', async (entityName, typed) => {
		const [session] = seed(2);
		calls.simulator.workflowSessions.change(session.id, { entityName });
		const { results } = await search(typed);
		expect(results.map(({ value }) => value)).toEqual([session.id]);
	});
});
