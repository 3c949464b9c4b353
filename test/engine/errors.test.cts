import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { IDataObject } from 'n8n-workflow';
import type { FaultSpec } from '../../simulator/faults.cts';
import type { OnError } from '../built/engine.cts';
import { byId, startSessionCalls, TEST_KEY, type ResourceCalls } from './resourceCalls.cts';

let calls: ResourceCalls;
beforeAll(async () => {
	calls = await startSessionCalls();
	// The shortest jitter: the unit tests check its length
	jest.spyOn(Math, 'random').mockReturnValue(0);
});
beforeEach(() => calls.simulator.reset());
afterAll(async () => await calls.simulator.close());

/** Adds sessions, oldest first. */
const seed = (count: number, fields: IDataObject = {}) =>
	calls.simulator.workflowSessions.seed({ count, ...fields });

/** A fault, what the user reads, and how often a Get is sent. */
interface Row {
	fault: Omit<FaultSpec, 'method' | 'path'>;
	message: string | RegExp;
	details: IDataObject;
	gets: number;
}

const reply = (status: number, json?: IDataObject): Row['fault'] => ({
	kind: 'reply',
	status,
	body: json ? { json } : undefined,
});

const ROWS: Record<string, Row> = {
	'400': {
		fault: reply(400, { type: 'invalid_request', message: "'x' is wrong", param: 'x' }),
		message: "'x' is wrong",
		details: { httpCode: '400', type: 'invalid_request', param: 'x' },
		gets: 1,
	},
	'401': {
		fault: reply(401, {
			type: 'unauthorized',
			message: "The 'Authorization' header is invalid",
		}),
		message: /^Authorization failed.*The 'Authorization' header is invalid$/,
		details: { httpCode: '401', type: 'unauthorized' },
		gets: 1,
	},
	'402': { fault: reply(402), message: /payment/, details: { httpCode: '402' }, gets: 1 },
	'403': { fault: reply(403), message: /not allowed/, details: { httpCode: '403' }, gets: 1 },
	'404': {
		fault: reply(404, { type: 'resource_not_found', message: "Invalid workflow session id 'x'" }),
		message: "Invalid workflow session id 'x'",
		details: { httpCode: '404', type: 'resource_not_found' },
		gets: 1,
	},
	'422': {
		fault: reply(422, { type: 'image_unreadable', message: 'A preexisting image is unreadable' }),
		message: 'A preexisting image is unreadable',
		details: { httpCode: '422', type: 'image_unreadable' },
		gets: 1,
	},
	'429 for ever': {
		fault: reply(429, { type: 'rate_limit_exceeded', message: 'Too fast' }),
		message: /kept refusing.*Too fast$/,
		details: { httpCode: '429', type: 'rate_limit_exceeded' },
		gets: 10,
	},
	'429 with a long Retry-After': {
		fault: { ...reply(429), headers: { 'retry-after': '3600' } },
		message: /kept refusing/,
		details: { httpCode: '429' },
		gets: 1,
	},
	// The quota counts no GET, whatever the words
	'429 with a word of quota': {
		fault: { ...reply(429, { type: 'x', message: 'Quota exceeded' }) },
		message: /kept refusing.*Quota exceeded$/,
		details: { httpCode: '429' },
		gets: 10,
	},
	'500': { fault: reply(500), message: /could not answer/, details: { httpCode: '500' }, gets: 1 },
	'502 with HTML': {
		fault: { kind: 'reply', status: 502, body: 'html' },
		message: 'Something between n8n and ComplyCube answered with status 502',
		details: { httpCode: '502' },
		gets: 5,
	},
	'503': {
		fault: reply(503),
		message: /answered with status 503/,
		details: { httpCode: '503' },
		gets: 5,
	},
	'504 and empty': {
		fault: { kind: 'reply', status: 504, body: 'empty' },
		message: 'Something between n8n and ComplyCube answered with status 504',
		details: { httpCode: '504' },
		gets: 5,
	},
	'HTML with 200': {
		fault: { kind: 'reply', status: 200, body: 'html' },
		message: /not the JSON/,
		details: { httpCode: '200' },
		gets: 1,
	},
	'truncated JSON with 200': {
		fault: { kind: 'reply', status: 200, body: 'truncatedJson' },
		message: /not the JSON/,
		details: { httpCode: '200' },
		gets: 1,
	},
	'a megabyte with 400': {
		fault: { kind: 'reply', status: 400, body: 'oneMegabyte' },
		message: /.+/,
		details: { httpCode: '400' },
		gets: 1,
	},
	'dropped connection': {
		fault: { kind: 'dropBefore' },
		message: /connection was closed/,
		details: { httpCode: 'ECONNRESET' },
		gets: 5,
	},
};

const get = async (onError: OnError, apiKey = calls.addKey()) =>
	await calls.run({
		operation: 'get',
		input: [{ email: 'a' }, { email: 'b' }],
		onError,
		parameters: { workflowSessionId: byId('5eb2b61e02df0a0008f1cf2a') },
		credential: { apiKey },
	});

describe.each(Object.entries(ROWS))('%s', (_name, { fault, message, details, gets }) => {
	beforeEach(() => calls.simulator.faults.add(fault));

	const readable = message instanceof RegExp ? expect.stringMatching(message) : message;

	it('stops the node with a message, advice and the item number', async () => {
		const { error, items, status } = await get('stopWorkflow');
		expect([status, items]).toEqual(['error', []]);
		expect(error?.message).toMatch(/ \[item 0\]$/);
		expect(error?.message.replace(' [item 0]', '')).toEqual(readable);
		expect(error?.message.length).toBeLessThan(600);
		expect(error?.description?.length).toBeGreaterThan(20);
		expect(error?.httpCode).toBe(details.httpCode);
		expect(error?.context?.itemIndex).toBe(0);
		expect(error?.name).toBe('NodeApiError');
		const sent = calls.sent().length;
		expect(sent).toBeGreaterThanOrEqual(gets);
		expect(sent).toBeLessThanOrEqual(2 * gets);
	});

	it('continues with paired items that have only our two fields', async () => {
		const { items, status } = await get('continueRegularOutput');
		expect(status).toBe('success');
		expect(items).toEqual(
			[0, 1].map((item) => ({
				json: {
					error: readable,
					details: expect.objectContaining({
						...details,
						description: expect.any(String),
						itemIndex: item,
					}),
				},
				pairedItem: { item },
			})),
		);
	});

	it('continues on the error output with the fields of the input item', async () => {
		const { items, errorItems } = await get('continueErrorOutput');
		expect(items).toEqual([]);
		expect(errorItems.map(({ json, pairedItem }) => [json.email, json.error, pairedItem])).toEqual([
			['a', readable, { item: 0 }],
			['b', readable, { item: 1 }],
		]);
		for (const { json } of errorItems) {
			// n8n 1 recognises a failed item by these two fields alone, besides those of the input
			expect(Object.keys(json).sort()).toEqual(['email', 'error', 'message']);
			expect(json.message).toMatch(new RegExp(`^${details.httpCode}: \\w`));
		}
	});
});

describe('a temporary fault', () => {
	it.each([
		{ fault: reply(429), times: 2 },
		{ fault: { ...reply(429), headers: { 'retry-after': '0' } }, times: 2 },
		{ fault: reply(503), times: 2 },
		{ fault: { kind: 'dropBefore' } as const, times: 2 },
		{ fault: { kind: 'dropAfter' } as const, times: 1 },
		{ fault: { kind: 'shortBody' } as const, times: 1 },
		{ fault: { kind: 'drip' } as const, times: 1 },
	])('$fault does not fail a Get', async ({ fault, times }) => {
		const [{ id }] = seed(1);
		const added = calls.simulator.faults.add({ ...fault, times });
		const { items } = await calls.run({ operation: 'get', input: [{ id }] });
		expect(items[0].json.id).toBe(id);
		expect(added.applied).toBe(times);
	});

	it('waits as long as Retry-After asks', async () => {
		const [{ id }] = seed(1);
		calls.simulator.faults.add({ ...reply(429), headers: { 'retry-after': '1' }, times: 1 });
		await calls.run({ operation: 'complete', input: [{ id }] });
		const [first, second] = calls.simulator.requests;
		expect(second.arrivedAt - first.arrivedAt).toBeGreaterThan(950);
		expect(calls.effects()).toBe(1);
	});

	it('repeats a Complete that was refused with 429, and it takes effect once', async () => {
		const [{ id }] = seed(1);
		calls.simulator.faults.add({ ...reply(429), times: 3 });
		const { items } = await calls.run({ operation: 'complete', input: [{ id }] });
		expect(items[0].json).toEqual({ id, status: 'processing' });
		expect(calls.effects()).toBe(1);
		expect(calls.sent()).toHaveLength(4);
	});

	it('counts refusals apart from other faults', async () => {
		const [{ id }] = seed(1);
		calls.simulator.faults.add({ ...reply(429), times: 9 });
		calls.simulator.faults.add({ ...reply(503), times: 4 });
		const { items } = await calls.run({ operation: 'get', input: [{ id }] });
		expect(items[0].json.id).toBe(id);
		expect(calls.sent()).toHaveLength(14);
	});

	it('repeats a Get that timed out', async () => {
		const [{ id }] = seed(1);
		calls.simulator.faults.add({ kind: 'silence', times: 1 });
		const parameters = { requestOptions: { timeout: 300 } };
		const { items } = await calls.run({ operation: 'get', input: [{ id }], parameters });
		expect(items[0].json.id).toBe(id);
		expect(calls.sent()).toHaveLength(2);
	});
});

describe('a POST in doubt is never repeated', () => {
	const complete = async (id: string, at = calls) =>
		await at.run({
			operation: 'complete',
			input: [{ id }],
			parameters: { requestOptions: { timeout: 500 } },
		});

	it.each<Omit<FaultSpec, 'method' | 'path'>>([
		{ kind: 'dropAfter' },
		{ kind: 'shortBody' },
		{ kind: 'silence', processed: true },
		{ kind: 'reply', status: 500, processed: true },
		{ kind: 'reply', status: 502, body: 'html', processed: true },
		{ kind: 'reply', status: 504, processed: true },
		{ kind: 'reply', status: 200, body: 'truncatedJson', processed: true },
	])('$kind $status after Complete took effect: the item succeeds', async (fault) => {
		const [{ id }] = seed(1);
		calls.simulator.settings.processingMs = 60_000;
		calls.simulator.faults.add({ ...fault, method: 'POST', times: 1 });
		const { items } = await complete(id);
		expect(items).toEqual([{ json: { id, status: 'processing' }, pairedItem: { item: 0 } }]);
		expect([calls.posts(), calls.effects()]).toEqual([1, 1]);
	});

	it('says that it is safe to run again if Complete had no effect', async () => {
		const faults: Array<Row['fault']> = [
			{ kind: 'dropBefore' },
			{ kind: 'silence' },
			reply(500),
			reply(503),
		];
		// All at once, because most of it is waiting
		const ends = await Promise.all(
			faults.map(async (fault) => {
				const own = await startSessionCalls();
				const [{ id }] = own.simulator.workflowSessions.seed();
				own.simulator.faults.add({ ...fault, method: 'POST', times: 1 });
				const { error } = await complete(id, own);
				await own.simulator.close();
				return { fault, error, posts: own.posts(), completed: own.effects() };
			}),
		);
		expect(ends).toEqual(
			faults.map((fault) => ({
				fault,
				error: expect.objectContaining({
					message: expect.stringMatching(/^The session was not completed\. /),
					description: expect.stringContaining('safe to run this item again'),
				}),
				posts: 1,
				completed: 0,
			})),
		);
	});

	it('says that the state is unknown if looking at the session fails too', async () => {
		const [{ id }] = seed(1);
		calls.simulator.faults.add({ kind: 'dropAfter', method: 'POST' });
		calls.simulator.faults.add({ kind: 'reply', status: 500, method: 'GET' });
		const { error } = await complete(id);
		expect(error?.message).toMatch(/^It is not known whether the session was completed\. /);
		expect(error?.description).toContain('before you run this item again');
		expect([calls.posts(), calls.effects()]).toEqual([1, 1]);
	});

	it('tells a session cancelled meanwhile from a completed one', async () => {
		const [{ id }] = seed(1);
		calls.simulator.faults.add({ kind: 'dropBefore', method: 'POST' });
		calls.simulator.workflowSessions.change(id, { status: 'cancelled' });
		const { error } = await complete(id);
		expect(error?.message).toMatch(/^The session was not completed, it is 'cancelled'/);
		expect(calls.posts()).toBe(1);
	});

	it('treats Cancel the same way', async () => {
		const [{ id }] = seed(1);
		calls.simulator.faults.add({ kind: 'dropAfter', method: 'POST' });
		const { items } = await calls.run({ operation: 'cancel', input: [{ id }] });
		expect(items[0].json).toEqual({ id, status: 'cancelled' });
		expect([calls.posts(), calls.effects()]).toEqual([1, 1]);
	});

	it('is not in doubt if the connection was refused: nothing was sent', async () => {
		const elsewhere = await startSessionCalls();
		await elsewhere.simulator.close();
		const { error } = await elsewhere.run({ operation: 'complete', input: [{ id: 'x' }] });
		expect(error?.message).toContain('refused the connection');
		expect(error?.description).toContain('This request was not sent');
	});
});

it('sends nothing with a key that ComplyCube has just put on hold for an hour', async () => {
	const apiKey = calls.addKey();
	calls.simulator.faults.add({ ...reply(429), headers: { 'retry-after': '3600' } });
	await get('stopWorkflow', apiKey);
	const before = calls.sent().length;
	const { items } = await get('continueRegularOutput', apiKey);
	expect(items.map(({ json }) => json.error)).toEqual(
		Array(2).fill(expect.stringMatching(/kept refusing/)),
	);
	expect(calls.sent()).toHaveLength(before);
});

it('starts the time allowed for refusals anew once the key was accepted', async () => {
	const { now } = Date;
	let passed = 0;
	const clock = jest.spyOn(Date, 'now').mockImplementation(() => now() + passed);
	const [{ id }] = seed(1);
	const apiKey = calls.addKey();
	const statuses: Array<number | undefined> = [];
	// Refusals may last two minutes, and a key unused for one minute is forgotten
	for (const refused of [true, false, false, true]) {
		if (refused) calls.simulator.faults.add({ ...reply(429), times: 1 });
		await calls.run({ operation: 'get', input: [{ id }], credential: { apiKey } });
		statuses.push(...calls.simulator.requests.splice(0).map(({ status }) => status));
		passed += 50_000;
	}
	clock.mockRestore();
	expect(statuses).toEqual([429, 200, 200, 200, 429, 200]);
});

it('does not repeat a request whose TLS handshake broke', async () => {
	let connections = 0;
	// It breaks every handshake, because it has no certificate
	const server = createServer().on('connection', () => (connections += 1));
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	const { error } = await calls.run({
		operation: 'get',
		input: [{ id: 'x' }],
		credential: { baseUrl: `https://127.0.0.1:${port}/v1` },
	});
	await new Promise((resolve) => server.close(resolve));
	expect(error?.httpCode).toMatch(/^(EPROTO|ERR_SSL_)/);
	expect(connections).toBe(1);
});

describe('time', () => {
	it('a cancelled execution aborts its request', async () => {
		const [{ id }] = seed(1);
		calls.simulator.faults.add({ kind: 'silence' });
		const begin = Date.now();
		const { status } = await calls.run({ operation: 'get', input: [{ id }], cancelAfter: 1_000 });
		expect(status).toBe('canceled');
		// Silence alone would last for a minute
		expect(Date.now() - begin).toBeLessThan(10_000);
		expect(calls.sent()).toHaveLength(1);
	});

	it('Max Wait also limits the wait for an answer', async () => {
		calls.simulator.settings.processingMs = 3_600_000;
		const [{ id }] = seed(1, { status: 'processing' });
		calls.simulator.faults.add({ kind: 'delay', delayMs: 10_000, every: 2 });
		const begin = Date.now();
		const { error } = await calls.run({
			operation: 'get',
			input: [{ id }],
			parameters: { options: { waitForOutcome: true, maxWait: 0.05 } },
		});
		expect(error?.message).toBe("The session is still 'processing' after a wait of 0.05 min");
		expect(Date.now() - begin).toBeLessThan(4_000);
	});
});

describe('the API key', () => {
	it('is in no message, error or item, even if the reply quotes it', async () => {
		const echo = { type: TEST_KEY, message: `Key ${TEST_KEY} is not ours`, param: TEST_KEY };
		for (const status of [400, 401, 403, 404, 422, 429, 500]) {
			calls.simulator.reset();
			calls.simulator.faults.add(reply(status, echo));
			const stopped = await get('stopWorkflow', TEST_KEY);
			const continued = await get('continueErrorOutput', TEST_KEY);
			const { error } = stopped;
			const everything = JSON.stringify([stopped.run, continued.run, error, error?.stack]);
			expect(everything).toContain(`${status}`);
			expect(everything).not.toContain(TEST_KEY);
		}
	});
});
