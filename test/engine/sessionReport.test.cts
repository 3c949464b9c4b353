import type { IDataObject } from 'n8n-workflow';
import { nock } from './mockedHttps.cts';
import { byId, ResourceCalls } from './resourceCalls.cts';

let calls: ResourceCalls;
beforeAll(async () => {
	calls = await ResourceCalls.start('report');
});
beforeEach(() => calls.simulator.reset());
afterEach(() => nock.cleanAll());
afterAll(async () => await calls.simulator.close());

const seed = () => calls.simulator.workflowSessions.seed({ status: 'complete' })[0].id;
const run = async (id: unknown, more: IDataObject = {}) =>
	await calls.run({
		operation: 'generateForWorkflowSession',
		parameters: { workflowSessionId: byId(id) },
		...more,
	});
const beginning = (data: string) => Buffer.from(data, 'base64').subarray(0, 5).toString();

/** Answers with a link, and serves what it leads to. */
const linkTo = (data: string) => calls.answerWith({ contentType: 'application/pdf', data });

describe.each(['link', 'base64'] as const)('a report that comes as a %s', (kind) => {
	beforeEach(() => {
		calls.simulator.settings.sessionReportData = kind;
	});

	it('becomes the same binary data', async () => {
		const id = seed();
		const { items, error } = await run(` ${id} `);
		expect(error?.message).toBeUndefined();
		expect(calls.sent()).toEqual([
			{ method: 'GET', path: '/reports', query: { workflowSessionId: id } },
		]);
		const fileName = `report-session-${id}.pdf`;
		expect(items).toEqual([
			{
				json: { contentType: 'application/pdf', fileName },
				binary: { data: expect.objectContaining({ fileName, mimeType: 'application/pdf' }) },
				pairedItem: { item: 0 },
			},
		]);
		expect(beginning(items[0].binary!.data.data)).toBe('%PDF-');
	});

	it('is paired with its session, and so is a refusal', async () => {
		const ids = [seed(), '5eb2b61e02df0a0008f1cf2a', seed()];
		const input = ids.map((id) => ({ id }));
		const { items } = await run('={{ $json.id }}', {
			input,
			onError: 'continueRegularOutput',
		} as never);
		expect(items.map(({ json, pairedItem }) => [json.fileName, pairedItem])).toEqual([
			[`report-session-${ids[0]}.pdf`, { item: 0 }],
			[undefined, { item: 1 }],
			[`report-session-${ids[2]}.pdf`, { item: 2 }],
		]);
	});
});

describe('the link', () => {
	it('is followed without the API key', async () => {
		await run(seed());
		expect(calls.simulator.contents.authorizations).toEqual([undefined]);
	});

	it('that is no longer good is said to be that, and is in no message', async () => {
		calls.simulator.settings.contentLinkMs = 0;
		const { error } = await run(seed());
		expect(error?.message).toContain('could not be fetched');
		expect(error?.description).toMatch(/ten minutes.*run this item again/s);
		expect(JSON.stringify([error?.message, error?.description])).not.toContain('/content/');
	});

	it('may lead to another host by https, through a redirect', async () => {
		nock('https://storage.example.com')
			.get('/report')
			.reply(302, '', { location: 'https://cdn.example.com/file' });
		const seen: unknown[] = [];
		nock('https://cdn.example.com')
			.get('/file')
			.reply(function () {
				seen.push(this.req.headers.authorization);
				return [200, Buffer.from('%PDF-1.7')];
			});
		linkTo('https://storage.example.com/report');
		const { items, error } = await run('s1');
		expect(error?.message).toBeUndefined();
		expect(beginning(items[0].binary!.data.data)).toBe('%PDF-');
		expect(seen).toEqual([undefined]);
	});

	it.each([
		'http://storage.example.com/report',
		'https://10.0.0.1/report',
		'https://169.254.169.254/latest/meta-data',
		'https://[::1]/report',
		'https://[fd00::1]/report',
		'https://2130706433/report',
		'https://intranet/report',
		'https://files.internal/report',
		'https://user:password@storage.example.com/report',
	])('%s is not followed', async (link) => {
		linkTo(link);
		const { error } = await run('s1');
		expect(error?.message).toContain('public https address');
		expect(`${error?.message} ${error?.description}`).not.toContain(link);
	});

	it.each(['http://storage.example.com/x', 'https://192.168.0.1/x', 'https://printer.lan/x'])(
		'is not followed on to %s',
		async (location) => {
			nock('https://storage.example.com').get('/report').reply(302, '', { location });
			linkTo('https://storage.example.com/report');
			const { error } = await run('s1');
			expect(error?.message).toContain('public https address');
		},
	);

	it('is not followed for ever', async () => {
		const link = 'https://storage.example.com/report';
		nock('https://storage.example.com').persist().get('/report').reply(302, '', { location: link });
		linkTo(link);
		const { error } = await run('s1');
		expect(error?.message).toContain('forwarded again and again');
	});

	it('to something else than a PDF is refused', async () => {
		nock('https://storage.example.com').get('/report').reply(200, '<html>Please log in</html>');
		linkTo('https://storage.example.com/report');
		const { error } = await run('s1');
		expect(error?.message).toContain('not a PDF');
	});

	it('to more than 64 MB is left', async () => {
		const file = Buffer.concat([Buffer.from('%PDF-1.7'), Buffer.alloc(64 * 2 ** 20)]);
		nock('https://storage.example.com').get('/report').reply(200, file);
		linkTo('https://storage.example.com/report');
		const { error } = await run('s1');
		expect(error?.message).toContain('too large');
	});

	it('is tried again while storage has a hiccup', async () => {
		nock('https://storage.example.com').get('/report').reply(503);
		nock('https://storage.example.com').get('/report').reply(200, '%PDF-1.7');
		linkTo('https://storage.example.com/report');
		const { items } = await run('s1');
		expect(items[0].binary!.data.mimeType).toBe('application/pdf');
	});
});

it('a link to this machine is only followed where the API is on it too', async () => {
	nock('https://api.example.com')
		.get('/v1/reports')
		.query(true)
		.reply(200, { data: `${calls.simulator.origin}/content/1` });
	const { error } = await run('s1', { credential: { baseUrl: 'https://api.example.com/v1' } });
	expect(error?.message).toContain('public https address');
	expect(calls.simulator.contents.authorizations).toEqual([]);
});
