/** A real n8n whose environment names a proxy for http: the API key never goes through it to a service on n8n's own machine. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { TEST_KEY } from '../../sandbox/rig/keys.cts';
import { Sandbox } from '../../sandbox/rig/sandbox.cts';
import { byId, httpRequestNode } from '../../sandbox/rig/workflows.cts';

/** Addresses that came to the proxy, which answers nothing. */
const seen: string[] = [];
let proxy: Server;
let sandbox: Sandbox;
beforeAll(async () => {
	proxy = createServer(({ url = '' }, response) => {
		seen.push(url);
		response.writeHead(502).end();
	});
	proxy.listen(0, '127.0.0.1');
	await once(proxy, 'listening');
	const HTTP_PROXY = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
	sandbox = await Sandbox.start({ HTTP_PROXY, NO_PROXY: '', no_proxy: '' });
}, 900_000);
afterAll(async () => {
	await sandbox?.stop();
	proxy?.close();
});
beforeEach(() => {
	seen.length = 0;
});

const toSimulator = () => seen.filter((address) => address.startsWith(sandbox.simulator.url));

it('the credential is tested directly', async () => {
	const result = await sandbox.n8n.client.testCredential(sandbox.credential, {
		apiKey: TEST_KEY,
		baseUrl: sandbox.simulator.url,
		requestsPerSecond: 0,
	});
	expect(result).toMatchObject({ status: 'OK' });
	expect(toSimulator()).toEqual([]);
});

it('a session is read directly', async () => {
	const [{ id }] = sandbox.simulator.workflowSessions.seed();
	const { data } = await sandbox.call({ operation: 'get', workflowSessionId: byId(id) }, [{}]);
	expect(data.ComplyCube[0].map(({ json }) => json.id)).toEqual([id]);
	expect(toSimulator()).toEqual([]);
});

it('so is what n8n asks with the HTTP Request node and this credential', async () => {
	const url = `${sandbox.simulator.url}/accountInfo`;
	const { data } = await sandbox.run([{}], [httpRequestNode(sandbox.credential, url)]);
	expect(data['HTTP Request'][0]).toHaveLength(1);
	expect(toSimulator()).toEqual([]);
});
