import { api } from './client.cts';
import { startSimulator } from '../../simulator/server.cts';
import type { Simulator } from '../../simulator/server.cts';

let simulator: Simulator;

beforeAll(async () => {
	simulator = await startSimulator({ rateLimit: null });
});
beforeEach(() => simulator.reset());
afterAll(() => simulator.close());

const list = async (query: Record<string, string> | string = '') =>
	(await api(simulator, 'GET', `/workflowSessions?${new URLSearchParams(query)}`)).body;

const listIds = async (query: Record<string, string> | string) =>
	(await list(query)).items.map(({ id }: { id: string }) => id);

describe('paging', () => {
	test('shows summaries, newest first, 100 unless asked otherwise', async () => {
		const seeded = simulator.workflowSessions.seed({ status: 'complete', count: 101 });
		const { items, ...envelope } = await list();
		expect(envelope).toEqual({ page: 1, pageSize: 100, totalItems: 101, pages: 2 });
		expect(items).toHaveLength(100);
		expect(Object.keys(items[0]).sort()).toEqual([
			'clientId',
			'createdAt',
			'entityName',
			'id',
			'outcome',
			'status',
			'updatedAt',
			'workflowId',
			'workflowTemplateId',
			'workflowTemplateName',
			'workflowVersion',
		]);
		const newestFirst = seeded.map(({ id }) => id).reverse();
		expect(items.map(({ id }: { id: string }) => id)).toEqual(newestFirst.slice(0, 100));
		await expect(listIds({ page: '2' })).resolves.toEqual(newestFirst.slice(100));
	});

	test('takes 1 and 1000 as the limits of the page size', async () => {
		simulator.workflowSessions.seed({ count: 1001 });
		const large = await list({ pageSize: '1000' });
		expect(large.items).toHaveLength(1000);
		expect(large).toMatchObject({ pageSize: 1000, totalItems: 1001, pages: 2 });
		const small = await list({ pageSize: '1', page: '1001' });
		expect(small.items).toHaveLength(1);
		expect(small).toMatchObject({ page: 1001, pages: 1001 });
	});

	test('shows an empty page beyond the last', async () => {
		simulator.workflowSessions.seed({ count: 3 });
		await expect(list({ page: '3', pageSize: '2' })).resolves.toEqual({
			page: 3,
			pageSize: 2,
			totalItems: 3,
			pages: 2,
			items: [],
		});
	});

	test('of an empty list follows two settings', async () => {
		const envelope = { page: 1, pageSize: 100, totalItems: 0 };
		await expect(list()).resolves.toEqual({ ...envelope, pages: 0, items: [] });
		Object.assign(simulator.settings, { emptyListItems: 'omitted', emptyListPages: 1 });
		await expect(list()).resolves.toEqual({ ...envelope, pages: 1 });
	});

	test.each([
		['page', '0', 1],
		['page', 'x', 1],
		['page', '-1', 1],
		['page', '1.5', 1],
		['pageSize', '0', 1],
		['pageSize', '1001', 1000],
		['pageSize', '', 100],
	])('a setting decides the reply to %s=%s', async (name, value, clamped) => {
		simulator.workflowSessions.seed();
		await expect(list({ [name]: value })).resolves.toMatchObject({ totalItems: 0, items: [] });
		simulator.settings.badPaging = 'clamp';
		await expect(list({ [name]: value })).resolves.toMatchObject({
			[name]: clamped,
			totalItems: 1,
		});
		simulator.settings.badPaging = 'reject';
		await expect(list({ [name]: value })).resolves.toMatchObject({
			type: 'invalid_request',
			param: name,
		});
	});

	test('lists equally old items last added first, and follows a changed creation time', async () => {
		const createdAt = '2025-01-01T00:00:00.000Z';
		const [first, second] = simulator.workflowSessions.seed({ createdAt, count: 2 });
		await expect(listIds('')).resolves.toEqual([second.id, first.id]);
		simulator.workflowSessions.change(first.id, { createdAt: '2025-01-02T00:00:00.000Z' });
		await expect(listIds('')).resolves.toEqual([first.id, second.id]);
	});
});

describe('filters', () => {
	let a: string;
	let b: string;
	let c: string;

	beforeEach(() => {
		[a, b, c] = simulator.workflowSessions
			.seed([
				{ clientId: 'c1', workflowTemplateId: 't1', createdAt: '2025-01-03T00:00:00.000Z' },
				{
					clientId: 'c1',
					workflowTemplateId: 't2',
					status: 'complete',
					createdAt: '2025-01-02T00:00:00.000Z',
				},
				{
					clientId: 'c2',
					workflowTemplateId: 't2',
					status: 'complete',
					lastName: 'attention',
					createdAt: '2025-01-01T00:00:00.000Z',
				},
			])
			.map(({ id }) => id);
	});

	test.each<[Record<string, string>, () => string[]]>([
		[{ clientId: 'c1' }, () => [a, b]],
		[{ workflowTemplateId: 't2' }, () => [b, c]],
		[{ status: 'complete' }, () => [b, c]],
		[{ outcome: 'attention' }, () => [c]],
		[{ outcome: 'clear' }, () => [b]],
		[{ clientId: 'c1', workflowTemplateId: 't2' }, () => [b]],
		[{ clientId: 'c2', outcome: 'clear' }, () => []],
		[{ clientId: 'nobody' }, () => []],
		[{ clientId: '' }, () => []],
		[{ outcome: '' }, () => []],
		[{ createdAfter: '2025-01-02T00:00:00.000Z' }, () => [a]],
		[{ createdAfter: '2025-01-01T23:59:59.999Z' }, () => [a, b]],
		[{ createdBefore: '2025-01-02T00:00:00.000Z' }, () => [c]],
		[{ createdAfter: '2025-01-01', createdBefore: '2025-01-03' }, () => [b]],
		[{ createdAfter: '2025-01-02T01:00:00+02:00' }, () => [a, b]],
		[{ updatedAfter: '2025-01-02T00:00:00.000Z' }, () => [a]],
		[{ updatedBefore: '2025-01-03T00:00' }, () => [b, c]],
		// An unsupported or malformed filter gets an empty list, not an error.
		[{ colour: 'red' }, () => []],
		[{ clientId: 'c1', entityName: 'Ada Example' }, () => []],
		[{ createdAfter: 'yesterday' }, () => []],
		[{ createdAfter: '1735689600' }, () => []],
		[{ createdAfter: '2025-13-01' }, () => []],
	])('%p', async (query, expected) => {
		await expect(listIds(query)).resolves.toEqual(expected());
	});

	test('are malformed when given twice, or with a plus that is not encoded', async () => {
		await expect(listIds('clientId=c1&clientId=c2')).resolves.toEqual([]);
		const { body } = await api(
			simulator,
			'GET',
			'/workflowSessions?createdAfter=2025-01-01T00:00:00+02:00',
		);
		expect(body).toMatchObject({ totalItems: 0, items: [] });
	});

	test('by outcome find only complete sessions', async () => {
		simulator.workflowSessions.change(c, { status: 'processing' });
		await expect(listIds({ outcome: 'attention' })).resolves.toEqual([]);
		simulator.settings.processingMs = 0;
		await expect(listIds({ outcome: 'attention' })).resolves.toEqual([c]);
	});

	test('are limited to those in the settings, and applied before paging', async () => {
		await expect(list({ status: 'complete', pageSize: '1' })).resolves.toMatchObject({
			totalItems: 2,
			pages: 2,
		});
		simulator.settings.sessionFilters = ['outcome'];
		await expect(listIds({ status: 'complete' })).resolves.toEqual([]);
	});
});
