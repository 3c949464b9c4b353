import { randomUUID } from 'node:crypto';
import type {
	DeclarativeRestApiSettings,
	IDataObject,
	IExecutePaginationFunctions,
	IHttpRequestOptions,
	INode,
	INodeExecutionData,
	NodeApiError,
} from 'n8n-workflow';
import { operation, type OperationPlan } from '../../nodes/ComplyCube/pipeline/pipeline';
import { Failure } from '../../nodes/ComplyCube/transport/failure';

// Pauses pass on jest's clock
beforeEach(() => jest.useFakeTimers({ now: Date.parse('2026-01-01T00:00:00Z') }));
afterEach(() => jest.useRealTimers());

const ID = '5eb2b61e02df0a0008f1cf2a';
const BASE_URL = 'https://api.complycube.com/v1';

const ok = (body: unknown, statusCode = 200) => ({ statusCode, headers: {}, body });
const BROKEN = ok({ type: 'internal_server_error', message: 'x' }, 500);
const GONE = ok({ type: 'resource_not_found', message: 'Invalid client id' }, 404);

/** What n8n throws when a connection breaks. */
const DROPPED = Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });

type Answer = (request: IHttpRequestOptions, count: number) => unknown;

/** An item of a node, and the request that n8n composed for it. */
interface Item {
	plan?: OperationPlan;
	request?: Partial<DeclarativeRestApiSettings.HttpRequestOptions>;
	parameters?: IDataObject;
	/** Answers in order, the last one for ever; an Error is thrown */
	answers?: unknown[] | Answer;
	/** How many items the node has */
	items?: number;
	/** Which of them this one is */
	index?: number;
	onError?: INode['onError'];
	binary?: Record<string, Buffer>;
	credential?: () => Promise<IDataObject>;
	signal?: AbortSignal;
}

/** Carries out one item, and notes what reached n8n's request helper. */
async function carryOut(item: Item) {
	const { plan, request, parameters = {}, answers = [ok({})], items = 1, index = 0 } = item;
	const sent: IHttpRequestOptions[] = [];
	const parametersRead: string[] = [];
	const begin = Date.now();
	const node = {
		getNodeParameter: (name: string, fallback: unknown) => {
			parametersRead.push(name);
			return name in parameters ? parameters[name] : fallback;
		},
		getTimezone: () => 'America/New_York',
		getItemIndex: () => index,
		getNode: () => ({ name: 'ComplyCube', onError: item.onError }) as INode,
		continueOnFail: () => item.onError !== undefined,
		getExecuteData: () => ({
			data: { main: [Array.from({ length: items }, () => ({ json: {} }))] },
		}),
		getExecutionCancelSignal: () => item.signal,
		getInputData: () => ({ json: {}, ...(item.binary && { binary: item.binary }) }),
		getCredentials:
			item.credential ??
			(async () => ({ apiKey: `test_${randomUUID()}`, baseUrl: BASE_URL, requestsPerSecond: 1e6 })),
		helpers: {
			getBinaryDataBuffer: async (name: string) => item.binary![name],
			prepareBinaryData: async (bytes: Buffer, fileName?: string) => ({
				data: bytes.toString('base64'),
				fileName,
			}),
			httpRequestWithAuthentication: async (_type: string, options: IHttpRequestOptions) => {
				const count = sent.push(structuredClone({ ...options, abortSignal: undefined }));
				if (count > 100) throw new Error('A loop without an end');
				const answer =
					typeof answers === 'function'
						? answers(options, count)
						: answers[Math.min(count, answers.length) - 1];
				if (answer instanceof Error) throw answer;
				return answer;
			},
		},
	} as unknown as IExecutePaginationFunctions;
	const options = { method: 'GET', url: '/things', ...request };
	let over = false;
	const running = operation(plan).call(node, { options } as never);
	const ending = running.then(
		(outputs) => ({ outputs, error: undefined }),
		(error: NodeApiError) => ({ outputs: [] as INodeExecutionData[], error }),
	);
	void ending.finally(() => (over = true));
	for (let ms = 0; !over && ms < 600_000; ms += 250) await jest.advanceTimersByTimeAsync(250);
	expect(over).toBe(true);
	const { outputs, error } = await ending;
	const minutes = (Date.now() - begin) / 60_000;
	const calls = sent.map(({ method, url }) => `${method} ${url.replace(BASE_URL, '')}`);
	const json = outputs.map((output) => output.json);
	return { outputs, json, error, sent, calls, minutes, parametersRead };
}

describe('a request', () => {
	it('is sent once, with its path, query and body, and its item is paired', async () => {
		const { sent, outputs } = await carryOut({
			request: { method: 'POST', url: '/things/:thingId', qs: { a: ' b ' }, body: { c: ' d ' } },
			parameters: { thingId: ` ${ID} ` },
			answers: [ok({ id: ID, status: 'new' })],
			items: 3,
			index: 2,
		});
		expect(sent).toHaveLength(1);
		expect(sent[0]).toMatchObject({
			method: 'POST',
			url: `${BASE_URL}/things/${ID}`,
			qs: { a: 'b' },
			body: { c: ' d ' },
			timeout: 60_000,
		});
		expect(outputs).toEqual([{ json: { id: ID, status: 'new' }, pairedItem: { item: 2 } }]);
	});

	it('keeps what the user set for the network', async () => {
		const { sent } = await carryOut({
			request: { proxy: 'http://proxy.example', skipSslCertificateValidation: true } as never,
			parameters: { 'requestOptions.timeout': 7_000 },
		});
		expect(sent[0]).toMatchObject({
			timeout: 7_000,
			proxy: 'http://proxy.example',
			skipSslCertificateValidation: true,
		});
	});

	it('without a body has none', async () => {
		const { sent } = await carryOut({ request: { method: 'POST' } });
		expect(sent[0].body).toBeUndefined();
	});

	it('takes an ID that was picked from a list of another operation', async () => {
		const { calls, parametersRead } = await carryOut({
			request: { url: '/things/:thingId' },
			plan: { idFrom: 'thingId' },
			parameters: { thingId: { __rl: true, mode: 'list', value: ID } },
		});
		expect(calls).toEqual([`GET /things/${ID}`]);
		// An expression is evaluated once
		expect(parametersRead.filter((name) => name === 'thingId')).toHaveLength(1);
	});

	it('needs the IDs that its plan requires, and trims nothing else', async () => {
		const thing: Item = {
			plan: { requires: ['clientId'] },
			request: { method: 'POST', body: { clientId: ` ${ID} `, note: ' x ' } },
		};
		const { sent } = await carryOut({ ...thing, parameters: { clientId: ` ${ID} ` } });
		expect(sent[0].body).toEqual({ clientId: ID, note: ' x ' });
	});

	it('trims a required ID in the query', async () => {
		const { sent } = await carryOut({
			plan: { requires: ['clientId', 'documentId'] },
			request: { qs: { clientId: ` ${ID} `, documentId: 5 } },
			parameters: { clientId: ID, documentId: '5' },
		});
		expect(sent[0].qs).toEqual({ clientId: ID, documentId: 5 });
	});
});

describe('nothing is sent for an item that cannot be carried out', () => {
	const polling = { object: 'thing', look: '/things/:thingId', final: ['complete'] };
	it.each<[string, Item, string]>([
		[
			'an ID in the path is empty',
			{ request: { url: '/things/:thingId' } },
			"The 'Thing' parameter is empty",
		],
		[
			'a required ID is empty',
			{ plan: { requires: ['clientId'] }, request: { method: 'POST', body: { a: 1 } } },
			"The 'Client' parameter is empty",
		],
		[
			'one of two required IDs is empty',
			{ plan: { requires: ['clientId', 'documentId'] }, parameters: { clientId: ID } },
			"The 'Document' parameter is empty",
		],
		[
			'the object could not be looked at afterwards',
			{ plan: { polling }, request: { method: 'POST' } },
			"The 'Thing' parameter is empty",
		],
		[
			'the limit is no number',
			{ plan: { list: true }, parameters: { limit: 'many' } },
			"The 'Limit' parameter is not a number of at least 1",
		],
		[
			'the limit is below 1',
			{ plan: { list: true }, parameters: { limit: 0.9 } },
			"The 'Limit' parameter is not a number of at least 1",
		],
		[
			'a time filter is no time',
			{ plan: { list: true }, request: { qs: { createdAfter: 'soon' } } },
			"The 'Created After' filter is not a date and time",
		],
		[
			"'Max Wait' is no number of minutes",
			{
				plan: { polling },
				parameters: { thingId: ID, options: { waitForOutcome: true, maxWait: 0 } },
			},
			"The 'Max Wait' option is not a number of minutes above 0",
		],
		[
			"'Output' is none of its words",
			{ plan: { simplified: ['id'] }, parameters: { output: 'everything' } },
			"The 'Output' parameter is none of raw, simplified and selected",
		],
		[
			'a step refuses the body',
			{ plan: { body: [() => new Failure('No')] }, request: { method: 'POST' } },
			'No',
		],
		[
			'an update changes nothing',
			{ plan: { sendsEmptied: true }, request: { method: 'POST' } },
			'There is nothing to change',
		],
		[
			'there is no file to send',
			{ plan: { upload: { types: ['image/png'] } }, request: { method: 'POST' } },
			"The item has no file in 'data'",
		],
		[
			'the credential has no address to send it to',
			{ credential: async () => ({ apiKey: 'test_x', baseUrl: 'http://example.com' }) },
			"The 'Base URL' of the ComplyCube credential cannot be used",
		],
	])('because %s', async (_, item, message) => {
		const { error, sent } = await carryOut(item);
		expect(error?.message).toBe(message);
		expect(sent).toEqual([]);
	});
});

describe('a list', () => {
	const things = (total: number): Answer => {
		const all = Array.from({ length: total }, (_, i) => ({ id: `${i}`, status: 'new' }));
		return ({ qs }) => {
			const { page, pageSize } = qs as { page: number; pageSize: number };
			const items = all.slice((page - 1) * pageSize, page * pageSize);
			return ok({ page, pageSize, pages: Math.ceil(total / pageSize), items });
		};
	};

	it.each([
		[{}, 50],
		[{ limit: 3 }, 3],
		[{ limit: '7' }, 7],
		[{ limit: 2.9 }, 2],
		[{ returnAll: true, limit: 3 }, 1_500],
	])('with %j gives %i objects', async (parameters, count) => {
		const { outputs } = await carryOut({
			plan: { list: true },
			parameters,
			answers: things(1_500),
			items: 2,
			index: 1,
		});
		expect(outputs).toHaveLength(count);
		expect(outputs[0]).toEqual({ json: { id: '0', status: 'new' }, pairedItem: { item: 1 } });
	});

	it("is filtered by times in the workflow's time zone", async () => {
		const { sent } = await carryOut({
			plan: { list: true },
			request: { qs: { createdAfter: '2026-01-31T09:00:00' } },
			answers: things(0),
		});
		expect(sent[0].qs).toMatchObject({ createdAfter: '2026-01-31T14:00:00.000Z' });
	});

	it('keeps the chosen fields of each object', async () => {
		const { json } = await carryOut({
			plan: { list: true, simplified: ['status'] },
			parameters: { output: 'simplified', limit: 2 },
			answers: things(9),
		});
		expect(json).toEqual([{ status: 'new' }, { status: 'new' }]);
	});

	it('fails as a whole', async () => {
		const { error, json } = await carryOut({ plan: { list: true }, answers: [BROKEN] });
		expect(error?.httpCode).toBe('500');
		expect(json).toEqual([]);
	});

	it('of one object is asked for nothing that only lists have', async () => {
		const { sent, parametersRead } = await carryOut({
			request: { qs: { createdAfter: 'as it is' } },
		});
		expect(sent[0].qs).toEqual({ createdAfter: 'as it is' });
		expect(parametersRead).not.toContain('limit');
	});
});

describe('what a reply leaves out', () => {
	it('is the ID, which goes first, unless the reply has its own', async () => {
		const item: Item = { plan: { idFrom: 'thingId' }, parameters: { thingId: ` ${ID} ` } };
		const without = await carryOut({ ...item, answers: [ok({ status: 'new' })] });
		expect(without.json).toEqual([{ id: ID, status: 'new' }]);
		expect(Object.keys(without.json[0])).toEqual(['id', 'status']);
		expect((await carryOut({ ...item, answers: [ok({ id: 'own' })] })).json[0].id).toBe('own');
	});

	it('is what was done', async () => {
		const { json } = await carryOut({
			plan: { adds: { redacted: true } },
			answers: [ok({ id: ID, redacted: 'perhaps' })],
		});
		expect(json).toEqual([{ id: ID, redacted: true }]);
	});

	it('is shaped like the rest', async () => {
		const { json } = await carryOut({
			plan: { idFrom: 'thingId', simplified: ['status', 'id'] },
			parameters: { thingId: ID, output: 'simplified' },
			answers: [ok({ status: 'new', tasks: [] })],
		});
		expect(json).toEqual([{ status: 'new', id: ID }]);
	});
});

describe('a POST in doubt', () => {
	const settlement = {
		object: 'session',
		done: 'completed',
		look: '/things/:thingId',
		before: ['started'],
		elsewhere: ['cancelled'],
	};
	const complete: Item = {
		plan: { idFrom: 'thingId', settlement },
		request: { method: 'POST', url: '/things/:thingId/complete' },
		parameters: { thingId: ID },
	};
	const POST = `POST /things/${ID}/complete`;
	const LOOK = `GET /things/${ID}`;

	it.each([BROKEN, DROPPED])('is sent once, and says what to do: %#', async (answer) => {
		const { error, calls } = await carryOut({
			plan: { inDoubt: 'Look at the list first.' },
			request: { method: 'POST' },
			answers: [answer],
		});
		expect(calls).toEqual(['POST /things']);
		expect(error?.description).toBe('Look at the list first.');
	});

	it('keeps the general advice if its operation has none', async () => {
		const { error } = await carryOut({ request: { method: 'POST' }, answers: [BROKEN] });
		expect(error?.description).toContain('look before you run this item again');
	});

	it('that was certainly refused says nothing of doubt, and is not looked for', async () => {
		const { error, calls } = await carryOut({ ...complete, answers: [GONE] });
		expect(calls).toEqual([POST]);
		expect(error?.message).toBe('Invalid client id');
		const plain = await carryOut({
			plan: { inDoubt: 'Look at the list first.' },
			request: { method: 'POST' },
			answers: [GONE],
		});
		expect(plain.error?.description).not.toContain('Look at the list first.');
	});

	it('is settled by a look, and gives only what its reply would', async () => {
		const { calls, json } = await carryOut({
			...complete,
			answers: [BROKEN, ok({ id: ID, status: 'processing', tasks: [] })],
		});
		expect(calls).toEqual([POST, LOOK]);
		expect(json).toEqual([{ id: ID, status: 'processing' }]);
	});

	it('that had no effect is an error that says so', async () => {
		const { calls, error } = await carryOut({
			...complete,
			answers: [DROPPED, ok({ status: 'started' })],
		});
		expect(calls).toEqual([POST, LOOK, LOOK, LOOK]);
		expect(error?.message).toMatch(/^The session was not completed\. /);
		expect(error?.description).toContain('it is safe to run this item again');
	});

	it('was accepted if its reply says nothing: never safe to run again', async () => {
		const { calls, error } = await carryOut({
			...complete,
			answers: [ok({}), ok({ status: 'started' })],
		});
		expect(calls).toEqual([POST, LOOK, LOOK, LOOK]);
		expect(error?.message).toMatch(/^It is not known whether the session was completed\. /);
		expect(error?.description).not.toContain('safe');
	});

	it('is not looked for if its reply says what became of it', async () => {
		const { calls, json } = await carryOut({
			...complete,
			answers: [ok({ status: 'processing', more: 1 })],
		});
		expect(calls).toEqual([POST]);
		expect(json).toEqual([{ id: ID, status: 'processing', more: 1 }]);
	});
});

describe('a deletion', () => {
	const deletion: Item = {
		plan: { idFrom: 'thingId', deletion: { object: 'thing', look: '/things/:thingId' } },
		request: { method: 'DELETE', url: '/things/:thingId' },
		parameters: { thingId: ID },
	};
	const calls = [`DELETE /things/${ID}`, `GET /things/${ID}`];

	it('says so', async () => {
		const result = await carryOut({ ...deletion, answers: [ok('', 204)] });
		expect(result.calls).toEqual(calls.slice(0, 1));
		expect(result.json).toEqual([{ id: ID, deleted: true }]);
	});

	it('in doubt says so once the object is gone', async () => {
		const result = await carryOut({ ...deletion, answers: [DROPPED, GONE] });
		expect(result.calls).toEqual(calls);
		expect(result.json).toEqual([{ id: ID, deleted: true }]);
	});

	it('in doubt is sent once, and an error while the object is there', async () => {
		const result = await carryOut({ ...deletion, answers: [BROKEN, ok({ id: ID })] });
		expect(result.calls.filter((call) => call.startsWith('DELETE'))).toHaveLength(1);
		expect(result.error?.message).toMatch(/^The thing was not deleted\. /);
		expect(result.json).toEqual([]);
	});

	it('in doubt is not looked for without a path to look at', async () => {
		const result = await carryOut({
			...deletion,
			plan: { deletion: { object: 'thing' }, inDoubt: 'Look yourself.' },
			answers: [BROKEN],
		});
		expect(result.calls).toEqual(calls.slice(0, 1));
		expect(result.error?.message).toMatch(/^It is not known whether the thing was deleted\. /);
	});

	it('that was refused is an error, and not looked for', async () => {
		const result = await carryOut({ ...deletion, answers: [GONE] });
		expect(result.calls).toEqual(calls.slice(0, 1));
		expect(result.error?.httpCode).toBe('404');
	});
});

describe('waiting for the outcome', () => {
	const polling = { object: 'thing', look: '/things/:thingId', final: ['complete'] };
	const options = { waitForOutcome: true };
	const DONE = ok({ id: ID, status: 'complete', outcome: 'clear' });

	it('happens only if the user asks for it', async () => {
		const { calls } = await carryOut({
			plan: { polling },
			parameters: { thingId: ID, options: { maxWait: 5 } },
		});
		expect(calls).toEqual(['GET /things']);
	});

	it('ends at once with a whole object that is final', async () => {
		const { calls, json } = await carryOut({
			plan: { polling },
			parameters: { thingId: ID, options },
			answers: [DONE],
		});
		expect(calls).toEqual(['GET /things']);
		expect(json).toEqual([DONE.body]);
	});

	it('goes on after a mere reply, even if that says that it is over', async () => {
		const { calls, json } = await carryOut({
			plan: { polling, idFrom: 'thingId' },
			request: { method: 'POST' },
			parameters: { thingId: ID, options },
			answers: [ok({ status: 'complete' }), DONE],
		});
		expect(calls).toEqual(['POST /things', `GET /things/${ID}`]);
		expect(json).toEqual([DONE.body]);
	});

	it.each([
		[undefined, 10],
		[2, 2],
		['0.5', 0.5],
	])('of %p lasts %p minutes', async (maxWait, minutes) => {
		const { error, minutes: passed } = await carryOut({
			plan: { polling },
			parameters: { thingId: ID, options: { ...options, ...(maxWait && { maxWait }) } },
			answers: [ok({ status: 'processing' })],
		});
		expect(error?.message).toBe(`The thing is still 'processing' after a wait of ${minutes} min`);
		expect(passed).toBeCloseTo(minutes, 1);
	});
});

describe('a file', () => {
	const PDF = Buffer.concat([Buffer.from('%PDF-1.7'), Buffer.alloc(40_000)]);

	it('of the reply becomes binary data, named after its path', async () => {
		const { outputs } = await carryOut({
			plan: { file: 'report/client/:clientId' },
			parameters: { clientId: ID },
			answers: [ok({ contentType: 'application/pdf', data: PDF.toString('base64') })],
		});
		const fileName = `report-client-${ID}.pdf`;
		expect(outputs).toEqual([
			{
				json: { contentType: 'application/pdf', fileName },
				binary: { data: { data: PDF.toString('base64'), fileName } },
				pairedItem: { item: 0 },
			},
		]);
	});

	it('that is not there is an error', async () => {
		const { error } = await carryOut({ plan: { file: 'report' }, answers: [ok({})] });
		expect(error?.message).toBe("There was no file in ComplyCube's answer");
	});

	it('of the item goes into the body, beside its fields', async () => {
		const { sent } = await carryOut({
			plan: { upload: { types: ['application/pdf'], fileName: ':side' } },
			request: { method: 'POST', body: { note: 'x' } },
			parameters: { side: 'front' },
			binary: { data: PDF },
		});
		expect(sent[0].body).toEqual({
			note: 'x',
			data: PDF.toString('base64'),
			fileName: 'front.pdf',
		});
	});
});

describe('an item that fails', () => {
	const REFUSED = ok({ type: 'invalid_request', message: 'No such type', param: 'type' }, 400);
	const OTHERS = 'The other items were sent all the same';

	it('alone stops the node with the whole story', async () => {
		const { error } = await carryOut({ request: { method: 'POST' }, answers: [REFUSED] });
		expect(error).toMatchObject({
			message: 'No such type',
			httpCode: '400',
			description: expect.stringContaining("names the field 'type'"),
		});
		expect(error?.description).not.toContain(OTHERS);
		expect(error?.context).not.toHaveProperty('itemIndex');
	});

	it('among others says which it is, and that the others were sent', async () => {
		const { error } = await carryOut({
			request: { method: 'POST' },
			answers: [REFUSED],
			items: 2,
			index: 1,
		});
		expect(error?.message).toBe('No such type [item 1]');
		expect(error?.description).toMatch(/^ComplyCube names the field 'type'\. .* The other items/);
		expect(error?.context.itemIndex).toBe(1);
	});

	it.each(['GET', undefined] as const)('among others that were only read: %p', async (method) => {
		const { error } = await carryOut({ request: { method }, answers: [REFUSED], items: 2 });
		expect(error?.message).toBe('No such type [item 0]');
		expect(error?.description).not.toContain(OTHERS);
	});

	it('is an item with all that is known, paired to its input', async () => {
		const { outputs } = await carryOut({
			request: { method: 'POST' },
			answers: [REFUSED],
			items: 3,
			index: 2,
			onError: 'continueRegularOutput',
		});
		expect(outputs).toEqual([
			{
				json: {
					error: 'No such type',
					details: {
						httpCode: '400',
						type: 'invalid_request',
						param: 'type',
						description: expect.stringContaining('Correct the value'),
						itemIndex: 2,
					},
				},
				pairedItem: { item: 2 },
			},
		]);
	});

	it('has only two fields in its own output, by which n8n sorts', async () => {
		const onError = 'continueErrorOutput';
		const { outputs } = await carryOut({ answers: [REFUSED], onError, index: 4, items: 5 });
		expect(outputs).toEqual([
			{
				json: { error: 'No such type', message: expect.stringMatching(/^400: ComplyCube names/) },
				pairedItem: { item: 4 },
			},
		]);
		const silent = await carryOut({ plan: { body: [() => new Failure('No')] }, onError });
		expect(silent.json).toEqual([{ error: 'No' }]);
	});

	it('of what n8n throws on the way is still paired', async () => {
		const credential = async () => {
			throw Object.assign(new Error('No key'), { description: 'Ask your admin.' });
		};
		const { outputs, sent } = await carryOut({
			credential,
			onError: 'continueRegularOutput',
			index: 1,
			items: 2,
		});
		expect(outputs).toEqual([
			{
				json: { error: 'No key', details: { description: 'Ask your admin.', itemIndex: 1 } },
				pairedItem: { item: 1 },
			},
		]);
		expect(sent).toEqual([]);
	});
});
