import type { IDataObject } from 'n8n-workflow';
import type { FaultSpec } from '../../simulator/faults.cts';
import type { OnError } from './engine.cts';
import { TEST_KEY, WorkflowSessionCalls } from './workflowSessionCalls.cts';

let calls: WorkflowSessionCalls;
beforeAll(async () => {
	calls = await WorkflowSessionCalls.start();
	// Full jitter at its shortest: what is waited for is tested with the pure pieces
	jest.spyOn(Math, 'random').mockReturnValue(0);
});
beforeEach(() => calls.simulator.reset());
afterAll(async () => await calls.simulator.close());

/** A fault, what a user reads, and how often the request is sent. */
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

const get = async (onError: OnError, more: IDataObject = {}, apiKey?: string) =>
	await calls.run({
		operation: 'get',
		input: [{ email: 'a' }, { email: 'b' }],
		id: '5eb2b61e02df0a0008f1cf2a',
		onError,
		more,
		credentialChanges: { apiKey: apiKey ?? calls.freshKey() },
	});

describe.each(Object.entries(ROWS))('%s', (_name, { fault, message, details, gets }) => {
	beforeEach(() => calls.simulator.faults.add(fault));

	const readable = message instanceof RegExp ? expect.stringMatching(message) : message;

	it('stops with what happened, what to do, and the item number', async () => {
		const { error, items, status } = await get('stopWorkflow');
		expect([status, items]).toEqual(['error', []]);
		expect(error?.message).toMatch(/ \[item 0\]$/);
		expect(error?.message.replace(' [item 0]', '')).toEqual(readable);
		expect(error?.message.length).toBeLessThan(600);
		expect(error?.description?.length).toBeGreaterThan(20);
		expect(error?.httpCode).toBe(details.httpCode);
		expect(error?.context?.itemIndex).toBe(0);
		expect(error?.name).toBe('NodeApiError');
		const sent = calls.requested().length;
		expect(sent).toBeGreaterThanOrEqual(gets);
		expect(sent).toBeLessThanOrEqual(2 * gets);
	});

	it('continues with paired items that have only our two keys', async () => {
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

	it('continues on the error output with the fields of the input', async () => {
		const { items, errorItems } = await get('continueErrorOutput');
		expect(items).toEqual([]);
		expect(errorItems.map(({ json, pairedItem }) => [json.email, json.error, pairedItem])).toEqual([
			['a', readable, { item: 0 }],
			['b', readable, { item: 1 }],
		]);
		for (const { json } of errorItems) {
			// All that n8n 1 takes for a failed item, and what the input holds
			expect(Object.keys(json).sort()).toEqual(['email', 'error', 'message']);
			expect(json.message).toMatch(new RegExp(`^${details.httpCode}: \\w`));
		}
	});
});

describe('what passes by itself', () => {
	it.each([
		{ fault: reply(429), times: 2 },
		{ fault: { ...reply(429), headers: { 'retry-after': '0' } }, times: 2 },
		{ fault: reply(503), times: 2 },
		{ fault: { kind: 'dropBefore' } as const, times: 2 },
		{ fault: { kind: 'dropAfter' } as const, times: 1 },
		{ fault: { kind: 'shortBody' } as const, times: 1 },
		{ fault: { kind: 'drip' } as const, times: 1 },
	])('$fault is not noticed by a Get', async ({ fault, times }) => {
		const [{ id }] = calls.seed(1);
		calls.simulator.faults.add({ ...fault, times });
		const { items } = await calls.run({ operation: 'get', id });
		expect(items[0].json.id).toBe(id);
	});

	it('a Retry-After is waited for', async () => {
		const [{ id }] = calls.seed(1);
		calls.simulator.faults.add({ ...reply(429), headers: { 'retry-after': '1' }, times: 1 });
		await calls.run({ operation: 'complete', id });
		const [first, second] = calls.simulator.requests;
		expect(second.arrivedAt - first.arrivedAt).toBeGreaterThan(950);
		expect(calls.effects().complete).toBe(1);
	});

	it('a Complete that was refused with 429 is sent again, and takes effect once', async () => {
		const [{ id }] = calls.seed(1);
		calls.simulator.faults.add({ ...reply(429), times: 3 });
		const { items } = await calls.run({ operation: 'complete', id });
		expect(items[0].json).toEqual({ id, status: 'processing' });
		expect(calls.effects().complete).toBe(1);
		expect(calls.requested()).toHaveLength(4);
	});

	it('four 429s leave the tries for what else may go wrong', async () => {
		const [{ id }] = calls.seed(1);
		calls.simulator.faults.add({ ...reply(429), times: 9 });
		calls.simulator.faults.add({ ...reply(503), times: 4 });
		const { items } = await calls.run({ operation: 'get', id });
		expect(items[0].json.id).toBe(id);
		expect(calls.requested()).toHaveLength(14);
	});

	it('a timeout of a Get is tried again', async () => {
		const [{ id }] = calls.seed(1);
		calls.simulator.faults.add({ kind: 'silence', times: 1 });
		const more = { requestOptions: { timeout: 300 } };
		const { items } = await calls.run({ operation: 'get', id, more });
		expect(items[0].json.id).toBe(id);
	});
});

describe('a POST in doubt is never repeated', () => {
	const complete = async (id: string, at = calls) =>
		await at.run({ operation: 'complete', id, more: { requestOptions: { timeout: 500 } } });
	const posts = (at = calls) =>
		at.requested().filter((request) => request.startsWith('POST')).length;

	it.each<Omit<FaultSpec, 'method' | 'path'>>([
		{ kind: 'dropAfter' },
		{ kind: 'shortBody' },
		{ kind: 'silence', processed: true },
		{ kind: 'reply', status: 500, processed: true },
		{ kind: 'reply', status: 502, body: 'html', processed: true },
		{ kind: 'reply', status: 504, processed: true },
		{ kind: 'reply', status: 200, body: 'truncatedJson', processed: true },
	])('$kind $status after Complete took effect: the item succeeds', async (fault) => {
		const [{ id }] = calls.seed(1);
		calls.simulator.settings.processingMs = 60_000;
		calls.simulator.faults.add({ ...fault, method: 'POST', times: 1 });
		const { items } = await complete(id);
		expect(items).toEqual([{ json: { id, status: 'processing' }, pairedItem: { item: 0 } }]);
		expect([posts(), calls.effects().complete]).toEqual([1, 1]);
	});

	it('is safe to run again before Complete took effect', async () => {
		const faults: Array<Row['fault']> = [
			{ kind: 'dropBefore' },
			{ kind: 'silence' },
			reply(500),
			reply(503),
		];
		// All at the same time, because most of it is waiting
		const ends = await Promise.all(
			faults.map(async (fault) => {
				const own = await WorkflowSessionCalls.start();
				const [{ id }] = own.seed(1);
				own.simulator.faults.add({ ...fault, method: 'POST', times: 1 });
				const { error } = await complete(id, own);
				await own.simulator.close();
				return { fault, error, posts: posts(own), completed: own.effects().complete };
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

	it('says that the state is unknown if the session cannot be looked at either', async () => {
		const [{ id }] = calls.seed(1);
		calls.simulator.faults.add({ kind: 'dropAfter', method: 'POST' });
		calls.simulator.faults.add({ kind: 'reply', status: 500, method: 'GET' });
		const { error } = await complete(id);
		expect(error?.message).toMatch(/^It is not known whether the session was completed\. /);
		expect(error?.description).toContain('before you run this item again');
		expect([posts(), calls.effects().complete]).toEqual([1, 1]);
	});

	it('tells a session that was cancelled in the meantime from one that was completed', async () => {
		const [{ id }] = calls.seed(1);
		calls.simulator.faults.add({ kind: 'dropBefore', method: 'POST' });
		calls.simulator.workflowSessions.change(id, { status: 'cancelled' });
		const { error } = await complete(id);
		expect(error?.message).toMatch(/^The session was not completed, it is 'cancelled'/);
		expect(posts()).toBe(1);
	});

	it('Cancel likewise', async () => {
		const [{ id }] = calls.seed(1);
		calls.simulator.faults.add({ kind: 'dropAfter', method: 'POST' });
		const { items } = await calls.run({ operation: 'cancel', id });
		expect(items[0].json).toEqual({ id, status: 'cancelled' });
		expect([posts(), calls.effects().cancel]).toEqual([1, 1]);
	});

	it('a refused connection is no doubt: nothing was sent', async () => {
		const elsewhere = await WorkflowSessionCalls.start();
		await elsewhere.simulator.close();
		const { error } = await elsewhere.run({ operation: 'complete', id: 'x' });
		expect(error?.message).toContain('refused the connection');
		expect(error?.description).toContain('Nothing was sent');
	});
});

it('a key that shall wait for an hour is not sent again at once, whatever wants it', async () => {
	const apiKey = calls.freshKey();
	calls.simulator.faults.add({ ...reply(429), headers: { 'retry-after': '3600' } });
	await get('stopWorkflow', {}, apiKey);
	const before = calls.requested().length;
	const { items } = await get('continueRegularOutput', {}, apiKey);
	expect(items.map(({ json }) => json.error)).toEqual(
		Array(2).fill(expect.stringMatching(/kept refusing/)),
	);
	expect(calls.requested()).toHaveLength(before);
});

describe('time', () => {
	it('a cancelled execution ends a request that is under way', async () => {
		const [{ id }] = calls.seed(1);
		calls.simulator.faults.add({ kind: 'silence' });
		const begin = Date.now();
		const { status } = await calls.run({ operation: 'get', id, cancelAfter: 300 });
		expect(status).toBe('canceled');
		expect(Date.now() - begin).toBeLessThan(1_300);
		expect(calls.requested()).toHaveLength(1);
	});

	it('Max Wait holds also while the service is silent', async () => {
		calls.simulator.settings.processingMs = 3_600_000;
		const [{ id }] = calls.seed(1, { status: 'processing' });
		calls.simulator.faults.add({ kind: 'delay', delayMs: 10_000, every: 2 });
		const begin = Date.now();
		const { error } = await calls.run({
			operation: 'get',
			id,
			more: { options: { waitForOutcome: true, maxWait: 0.05 } },
		});
		expect(error?.message).toBe("The session is still 'processing' after a wait of 0.05 min");
		expect(Date.now() - begin).toBeLessThan(4_000);
	});
});

describe('the API key', () => {
	it('is in no message, error or item, whatever comes back', async () => {
		const echo = { type: TEST_KEY, message: `Key ${TEST_KEY} is not ours`, param: TEST_KEY };
		for (const status of [400, 401, 403, 404, 422, 429, 500]) {
			calls.simulator.reset();
			calls.simulator.faults.add(reply(status, echo));
			const stopped = await get('stopWorkflow', {}, TEST_KEY);
			const continued = await get('continueErrorOutput', {}, TEST_KEY);
			const { error } = stopped;
			const everything = JSON.stringify([stopped.run, continued.run, error, error?.stack]);
			expect(everything).toContain(`${status}`);
			expect(everything).not.toContain(TEST_KEY);
		}
	});
});
