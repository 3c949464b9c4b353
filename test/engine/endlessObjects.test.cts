import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { IDataObject } from 'n8n-workflow';
import { runNode } from '../built/engine.cts';

/** Where an answer would end that nobody leaves before, in bytes. */
const END = 300 * 2 ** 20;

let server: Server;
let sent = 0;
let requests = 0;
let isCompressed = false;
let bomb: Buffer;

beforeAll(async () => {
	bomb = gzipSync(Buffer.alloc(END, ' '));
	server = createServer((request, response) => {
		requests += 1;
		request.resume();
		response.on('error', () => undefined);
		const headers = { 'content-type': 'application/json' };
		if (isCompressed) {
			response.writeHead(200, { ...headers, 'content-encoding': 'gzip' });
			response.end(bomb);
			return;
		}
		response.writeHead(200, headers);
		const chunk = Buffer.alloc(2 ** 20, ' ');
		const end = sent + END;
		const pour = () => {
			while (!response.destroyed && sent < end) {
				sent += chunk.length;
				if (!response.write(chunk)) return;
			}
			response.end();
		};
		response.on('drain', pour);
		pour();
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
});
beforeEach(() => (sent = requests = 0));
afterAll(() => {
	server.closeAllConnections();
	server.close();
});

async function run(parameters: IDataObject) {
	const { error } = await runNode({
		parameters,
		credential: {
			apiKey: `test_${randomUUID()}`,
			baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
			requestsPerSecond: 10_000,
		},
	});
	return error?.message;
}

describe.each([false, true])('an object without an end, compressed: %p', (compressed) => {
	beforeEach(() => (isCompressed = compressed));

	it.each([
		{ resource: 'client', operation: 'get', clientId: 'c1' },
		{ resource: 'account', operation: 'get' },
		{ resource: 'check', operation: 'getMatches', checkId: 'c1' },
		{ resource: 'client', operation: 'delete', clientId: 'c1' },
	])('is read up to 64 MB: %j', async (parameters) => {
		expect(await run(parameters)).toContain('larger than 64 MB and was not read to its end');
		expect(sent).toBeLessThan(requests * 100 * 2 ** 20);
	});
});
