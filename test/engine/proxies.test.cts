/** n8n's environment names a proxy for http, and nothing that goes without it. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { byId, ResourceCalls } from './resourceCalls.cts';
import { N8n } from './triggerCalls.cts';

const VARIABLES = ['HTTP_PROXY', 'http_proxy', 'NO_PROXY', 'no_proxy', 'ALL_PROXY', 'all_proxy'];

const environment = { ...process.env };
/** What came to the proxy, which answers nothing. */
const seen: Array<{ address?: string; authorization?: string }> = [];
let proxy: Server;
let calls: ResourceCalls;
let n8n: N8n;

beforeAll(async () => {
	proxy = createServer(({ url: address, headers: { authorization } }, response) => {
		seen.push({ address, authorization });
		response.writeHead(502).end();
	});
	proxy.listen(0, '127.0.0.1');
	await once(proxy, 'listening');
	calls = await ResourceCalls.start('workflowSession');
	n8n = await N8n.start();
	const { port } = proxy.address() as AddressInfo;
	for (const name of VARIABLES) delete process.env[name];
	process.env.HTTP_PROXY = `http://127.0.0.1:${port}`;
});
beforeEach(() => {
	calls.simulator.reset();
	seen.length = 0;
});
afterAll(async () => {
	process.env = environment;
	proxy.close();
	await calls.simulator.close();
	await n8n.close();
});

const seed = () => calls.simulator.workflowSessions.seed({ status: 'complete' })[0].id;

describe('a Base URL on this machine is asked without the proxy of the environment', () => {
	it.each(['127.0.0.1', 'localhost'])('by the node, at %s', async (host) => {
		const baseUrl = calls.simulator.url.replace('127.0.0.1', host);
		const { items, error } = await calls.run({
			operation: 'get',
			parameters: { workflowSessionId: byId(seed()) },
			credential: { baseUrl },
		});
		expect(error?.message).toBeUndefined();
		expect(items).toHaveLength(1);
		expect(seen).toEqual([]);
	});

	it('with a body and a query too', async () => {
		const completed = await calls.run({
			operation: 'complete',
			parameters: { workflowSessionId: byId(calls.simulator.workflowSessions.seed()[0].id) },
		});
		expect(completed.error?.message).toBeUndefined();
		const listed = await calls.run({
			operation: 'getAll',
			parameters: { returnAll: true, filters: { outcome: 'clear' } },
		});
		expect(listed.error?.message).toBeUndefined();
		expect(calls.sent().at(-1)?.query).toMatchObject({ outcome: 'clear' });
		expect(seen).toEqual([]);
	});

	it('by the file that a reply links to', async () => {
		calls.simulator.settings.sessionReportData = 'link';
		const { error } = await calls.run({
			operation: 'generateForWorkflowSession',
			parameters: { resource: 'report', workflowSessionId: byId(seed()) },
		});
		expect(error?.message).toBeUndefined();
		expect(seen).toEqual([]);
	});

	it('by a list to pick from', async () => {
		const id = seed();
		const { results } = await calls.searchList('searchWorkflowSessions');
		expect(results.map(({ value }) => value)).toEqual([id]);
		expect(seen).toEqual([]);
	});

	it('by the trigger', async () => {
		await n8n.published();
		expect(n8n.simulator.webhooks.list()).toHaveLength(1);
		expect(seen).toEqual([]);
	});
});

it('a proxy that the node names itself is used', async () => {
	const { port } = proxy.address() as AddressInfo;
	const { error } = await calls.run({
		operation: 'get',
		parameters: {
			workflowSessionId: byId(seed()),
			requestOptions: { proxy: `http://127.0.0.1:${port}` },
		},
		cancelAfter: 500,
	});
	expect(error?.message).toBeDefined();
	expect(seen[0].address).toContain(calls.simulator.url);
});
