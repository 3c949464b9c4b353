import type { IDataObject } from 'n8n-workflow';
import { nock } from './mockedHttps.cts';
import { byId, startSessionCalls, TEST_KEY, type ResourceCalls } from './resourceCalls.cts';

let calls: ResourceCalls;
beforeAll(async () => {
	calls = await startSessionCalls();
});
beforeEach(() => calls.simulator.reset());
afterAll(async () => await calls.simulator.close());

/** Adds sessions, oldest first. */
const seed = (count: number, fields: IDataObject = {}) =>
	calls.simulator.workflowSessions.seed({ count, ...fields });

describe('the exact request of each operation', () => {
	const ID = '5eb2b61e02df0a0008f1cf2a';
	const api = () =>
		nock('https://api.complycube.com', { reqheaders: { authorization: 'live_key' } });
	const run = async (operation: string, parameters = {}) =>
		await calls.run({
			operation,
			parameters: { workflowSessionId: byId(` ${ID} `), ...parameters },
			credential: { apiKey: ' live_key\n', baseUrl: 'https://api.complycube.com/v1' },
		});

	beforeAll(() => nock.disableNetConnect());
	afterEach(() => {
		expect(nock.pendingMocks()).toEqual([]);
		nock.cleanAll();
	});
	afterAll(() => {
		nock.enableNetConnect();
		nock.restore();
	});

	it('Get', async () => {
		const session = { id: ID, status: 'new in 2027', outcome: 'unheard of', futureField: [1] };
		const scope = api().get(`/v1/workflowSessions/${ID}`, '').reply(200, session);
		const { items } = await run('get');
		expect(items).toEqual([{ json: session, pairedItem: { item: 0 } }]);
		scope.done();
	});

	it('Complete', async () => {
		const scope = api()
			.post(`/v1/workflowSessions/${ID}/complete`, '')
			.reply(200, { status: 'processing' });
		const { items } = await run('complete');
		expect(items).toEqual([{ json: { id: ID, status: 'processing' }, pairedItem: { item: 0 } }]);
		scope.done();
	});

	it('Cancel', async () => {
		const scope = api()
			.post(`/v1/workflowSessions/${ID}/cancel`, '')
			.reply(200, { status: 'cancelled' });
		const { items } = await run('cancel');
		expect(items).toEqual([{ json: { id: ID, status: 'cancelled' }, pairedItem: { item: 0 } }]);
		scope.done();
	});

	it('Get Many, with every filter', async () => {
		let query = '';
		const scope = api()
			.get('/v1/workflowSessions')
			.query(true)
			.reply(200, (uri) => {
				query = uri.slice(uri.indexOf('?') + 1);
				return { page: 1, pageSize: 50, totalItems: 0, pages: 0, items: [] };
			});
		const { items, status } = await run('getAll', {
			filters: {
				clientId: 'a+b@d',
				workflowTemplateId: 't1',
				status: 'complete',
				outcome: 'Attention, again',
				createdAfter: '2026-01-31T09:00:00',
				createdBefore: '2026-07-01T00:00:00+02:00',
				updatedAfter: '2026-01-01',
				updatedBefore: '',
			},
		});
		expect([status, items]).toEqual(['success', []]);
		expect(query.split('&').sort()).toEqual([
			'clientId=a%2Bb%40d',
			// The workflow's time zone is Europe/Berlin
			'createdAfter=2026-01-31T08%3A00%3A00.000Z',
			'createdBefore=2026-06-30T22%3A00%3A00.000Z',
			'outcome=Attention%2C%20again',
			'page=1',
			'pageSize=50',
			'status=complete',
			'updatedAfter=2025-12-31T23%3A00%3A00.000Z',
			'workflowTemplateId=t1',
		]);
		scope.done();
	});

	it('does not follow a redirect, not even on the same host', async () => {
		const scope = api()
			.get(`/v1/workflowSessions/${ID}`)
			.reply(302, '', { location: 'https://evil.example/v1' });
		const evil = nock('https://evil.example').get('/v1').reply(200, {});
		const { error } = await run('get');
		expect(error?.message).toContain('redirect');
		expect(error?.description).toContain("'Base URL'");
		scope.done();
		expect(evil.isDone()).toBe(false);
		nock.cleanAll();
	});

	it('sends nothing over plain http, except to a loopback host', async () => {
		const plain = nock('http://api.complycube.com').get(/.*/).reply(200, {});
		const { error } = await calls.run({
			operation: 'get',
			parameters: { workflowSessionId: byId(ID) },
			credential: { apiKey: 'live_key', baseUrl: 'http://api.complycube.com/v1' },
		});
		expect(error?.message).toContain("'Base URL'");
		expect(plain.isDone()).toBe(false);
		nock.cleanAll();
	});
});

describe('Output', () => {
	it.each(['get', 'getAll'])('of %s: raw, simplified, selected', async (operation) => {
		const [{ id }] = seed(1, { status: 'complete', lastName: 'attention' });
		const shape = async (parameters: IDataObject) =>
			Object.keys((await calls.run({ operation, input: [{ id }], parameters })).items[0].json);

		const raw = await shape({});
		expect(raw).toEqual(expect.arrayContaining(['id', 'workflowVersion', 'outcome', 'updatedAt']));
		expect(raw.includes('allRelatedChecks')).toBe(operation === 'get');

		const simplified = await shape({ output: 'simplified' });
		expect(simplified.length).toBeLessThanOrEqual(10);
		expect(simplified).toEqual(expect.arrayContaining(['id', 'clientId', 'status', 'outcome']));

		expect(await shape({ output: 'selected', fields: ['status', 'outcome'] })).toEqual([
			'id',
			'status',
			'outcome',
		]);
		expect(await shape({ output: 'selected', fields: 'outcome, workflowVersion' })).toEqual([
			'id',
			'outcome',
			'workflowVersion',
		]);
		expect(await shape({ output: 'selected', fields: [] })).toEqual(['id']);
	});

	it('does not add fields that ComplyCube leaves out', async () => {
		const [{ id }] = seed(1);
		const parameters = { output: 'selected', fields: ['status', 'outcome'] };
		const { items } = await calls.run({ operation: 'get', input: [{ id }], parameters });
		expect(items[0].json).toEqual({ id, status: 'started' });
	});
});

describe('Get Many', () => {
	const pages = () => calls.simulator.requests.map(({ query }) => [query.page, query.pageSize]);

	it.each([
		{ stored: 3, limit: 2, expected: 2, asked: [['1', '2']] },
		{ stored: 3, limit: 50, expected: 3, asked: [['1', '50']] },
		{ stored: 1000, limit: 1000, expected: 1000, asked: [['1', '1000']] },
		{
			stored: 1200,
			limit: 1001,
			expected: 1001,
			asked: [
				['1', '501'],
				['2', '501'],
			],
		},
		{ stored: 0, limit: 50, expected: 0, asked: [['1', '50']] },
	])(
		'requests no more than needed: $limit of $stored',
		async ({ stored, limit, expected, asked }) => {
			if (stored) seed(stored);
			const { items, status } = await calls.run({ operation: 'getAll', parameters: { limit } });
			expect([status, items.length]).toEqual(['success', expected]);
			expect(pages()).toEqual(asked);
			expect(new Set(items.map(({ json }) => json.id)).size).toBe(expected);
		},
	);

	it('returns all, over pages of a thousand', async () => {
		seed(2001);
		const { items } = await calls.run({ operation: 'getAll', parameters: { returnAll: true } });
		expect(items).toHaveLength(2001);
		expect(pages()).toEqual([
			['1', '1000'],
			['2', '1000'],
			['3', '1000'],
		]);
	});

	describe('ends, although a server that does not count its objects promises more pages,', () => {
		/** Answers with one page after the other. */
		const answerWithPages = (...pages: IDataObject[][]) => {
			for (const items of pages) {
				const json = { page: 1, pageSize: 1000, pages: 50, items };
				calls.simulator.faults.add({ kind: 'reply', status: 200, body: { json }, times: 1 });
			}
		};
		const everything = { operation: 'getAll', parameters: { returnAll: true } };

		it('at a page that came before', async () => {
			const page = [{ id: 'a' }, { id: 'b' }];
			answerWithPages(page, page, [{ id: 'c' }]);
			const { items } = await calls.run(everything);
			expect(items.map(({ json }) => json)).toEqual(page);
			expect(calls.sent()).toHaveLength(2);
		});

		it('at a page of known IDs, even if their objects changed meanwhile', async () => {
			const [a, b] = [{ id: 'a', status: 'started' }, { id: 'b' }];
			answerWithPages([a, b], [b, { ...a, status: 'complete' }], [{ id: 'c' }]);
			const { items } = await calls.run(everything);
			expect(items.map(({ json }) => json.id)).toEqual(['a', 'b']);
			expect(calls.sent()).toHaveLength(2);
		});

		it('but not at a page with one new object', async () => {
			answerWithPages([{ id: 'a' }, { id: 'b' }], [{ id: 'b' }, { id: 'c' }], [{ id: 'c' }]);
			const { items } = await calls.run(everything);
			expect(items.map(({ json }) => json.id)).toEqual(['a', 'b', 'c']);
			expect(calls.sent()).toHaveLength(3);
		});
	});

	it.each([
		['the same page for ever', [[{ id: 'a' }, { id: 'b' }]]],
		['a first page, then empty ones', [[{ id: 'a' }, { id: 'b' }], []]],
	])('fails rather than pass off a part as the whole: %s', async (_, pages) => {
		for (const [place, items] of pages.entries()) {
			const json = { pageSize: 1000, pages: 3, totalItems: 2_500, items };
			const times = place < pages.length - 1 ? 1 : undefined;
			calls.simulator.faults.add({ kind: 'reply', status: 200, body: { json }, times });
		}
		const { error } = await calls.run({
			operation: 'getAll',
			parameters: { returnAll: true },
		});
		expect(error?.message).toMatch(/^The list changed while it was read/);
		expect(error?.description).toContain("with filters or 'Limit'");
		expect(calls.sent().length).toBeLessThanOrEqual(9);
	});

	it('takes a short page for the last one if the envelope has no page count', async () => {
		calls.answerWith({ items: [{ id: 'a' }] });
		const { items } = await calls.run({ operation: 'getAll', parameters: { returnAll: true } });
		expect(items.map(({ json }) => json)).toEqual([{ id: 'a' }]);
		expect(calls.sent()).toHaveLength(1);
	});

	it('accepts a list without items', async () => {
		calls.simulator.settings.emptyListItems = 'omitted';
		const { status, items } = await calls.run({ operation: 'getAll' });
		expect([status, items]).toEqual(['success', []]);
	});

	it('pairs every session with its input item', async () => {
		const [a, b] = [seed(3), seed(2)];
		for (const { id } of a) calls.simulator.workflowSessions.change(id, { clientId: 'a' });
		for (const { id } of b) calls.simulator.workflowSessions.change(id, { clientId: 'b' });
		const { items } = await calls.run({
			operation: 'getAll',
			parameters: { filters: { clientId: '={{ $json.client }}' } },
			input: [{ client: 'a' }, { client: 'nobody' }, { client: 'b' }],
		});
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 0 },
			{ item: 0 },
			{ item: 2 },
			{ item: 2 },
		]);
	});

	it('says which filter is not a date, and sends nothing', async () => {
		const parameters = { filters: { createdAfter: 'next week' } };
		const { error } = await calls.run({ operation: 'getAll', parameters });
		expect(error?.message).toContain("'Created After'");
		expect(calls.sent()).toEqual([]);
	});

	it.each([0, -1, 'many'])('refuses a limit of %p', async (limit) => {
		const { error } = await calls.run({ operation: 'getAll', parameters: { limit } });
		expect(error?.message).toContain("'Limit'");
		expect(calls.sent()).toEqual([]);
	});
});

describe('Cancel', () => {
	it.each(['status', 'session', 'empty'] as const)(
		'returns ID and status, whatever the reply: %s',
		async (cancelReply) => {
			calls.simulator.settings.cancelReply = cancelReply;
			const [{ id }] = seed(1);
			const { items } = await calls.run({ operation: 'cancel', input: [{ id }] });
			expect(items[0].json).toMatchObject({ id, status: 'cancelled' });
			expect(calls.effects()).toBe(1);
		},
	);

	it('reports why a session can no longer be cancelled', async () => {
		const [{ id }] = seed(1, { status: 'complete' });
		const { error } = await calls.run({ operation: 'cancel', input: [{ id }] });
		expect(error?.message).toContain("status 'complete' cannot be cancelled");
		expect(error?.httpCode).toBe('400');
	});
});

describe('Wait for Outcome', () => {
	const waiting = { options: { waitForOutcome: true } };

	it('returns the whole session once Complete has led to an outcome', async () => {
		const [{ id }] = seed(1, { lastName: 'attention' });
		const { items } = await calls.run({
			operation: 'complete',
			input: [{ id }],
			parameters: waiting,
		});
		expect(items[0].json).toMatchObject({ id, status: 'complete', outcome: 'attention' });
		expect(items[0].json.allRelatedChecks).toHaveLength(3);
		expect(calls.sent()).toEqual([
			{ method: 'POST', path: `/workflowSessions/${id}/complete` },
			{ method: 'GET', path: `/workflowSessions/${id}` },
		]);
		const [first, second] = calls.simulator.requests;
		expect(second.arrivedAt - first.arrivedAt).toBeGreaterThanOrEqual(1_950);
	});

	it.each(['complete', 'abandoned', 'cancelled'])(
		'does not wait for a session that is %s already',
		async (status) => {
			const [{ id }] = seed(1, { status });
			const { items } = await calls.run({ operation: 'get', input: [{ id }], parameters: waiting });
			expect(items[0].json).toMatchObject({ id, status });
			expect(calls.sent()).toHaveLength(1);
		},
	);

	it('reports the status when the time is up', async () => {
		calls.simulator.settings.processingMs = 3_600_000;
		const [{ id }] = seed(1, { status: 'processing' });
		const parameters = { options: { waitForOutcome: true, maxWait: 0.01 } };
		const { items } = await calls.run({
			operation: 'get',
			input: [{ id }],
			parameters,
			onError: 'continueRegularOutput',
		});
		expect(items).toEqual([
			{
				json: {
					error: "The session is still 'processing' after a wait of 0.01 min",
					details: {
						status: 'processing',
						itemIndex: 0,
						description: expect.stringContaining('Max Wait'),
					},
				},
				pairedItem: { item: 0 },
			},
		]);
	});

	it('says that a session was completed if only looking at it failed', async () => {
		const [{ id }] = seed(1);
		calls.simulator.faults.add({
			kind: 'reply',
			method: 'GET',
			status: 403,
			path: '/workflowSessions/:id',
		});
		const { error } = await calls.run({
			operation: 'complete',
			input: [{ id }],
			parameters: waiting,
		});
		expect(error?.message).toContain("was 'processing'");
		expect(error?.description).toContain('nothing needs to be repeated');
		expect(calls.effects()).toBe(1);
	});

	it('stops within a second of the execution being cancelled', async () => {
		calls.simulator.settings.processingMs = 3_600_000;
		const [{ id }] = seed(1, { status: 'processing' });
		const begin = Date.now();
		const { status } = await calls.run({
			operation: 'get',
			input: [{ id }],
			parameters: waiting,
			cancelAfter: 300,
		});
		expect(status).toBe('canceled');
		expect(Date.now() - begin).toBeLessThan(1_300);
		const before = calls.sent().length;
		await new Promise((resolve) => setTimeout(resolve, 2_500));
		expect(calls.sent()).toHaveLength(before);
	});

	it('refuses a wait that is not a number before it completes anything', async () => {
		const [{ id }] = seed(1);
		const parameters = { options: { waitForOutcome: true, maxWait: 'long' } };
		const { error } = await calls.run({ operation: 'complete', input: [{ id }], parameters });
		expect(error?.message).toContain("'Max Wait'");
		expect(calls.sent()).toEqual([]);
	});
});

describe('hostile IDs', () => {
	it.each(['', '  ', '.', '..', '../clients/x', 'a/b', 'a\\b', 'a?b', 'a#b', 'a%2fb', 'a b'])(
		'%p sends nothing, whatever the operation',
		async (id) => {
			for (const operation of ['get', 'complete', 'cancel']) {
				const { error } = await calls.run({ operation, input: [{ id }] });
				expect(error?.message).toContain("'Workflow Session'");
			}
			expect(calls.sent()).toEqual([]);
		},
	);

	it('an ID that the item does not have sends nothing', async () => {
		const { error } = await calls.run({ operation: 'complete', input: [{ name: 'x' }] });
		expect(error?.message).toContain("'Workflow Session' parameter is empty");
		expect(calls.sent()).toEqual([]);
	});

	it('an odd but valid ID arrives unchanged', async () => {
		seed(1, { id: 'a+b&c=ö' });
		const { items } = await calls.run({ operation: 'get', input: [{ id: 'a+b&c=ö' }] });
		expect(items[0].json.id).toBe('a+b&c=ö');
	});
});

describe('input items', () => {
	it('none: nothing is sent', async () => {
		const { items } = await calls.run({ operation: 'get', input: [] });
		expect([items, calls.sent()]).toEqual([[], []]);
	});

	it('a hundred: each is paired with its output', async () => {
		const sessions = seed(100);
		const { items } = await calls.run({ operation: 'get', input: sessions as never });
		expect(items.map(({ json }) => json.id)).toEqual(sessions.map(({ id }) => id));
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(
			sessions.map((_, item) => ({ item })),
		);
	});
});

it('does not find a live session with a test key', async () => {
	const [{ id }] = seed(1, { mode: 'live' });
	const { error } = await calls.run({
		operation: 'get',
		input: [{ id }],
		credential: { apiKey: TEST_KEY },
	});
	expect(error?.message).toBe(`Invalid workflow session id '${id}'`);
	expect(error?.description).toContain('live key');
});
