import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { LoadOptionsContext } from 'n8n-core';
import type { IDataObject } from 'n8n-workflow';
import {
	connect,
	type ApiRequest,
	type Connection,
} from '../../nodes/ComplyCube/transport/connection';
import type { RequestContext } from '../../nodes/ComplyCube/transport/exchange';
import { Failure } from '../../nodes/ComplyCube/transport/failure';
import { additionalDataFor, runNode, workflowWith } from '../built/engine.cts';

type Answer = (response: ServerResponse) => void;

let answer: Answer;
let server: Server;
let credential: IDataObject;

beforeAll(async () => {
	server = createServer((request, response) => {
		request.resume();
		response.on('error', () => undefined);
		answer(response);
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
});
beforeEach(() => {
	const { port } = server.address() as AddressInfo;
	credential = {
		apiKey: `test_${randomUUID()}`,
		baseUrl: `http://127.0.0.1:${port}/v1`,
		requestsPerSecond: 10_000,
	};
});
afterAll(() => server.close());

const openConnections = async () =>
	await new Promise<number>((resolve) => server.getConnections((_, count) => resolve(count)));

/** Whether every connection is closed within a second. */
async function isQuiet(): Promise<boolean> {
	for (let tries = 0; tries < 20; tries++) {
		if ((await openConnections()) === 0) return true;
		await new Promise((resolve) => setTimeout(resolve, 50));
	}
	return false;
}

/** A byte now and then, so that no timeout between two bytes ever ends it. */
const drip: Answer = (response) => {
	response.writeHead(200, { 'content-type': 'application/json' });
	response.write('{"id":"');
	const timer = setInterval(() => response.write('x'), 20);
	response.on('close', () => clearInterval(timer));
};

const silence: Answer = () => undefined;

const sent = { bytes: 0 };

/** As fast as it goes, without an end. */
const flood: Answer = (response) => {
	const chunk = Buffer.alloc(2 ** 20, ' ');
	response.writeHead(200, { 'content-type': 'application/json' });
	const pour = () => {
		while (!response.destroyed) {
			sent.bytes += chunk.length;
			if (!response.write(chunk)) break;
		}
	};
	response.on('drain', pour);
	pour();
};

const run = async (operation: string, more: IDataObject = {}, cancelAfter?: number) =>
	await runNode({
		parameters: { resource: 'client', operation, clientId: 'c1', ...more },
		credential,
		cancelAfter,
	});

/** A connection with a real context of n8n that knows no cancel, as hooks, searches and webhooks have. */
async function connectionOfSearch(): Promise<Connection> {
	const workflow = await workflowWith({ parameters: {}, credential });
	const node = workflow.getNode('ComplyCube')!;
	const context = new LoadOptionsContext(workflow, node, await additionalDataFor(credential), '');
	return (await connect(context as unknown as RequestContext)) as Connection;
}

const GET: ApiRequest = { method: 'GET', path: '/clients/c1' };

describe('an answer that goes on and on', () => {
	it.each([
		['a drip, object', drip, 'get'],
		['a drip, list', drip, 'getAll'],
		['silence', silence, 'get'],
	])('ends with the timeout of the whole: %s', async (_, kind, operation) => {
		answer = kind;
		jest.spyOn(Math, 'random').mockReturnValue(0);
		const begin = Date.now();
		const { error } = await run(operation, { requestOptions: { timeout: 300 } });
		jest.restoreAllMocks();
		expect(error?.message).toBe('ComplyCube did not answer in time');
		expect(Date.now() - begin).toBeLessThan(5 * 300 + 3_000);
		expect(await isQuiet()).toBe(true);
	});

	it.each([
		['drip', drip],
		['silence', silence],
	])('ends with the cancel, and so does the connection: %s', async (_, kind) => {
		answer = kind;
		const { status } = await run('get', {}, 300);
		expect(status).toBe('canceled');
		expect(await isQuiet()).toBe(true);
	});

	it('ends with the deadline, 20 times at once, and no connection stays open', async () => {
		answer = drip;
		const connection = await connectionOfSearch();
		const deadline = Date.now() + 500;
		const ends = await Promise.all(
			Array.from({ length: 20 }, async () => await connection.send(GET, { deadline })),
		);
		expect(Date.now() - deadline).toBeLessThan(1_000);
		expect(ends.every((end) => end instanceof Failure)).toBe(true);
		expect(await isQuiet()).toBe(true);
	});
});

describe('an answer without an end', () => {
	beforeEach(() => (sent.bytes = 0));

	it.each<[string, () => Promise<string | undefined>]>([
		['a list', async () => (await run('getAll')).error?.message],
		[
			'a change',
			async () => (await run('update', { clientUpdates: { email: 'a@b.c' } })).error?.message,
		],
		[
			'a download',
			async () =>
				(
					await runNode({
						parameters: { resource: 'livePhoto', operation: 'download', livePhotoId: 'p1' },
						credential,
					})
				).error?.message,
		],
		[
			'what has a deadline',
			async () => {
				const connection = await connectionOfSearch();
				const end = await connection.send(GET, { deadline: Date.now() + 60_000 });
				return (end as Failure).message;
			},
		],
	])('is read up to 64 MB: %s', async (_, end) => {
		answer = flood;
		expect(await end()).toContain('larger than 64 MB');
		expect(sent.bytes).toBeLessThan(100 * 2 ** 20);
		expect(await isQuiet()).toBe(true);
	});

	it('leaves in doubt what is no GET', async () => {
		answer = flood;
		const connection = await connectionOfSearch();
		const end = (await connection.send({ method: 'POST', path: '/checks' })) as Failure;
		expect(end.doubtful).toBe(true);
	});

	it('is nothing that is large but ends', async () => {
		const text = 'x'.repeat(20 * 2 ** 20);
		answer = (response) => response.end(JSON.stringify({ items: [{ id: 'c1', text }], pages: 1 }));
		const { items } = await run('getAll');
		expect((items[0].json.text as string).length).toBe(text.length);
	});
});

describe('a streamed answer is what it was', () => {
	it.each<[string, string | Buffer, unknown]>([
		['JSON', '{"items":[{"id":"Zoë"}],"pages":1}', { items: [{ id: 'Zoë' }], pages: 1 }],
		['JSON after a byte order mark', '\ufeff{"items":[],"pages":1}', { items: [], pages: 1 }],
	])('%s', async (_, body, json) => {
		answer = (response) => response.end(body);
		const connection = await connectionOfSearch();
		expect(await connection.send({ ...GET, qs: { page: 1 } })).toEqual(json);
	});

	it.each(['', 'null', '[]', '"text"', '<html>', '{"items":'])(
		'that is no object: %j',
		async (body) => {
			answer = (response) => response.end(body);
			const connection = await connectionOfSearch();
			const end = (await connection.send({ ...GET, qs: { page: 1 } })) as Failure;
			expect(end.message).toContain('not the JSON');
		},
	);

	it('empty with 204', async () => {
		answer = (response) => response.writeHead(204).end();
		const connection = await connectionOfSearch();
		expect(await connection.send({ method: 'DELETE', path: '/clients/c1' })).toEqual({});
	});

	it('cut off in the middle, it is no answer', async () => {
		answer = (response) => {
			response.writeHead(200, { 'content-length': '100' });
			response.write('{"id":');
			setTimeout(() => response.destroy(), 20);
		};
		const connection = await connectionOfSearch();
		const end = (await connection.send({ method: 'POST', path: '/clients' })) as Failure;
		expect(end.message).toBe('The connection was closed before ComplyCube answered');
		expect(end.doubtful).toBe(true);
	});
});

describe('a timeout', () => {
	it.each(['soon', 'NaN', -5, true, { ms: 5 }, [5], '1e400'])(
		'of %j is refused',
		async (timeout) => {
			answer = (response) => response.end('{"id":"c1"}');
			const { error } = await run('get', { requestOptions: { timeout } });
			expect(error?.message).toBe("The 'Timeout' parameter is not a number of milliseconds");
			expect(error?.description).toContain('Nothing was sent');
		},
	);

	it.each([0, '', ' ', null, '5000', 1e12])('of %j is taken', async (timeout) => {
		answer = (response) => response.end('{"id":"c1"}');
		const { items } = await run('get', { requestOptions: { timeout } });
		expect(items[0].json.id).toBe('c1');
	});
});
