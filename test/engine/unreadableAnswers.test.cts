import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { IDataObject } from 'n8n-workflow';
import { runNode } from '../built/engine.cts';

let answer: (response: ServerResponse, request: IncomingMessage) => void;
let server: Server;
let origin: string;

beforeAll(async () => {
	server = createServer((request, response) => {
		request.resume();
		response.on('error', () => undefined);
		answer(response, request);
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	// Full jitter at its shortest
	jest.spyOn(Math, 'random').mockReturnValue(0);
});
afterAll(() => {
	server.closeAllConnections();
	server.close();
});

const run = async (parameters: IDataObject, cancelAfter?: number) =>
	await runNode({
		parameters,
		credential: {
			apiKey: `test_${randomUUID()}`,
			baseUrl: `${origin}/v1`,
			requestsPerSecond: 10_000,
		},
		cancelAfter,
	});

const CALLS: Array<[string, IDataObject]> = [
	['an object', { resource: 'client', operation: 'get', clientId: 'c1' }],
	['a list', { resource: 'client', operation: 'getAll' }],
	[
		'a change',
		{
			resource: 'client',
			operation: 'update',
			clientId: 'c1',
			clientUpdates: { email: 'a@example.com' },
		},
	],
];

describe.each<[string, typeof answer]>([
	[
		'is not compressed as it says',
		(response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end('no gzip'),
	],
	[
		'has endless headers',
		(response) => response.writeHead(200, { 'x-long': 'x'.repeat(100_000) }).end('{}'),
	],
	['is no HTTP', (response) => response.socket!.end('220 smtp.example.com ready\r\n\r\n')],
])('an answer that %s', (_, kind) => {
	it.each(CALLS)('is not told as none: %s', async (name, parameters) => {
		answer = kind;
		const { error } = await run(parameters);
		expect(error?.message).toBe('What answered could not be understood');
		expect(error?.httpCode).toMatch(/^(HPE|Z)_/);
		expect(error?.description).toContain(
			name === 'a change' ? 'may have been changed all the same' : "'Base URL'",
		);
	});
});

describe('a file that a reply links to', () => {
	const REPORT = {
		resource: 'report',
		operation: 'generateForWorkflowSession',
		workflowSessionId: 's1',
	};

	let open = 0;
	let status = 200;

	beforeEach(() => {
		status = 200;
		answer = (response, request) => {
			if (!request.url?.endsWith('/file')) {
				response.end(JSON.stringify({ data: `${origin}/file` }));
				return;
			}
			open += 1;
			response.on('close', () => (open -= 1));
			response.writeHead(status, { 'content-length': 100_000, location: `${origin}/v1/file` });
			response.write('%PDF-1.7');
		};
	});

	it('ends with the timeout if it falls silent in the middle, and so does its connection', async () => {
		const { error } = await run({ ...REPORT, requestOptions: { timeout: 300 } });
		expect(error?.message).toBe(
			'The file could not be fetched from where ComplyCube keeps it: it did not come in time',
		);
		await new Promise((resolve) => setTimeout(resolve, 100));
		expect(open).toBe(0);
	}, 15_000);

	it.each([302, 404])('is left at once if it comes with %i', async (other) => {
		status = other;
		const { error } = await run(REPORT);
		expect(error?.message).toMatch(/^The file could not be fetched/);
		await new Promise((resolve) => setTimeout(resolve, 100));
		expect(open).toBe(0);
	});

	it('ends with the cancel', async () => {
		const { status } = await run(REPORT, 300);
		expect(status).toBe('canceled');
		await new Promise((resolve) => setTimeout(resolve, 100));
		expect(open).toBe(0);
	});
});
