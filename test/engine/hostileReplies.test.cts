import { gzipSync } from 'node:zlib';
import { LoadOptionsContext } from 'n8n-core';
import type { IDataObject } from 'n8n-workflow';
import {
	connect,
	type ApiRequest,
	type Connection,
} from '../../nodes/ComplyCube/transport/connection';
import type { RequestContext } from '../../nodes/ComplyCube/transport/exchange';
import { Failure } from '../../nodes/ComplyCube/transport/failure';
import { additionalDataFor, workflowWith } from '../built/engine.cts';
import { StandIn, type Answer } from './standIn.cts';

let standIn: StandIn;
let credential: IDataObject;
beforeAll(async () => {
	standIn = await StandIn.start();
});
beforeEach(() => {
	credential = standIn.newCredential();
});
afterAll(() => standIn.close());

/** A byte now and then, so that no timeout between two bytes ever ends it. */
const drip: Answer = (response) => {
	response.writeHead(200, { 'content-type': 'application/json' });
	response.write('{"id":"');
	const timer = setInterval(() => response.write('x'), 20);
	response.on('close', () => clearInterval(timer));
};

const silence: Answer = () => undefined;

const sent = { bytes: 0, answers: 0 };

/** As fast as it goes, without an end. */
const flood: Answer = (response) => {
	sent.answers += 1;
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

const compressed = gzipSync(Buffer.alloc(300 * 2 ** 20, ' '));

/** Little to send, and more than 64 MB to read. */
const bomb: Answer = (response) => {
	sent.answers += 1;
	response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
	response.end(compressed);
};

const run = async (operation: string, more: IDataObject = {}, cancelAfter?: number) =>
	await standIn.run({ resource: 'client', operation, clientId: 'c1', ...more }, cancelAfter);

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
		standIn.answer = kind;
		jest.spyOn(Math, 'random').mockReturnValue(0);
		const begin = Date.now();
		const { error } = await run(operation, { requestOptions: { timeout: 300 } });
		jest.restoreAllMocks();
		expect(error?.message).toBe('ComplyCube did not answer in time');
		expect(Date.now() - begin).toBeLessThan(5 * 300 + 3_000);
		expect(await standIn.isQuiet()).toBe(true);
	});

	it.each([
		['drip', drip],
		['silence', silence],
	])('ends with the cancel, and so does the connection: %s', async (_, kind) => {
		standIn.answer = kind;
		const { status } = await run('get', {}, 300);
		expect(status).toBe('canceled');
		expect(await standIn.isQuiet()).toBe(true);
	});

	it('ends with the deadline, 20 times at once, and no connection stays open', async () => {
		standIn.answer = drip;
		const connection = await connectionOfSearch();
		const deadline = Date.now() + 500;
		const ends = await Promise.all(
			Array.from({ length: 20 }, async () => await connection.send(GET, { deadline })),
		);
		expect(Date.now() - deadline).toBeLessThan(1_000);
		expect(ends.every((end) => end instanceof Failure)).toBe(true);
		expect(await standIn.isQuiet()).toBe(true);
	});
});

describe('an answer without an end', () => {
	beforeEach(() => (sent.bytes = sent.answers = 0));

	it.each<[string, () => Promise<string | undefined>]>([
		['a list', async () => (await run('getAll')).error?.message],
		[
			'a change',
			async () => (await run('update', { clientUpdates: { email: 'a@b.c' } })).error?.message,
		],
		[
			'a download',
			async () =>
				(await run('download', { resource: 'livePhoto', livePhotoId: 'p1' })).error?.message,
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
		standIn.answer = flood;
		expect(await end()).toContain('larger than 64 MB');
		expect(sent.bytes).toBeLessThan(100 * 2 ** 20);
		expect(await standIn.isQuiet()).toBe(true);
	});

	describe.each([
		['as it is', flood],
		['compressed', bomb],
	])('%s', (_, kind) => {
		it.each([
			{ resource: 'client', operation: 'get', clientId: 'c1' },
			{ resource: 'account', operation: 'get' },
			{ resource: 'check', operation: 'getMatches', checkId: 'c1' },
			{ resource: 'client', operation: 'delete', clientId: 'c1' },
		])('is read up to 64 MB where one object is expected: %j', async (parameters) => {
			standIn.answer = kind;
			const { error } = await standIn.run(parameters);
			expect(error?.message).toContain('larger than 64 MB and was not read to its end');
			expect(sent.bytes).toBeLessThan(sent.answers * 100 * 2 ** 20);
		});
	});

	it('leaves in doubt what is no GET', async () => {
		standIn.answer = flood;
		const connection = await connectionOfSearch();
		const end = (await connection.send({ method: 'POST', path: '/checks' })) as Failure;
		expect(end.doubtful).toBe(true);
	});

	it('is nothing that is large but ends', async () => {
		const text = 'x'.repeat(20 * 2 ** 20);
		standIn.answer = (response) =>
			response.end(JSON.stringify({ items: [{ id: 'c1', text }], pages: 1 }));
		const { items } = await run('getAll');
		expect((items[0].json.text as string).length).toBe(text.length);
	});
});

describe('a streamed answer is what it was', () => {
	it.each<[string, string | Buffer, unknown]>([
		['JSON', '{"items":[{"id":"Zoë"}],"pages":1}', { items: [{ id: 'Zoë' }], pages: 1 }],
		['JSON after a byte order mark', '\ufeff{"items":[],"pages":1}', { items: [], pages: 1 }],
	])('%s', async (_, body, json) => {
		standIn.answer = (response) => response.end(body);
		const connection = await connectionOfSearch();
		expect(await connection.send({ ...GET, qs: { page: 1 } })).toEqual(json);
	});

	it.each(['', 'null', '[]', '"text"', '<html>', '{"items":'])(
		'that is no object: %j',
		async (body) => {
			standIn.answer = (response) => response.end(body);
			const connection = await connectionOfSearch();
			const end = (await connection.send({ ...GET, qs: { page: 1 } })) as Failure;
			expect(end.message).toContain('not the JSON');
		},
	);

	it('empty with 204', async () => {
		standIn.answer = (response) => response.writeHead(204).end();
		const connection = await connectionOfSearch();
		expect(await connection.send({ method: 'DELETE', path: '/clients/c1' })).toEqual({});
	});

	it('cut off in the middle, it is no answer', async () => {
		standIn.answer = (response) => {
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
			standIn.answer = (response) => response.end('{"id":"c1"}');
			const { error } = await run('get', { requestOptions: { timeout } });
			expect(error?.message).toBe("The 'Timeout' parameter is not a number of milliseconds");
			expect(error?.description).toContain('Nothing was sent');
		},
	);

	it.each([0, '', ' ', null, '5000', 1e12])('of %j is taken', async (timeout) => {
		standIn.answer = (response) => response.end('{"id":"c1"}');
		const { items } = await run('get', { requestOptions: { timeout } });
		expect(items[0].json.id).toBe('c1');
	});
});
