import { LoadOptionsContext } from 'n8n-core';
import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { additionalDataFor, loadPackage, workflowWith } from './engine.cts';
import { TEST_KEY, WorkflowSessionCalls } from './workflowSessionCalls.cts';

let calls: WorkflowSessionCalls;
beforeAll(async () => {
	calls = await WorkflowSessionCalls.start();
});
beforeEach(() => calls.simulator.reset());
afterAll(async () => await calls.simulator.close());

async function search(
	filter?: string,
	token?: string,
	changes = {},
): Promise<INodeListSearchResult> {
	const credential = {
		apiKey: TEST_KEY,
		baseUrl: calls.simulator.url,
		requestsPerSecond: 10_000,
		...changes,
	};
	const workflow = await workflowWith({ parameters: {}, credential });
	const context = new LoadOptionsContext(
		workflow,
		workflow.getNode('ComplyCube')!,
		await additionalDataFor(credential),
		'parameters.workflowSessionId',
	);
	const { type } = (await loadPackage()).getNode('complyCube');
	const { searchWorkflowSessions } = (type as never as { methods: never })['methods'][
		'listSearch'
	] as Record<string, (this: ILoadOptionsFunctions, ...args: unknown[]) => never>;
	return await searchWorkflowSessions.call(context as never, filter, token);
}

it('shows client, status, time and template, newest first', async () => {
	const [older, newer] = calls.seed(2, { workflowTemplateName: 'Onboarding' });
	calls.simulator.workflowSessions.change(newer.id, {
		entityName: 'Zoe Example',
		status: 'complete',
		createdAt: '2030-01-31T09:08:07.000Z',
	});
	const { results, paginationToken } = await search();
	expect(results).toEqual([
		{ name: 'Zoe Example · complete · 2030-01-31 09:08 · Onboarding', value: newer.id },
		expect.objectContaining({ value: older.id }),
	]);
	expect(paginationToken).toBeUndefined();
});

it('goes on with the next page', async () => {
	calls.seed(150);
	const first = await search();
	expect(first.results).toHaveLength(100);
	const second = await search(undefined, first.paginationToken);
	expect(second.results).toHaveLength(50);
	expect(second.paginationToken).toBeUndefined();
	const ids = [...first.results, ...second.results].map(({ value }) => value);
	expect(new Set(ids).size).toBe(150);
});

it('finds by words in any order, and by ID', async () => {
	calls.seed(3);
	const [wanted] = calls.seed(1, { entityName: 'Émile Example', status: 'abandoned' });
	for (const filter of ['émile', ' ABANDONED émile ', wanted.id]) {
		expect((await search(filter)).results.map(({ value }) => value)).toEqual([wanted.id]);
	}
	expect((await search('nobody')).results).toEqual([]);
});

it('reads on until it finds something', async () => {
	const [oldest] = calls.seed(1, { entityName: 'Zoe Example', createdAt: '2020-01-01T00:00:00Z' });
	calls.seed(2_500);
	const { results } = await search('zoe');
	expect(results.map(({ value }) => value)).toEqual([oldest.id]);
	expect(calls.requested()).toHaveLength(3);
});

it('shows why there is no list', async () => {
	await expect(search('', undefined, { apiKey: 'wrong' })).rejects.toThrow(/^Authorization failed/);
	await expect(search('', undefined, { baseUrl: 'http://example.com' })).rejects.toThrow(
		/Base URL/,
	);
});
