import { randomUUID } from 'node:crypto';
import type {
	DeclarativeRestApiSettings,
	IDataObject,
	IExecutePaginationFunctions,
	IHttpRequestOptions,
	INode,
	INodeExecutionData,
	INodeProperties,
	NodeApiError,
} from 'n8n-workflow';
import { inQuery } from '../../nodes/ComplyCube/fields/routing';
import type { ChangePlan } from '../../nodes/ComplyCube/pipeline/kinds/change';
import { pipeline } from '../../nodes/ComplyCube/pipeline/pipeline';
import type { Plan } from '../../nodes/ComplyCube/pipeline/plan';
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
	/** By default what the request's method asks for: to read an object, or to change one */
	plan?: Plan;
	/** The operation's fields */
	properties?: INodeProperties[];
	request?: Partial<DeclarativeRestApiSettings.HttpRequestOptions>;
	parameters?: IDataObject;
	/** Answers in order, the last one for ever; an Error is thrown */
	answers?: unknown[] | Answer;
	onError?: INode['onError'];
	binary?: Record<string, Buffer>;
	credential?: () => Promise<IDataObject>;
	signal?: AbortSignal;
}

/** What n8n gives all items of a run: they are recognised by it. */
const executeData = (items: number) => ({
	node: { name: 'ComplyCube' },
	data: { main: [Array.from({ length: items }, () => ({ json: {} }))] },
});

const changing = (more: Partial<ChangePlan> = {}): ChangePlan => ({
	kind: 'change',
	inDoubt: 'Look at the list first.',
	...more,
});

/** Starts one item, and notes what reaches n8n's request helper. */
function start(item: Item, index: number, data: ReturnType<typeof executeData>) {
	const { request, parameters = {}, properties, answers = [ok({})] } = item;
	const options = { method: 'GET', url: '/things', ...request };
	const plan = item.plan ?? (options.method === 'GET' ? { kind: 'read' } : changing());
	const sent: IHttpRequestOptions[] = [];
	const parametersRead: string[] = [];
	const node = {
		getNodeParameter: (name: string, fallback: unknown) => {
			parametersRead.push(name);
			return name in parameters ? parameters[name] : fallback;
		},
		getTimezone: () => 'America/New_York',
		getItemIndex: () => index,
		getNode: () => ({ name: 'ComplyCube', type: 'complyCube', onError: item.onError }) as INode,
		continueOnFail: () => item.onError !== undefined,
		getExecuteData: () => data,
		getExecutionCancelSignal: () => item.signal,
		getInputData: () => ({ json: {}, ...(item.binary && { binary: item.binary }) }),
		getCredentials:
			item.credential ??
			(async () => ({ apiKey: `test_${randomUUID()}`, baseUrl: BASE_URL, requestsPerSecond: 1e6 })),
		helpers: {
			assertBinaryData: (name: string) => {
				if (!item.binary?.[name]) throw new Error('No such file');
				return { data: '' };
			},
			getBinaryDataBuffer: async (name: string) => item.binary![name],
			prepareBinaryData: async (bytes: Buffer, fileName?: string) => ({
				data: bytes.toString('base64'),
				fileName,
			}),
			httpRequestWithAuthentication: async (_type: string, sending: IHttpRequestOptions) => {
				const count = sent.push(structuredClone({ ...sending, abortSignal: undefined }));
				if (count > 100) throw new Error('A loop without an end');
				const answer =
					typeof answers === 'function'
						? answers(sending, count)
						: answers[Math.min(count, answers.length) - 1];
				if (answer instanceof Error) throw answer;
				return answer;
			},
		},
	} as unknown as IExecutePaginationFunctions;
	const ending = pipeline(plan, properties)
		.call(node, { options } as never)
		.then(
			(outputs) => ({ outputs, error: undefined }),
			(error: NodeApiError) => ({ outputs: [] as INodeExecutionData[], error }),
		);
	return { ending, sent, parametersRead };
}

/** Carries out all items of a run, which n8n starts at once. */
async function carryOutAll(items: Item[]) {
	const data = executeData(items.length);
	return await finish(items.map((item, index) => start(item, index, data)));
}

/** Carries out the last of so many items. */
async function carryOut(item: Item, items = 1) {
	const begin = Date.now();
	const [result] = await finish([start(item, items - 1, executeData(items))]);
	return { ...result, minutes: (Date.now() - begin) / 60_000 };
}

/** Lets time go on until all items have ended. */
async function finish(started: Array<ReturnType<typeof start>>) {
	let over = false;
	const endings = Promise.all(started.map(async ({ ending }) => await ending));
	void endings.finally(() => (over = true));
	for (let ms = 0; !over && ms < 660_000; ms += 250) await jest.advanceTimersByTimeAsync(250);
	expect(over).toBe(true);
	const results = await endings;
	return started.map(({ sent, parametersRead }, index) => ({
		...results[index],
		json: results[index].outputs.map((output) => output.json),
		sent,
		calls: sent.map(({ method, url }) => `${method} ${url.replace(BASE_URL, '')}`),
		parametersRead,
	}));
}

describe('a request', () => {
	it('is sent once, with its path, query and body, and its item is paired', async () => {
		const item: Item = {
			request: { method: 'POST', url: '/things/:thingId', qs: { a: ' b ' }, body: { c: ' d ' } },
			parameters: { thingId: ` ${ID} ` },
			answers: [ok({ id: ID, status: 'new' })],
		};
		const { sent, outputs } = await carryOut(item, 3);
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
			plan: { kind: 'read', idFrom: 'thingId' },
			parameters: { thingId: { __rl: true, mode: 'list', value: ID } },
		});
		expect(calls).toEqual([`GET /things/${ID}`]);
		// An expression is evaluated once
		expect(parametersRead.filter((name) => name === 'thingId')).toHaveLength(1);
	});

	it('needs the IDs that its plan requires, and trims nothing else', async () => {
		const thing: Item = {
			plan: changing({ requiredIds: ['clientId'] }),
			request: { method: 'POST', body: { clientId: ` ${ID} `, note: ' x ' } },
		};
		const { sent } = await carryOut({ ...thing, parameters: { clientId: ` ${ID} ` } });
		expect(sent[0].body).toEqual({ clientId: ID, note: ' x ' });
	});

	it('trims a required ID in the query', async () => {
		const { sent } = await carryOut({
			plan: { kind: 'list', requiredIds: ['clientId', 'documentId'] },
			request: { qs: { clientId: ` ${ID} `, documentId: 5 } },
			parameters: { clientId: ID, documentId: '5' },
			answers: [ok({ items: [], totalItems: 0 })],
		});
		expect(sent[0].qs).toEqual({ clientId: ID, documentId: 5, page: 1, pageSize: 50 });
	});
});

/** A list with one filter. */
const TIME_FILTER: Item = {
	plan: { kind: 'list' },
	properties: [
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			default: {},
			options: [
				{
					displayName: 'Created After',
					name: 'createdAfter',
					type: 'dateTime',
					default: '',
					routing: inQuery('createdAfter'),
				},
			],
		},
	],
};

describe('nothing is sent for an item that cannot be carried out', () => {
	const polling = { object: 'thing', getPath: '/things/:thingId', final: ['complete'] };
	const settlement = { ...polling, pastParticiple: 'done', notYet: [], tooLate: [] };
	const options = { waitForOutcome: true };
	it.each<[string, Item, string]>([
		[
			'an ID in the path is empty',
			{ request: { url: '/things/:thingId' } },
			"The 'Thing' parameter is empty",
		],
		[
			'a required ID is empty',
			{
				plan: changing({ requiredIds: ['clientId'] }),
				request: { method: 'POST', body: { a: 1 } },
			},
			"The 'Client' parameter is empty",
		],
		[
			'one of two required IDs is empty',
			{
				plan: { kind: 'list', requiredIds: ['clientId', 'documentId'] },
				parameters: { clientId: ID },
			},
			"The 'Document' parameter is empty",
		],
		[
			'the object could not be waited for afterwards',
			{ plan: changing({ polling }), request: { method: 'POST' }, parameters: { options } },
			"The 'Thing' parameter is empty",
		],
		[
			'the object could not be looked at in doubt',
			{ plan: changing({ inDoubt: settlement }), request: { method: 'POST' } },
			"The 'Thing' parameter is empty",
		],
		[
			'the object could not be looked at after its deletion',
			{
				plan: { kind: 'delete', object: 'thing', idFrom: 'clientId', getPath: '/things/:thingId' },
				request: { method: 'DELETE' },
				parameters: { clientId: ID },
			},
			"The 'Thing' parameter is empty",
		],
		[
			'the limit is no number',
			{ plan: { kind: 'list' }, parameters: { limit: 'many' } },
			"The 'Limit' parameter is not a number of at least 1",
		],
		[
			'the limit is below 1',
			{ plan: { kind: 'list' }, parameters: { limit: 0.9 } },
			"The 'Limit' parameter is not a number of at least 1",
		],
		[
			'a time filter is no time',
			{ ...TIME_FILTER, request: { qs: { createdAfter: 'soon' } } },
			"The 'Created After' filter is not a date and time",
		],
		[
			'a filter is an expression that gives nothing',
			{
				...TIME_FILTER,
				request: { qs: { createdAfter: '' } },
				parameters: { filters: { createdAfter: '={{ $json.since }}' } },
			},
			"The 'Created After' filter is empty",
		],
		[
			"'Max Wait' is no number of minutes",
			{
				plan: { kind: 'read', polling },
				parameters: { thingId: ID, options: { ...options, maxWait: 0 } },
			},
			"The 'Max Wait' option is not a number of minutes above 0",
		],
		[
			"'Output' is none of its words",
			{ plan: { kind: 'read', simplified: ['id'] }, parameters: { output: 'everything' } },
			"The 'Output' parameter is none of raw, simplified and selected",
		],
		[
			'a step refuses the body',
			{ plan: changing({ body: [() => new Failure('No')] }), request: { method: 'POST' } },
			'No',
		],
		[
			'an update changes nothing',
			{ plan: changing({ keepsEmptyFields: true }), request: { method: 'POST' } },
			'There is nothing to change',
		],
		[
			'there is no file to send',
			{ plan: changing({ upload: { types: ['image/png'] } }), request: { method: 'POST' } },
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
		const item: Item = { plan: { kind: 'list' }, parameters, answers: things(1_500) };
		const { outputs } = await carryOut(item, 2);
		expect(outputs).toHaveLength(count);
		expect(outputs[0]).toEqual({ json: { id: '0', status: 'new' }, pairedItem: { item: 1 } });
	});

	it("is filtered by times in the workflow's time zone", async () => {
		const { sent } = await carryOut({
			...TIME_FILTER,
			request: { qs: { createdAfter: '2026-01-31T09:00:00' } },
			answers: things(0),
		});
		expect(sent[0].qs).toMatchObject({ createdAfter: '2026-01-31T14:00:00.000Z' });
	});

	it('keeps the chosen fields of each object', async () => {
		const { json } = await carryOut({
			plan: { kind: 'list', simplified: ['status'] },
			parameters: { output: 'simplified', limit: 2 },
			answers: things(9),
		});
		expect(json).toEqual([{ status: 'new' }, { status: 'new' }]);
	});

	it('fails as a whole', async () => {
		const { error, json } = await carryOut({ plan: { kind: 'list' }, answers: [BROKEN] });
		expect(error?.httpCode).toBe('500');
		expect(json).toEqual([]);
	});

	it('of one object is asked for nothing that only lists have', async () => {
		const { sent, parametersRead } = await carryOut({
			request: { qs: { createdAfter: 'as it is' } },
		});
		expect(sent[0].qs).toEqual({ createdAfter: 'as it is' });
		expect(parametersRead).not.toContain('limit');
		expect(parametersRead).not.toContain('filters');
	});
});

describe('what a reply leaves out', () => {
	it('is the ID, which goes first, unless the reply has its own', async () => {
		const item: Item = {
			plan: { kind: 'read', idFrom: 'thingId' },
			parameters: { thingId: ` ${ID} ` },
		};
		const without = await carryOut({ ...item, answers: [ok({ status: 'new' })] });
		expect(without.json).toEqual([{ id: ID, status: 'new' }]);
		expect(Object.keys(without.json[0])).toEqual(['id', 'status']);
		expect((await carryOut({ ...item, answers: [ok({ id: 'own' })] })).json[0].id).toBe('own');
	});

	it('is what was done', async () => {
		const { json } = await carryOut({
			plan: changing({ addToReply: { redacted: true } }),
			request: { method: 'POST' },
			answers: [ok({ id: ID, redacted: 'perhaps' })],
		});
		expect(json).toEqual([{ id: ID, redacted: true }]);
	});

	it('is shaped like the rest', async () => {
		const { json } = await carryOut({
			plan: { kind: 'read', idFrom: 'thingId', simplified: ['status', 'id'] },
			parameters: { thingId: ID, output: 'simplified' },
			answers: [ok({ status: 'new', tasks: [] })],
		});
		expect(json).toEqual([{ status: 'new', id: ID }]);
	});
});

describe('a POST in doubt', () => {
	const inDoubt = {
		object: 'session',
		pastParticiple: 'completed',
		getPath: '/things/:thingId',
		notYet: ['started'],
		tooLate: ['cancelled'],
	};
	const complete: Item = {
		plan: changing({ idFrom: 'thingId', inDoubt }),
		request: { method: 'POST', url: '/things/:thingId/complete' },
		parameters: { thingId: ID },
	};
	const POST = `POST /things/${ID}/complete`;
	const LOOK = `GET /things/${ID}`;

	it.each([BROKEN, DROPPED])('is sent once, and says what to do: %#', async (answer) => {
		const { error, calls } = await carryOut({
			request: { method: 'POST' },
			answers: [answer],
		});
		expect(calls).toEqual(['POST /things']);
		expect(error?.description).toBe('Look at the list first.');
	});

	it('that was certainly refused says nothing of doubt, and is not looked for', async () => {
		const { error, calls } = await carryOut({ ...complete, answers: [GONE] });
		expect(calls).toEqual([POST]);
		expect(error?.message).toBe('Invalid client id');
		const plain = await carryOut({
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
		plan: { kind: 'delete', idFrom: 'thingId', object: 'thing', getPath: '/things/:thingId' },
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
			plan: { kind: 'delete', idFrom: 'thingId', object: 'thing' },
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
	const polling = { object: 'thing', getPath: '/things/:thingId', final: ['complete'] };
	const options = { waitForOutcome: true };
	const DONE = ok({ id: ID, status: 'complete', outcome: 'clear' });

	it('happens only if the user asks for it', async () => {
		const { calls } = await carryOut({
			plan: { kind: 'read', polling },
			parameters: { thingId: ID, options: { maxWait: 5 } },
		});
		expect(calls).toEqual(['GET /things']);
	});

	it('ends at once with a whole object that is final', async () => {
		const { calls, json } = await carryOut({
			plan: { kind: 'read', polling },
			parameters: { thingId: ID, options },
			answers: [DONE],
		});
		expect(calls).toEqual(['GET /things']);
		expect(json).toEqual([DONE.body]);
	});

	it('goes on after a mere reply, even if that says that it is over', async () => {
		const { calls, json } = await carryOut({
			plan: changing({ polling, idFrom: 'thingId' }),
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
			plan: { kind: 'read', polling },
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
			plan: { kind: 'download', fileName: 'report/client/:clientId' },
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
		const { error } = await carryOut({ plan: { kind: 'download', fileName: 'report' } });
		expect(error?.message).toBe("There was no file in ComplyCube's answer");
	});

	it('of the item goes into the body, beside its fields', async () => {
		const { sent } = await carryOut({
			plan: changing({ upload: { types: ['application/pdf'], fileName: ':side' } }),
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
	const refused: Item = { request: { method: 'POST' }, answers: [REFUSED] };
	const carriedOut: Item = { request: { method: 'POST' }, answers: [ok({ id: ID })] };

	it('alone stops the node with the whole story', async () => {
		const { error } = await carryOut(refused);
		expect(error).toMatchObject({
			message: 'No such type',
			httpCode: '400',
			description: expect.stringContaining("names the field 'type'"),
		});
		expect(error?.description).not.toContain('other item');
		expect(error?.context).not.toHaveProperty('itemIndex');
	});

	it('among others says which it is, and what became of them: nothing more is sent', async () => {
		const results = await carryOutAll([carriedOut, refused, carriedOut]);
		expect(results.map(({ calls }) => calls.length)).toEqual([1, 1, 0]);
		const { error } = results[1];
		expect(error?.message).toBe('No such type [item 1]');
		expect(error?.description).toMatch(
			/^ComplyCube names the field 'type'\. .* 1 other item of this run was carried out \(item 0\); 1 was not sent\. /,
		);
		expect(error?.context.itemIndex).toBe(1);
		expect(results[2].error?.message).toMatch(/^This item was not sent, because another one had/);
	});

	it('is sent only once the item before it is through, if a failure stops the node', async () => {
		let before = 0;
		const [first, second] = await carryOutAll([
			{
				...refused,
				answers: () => {
					before++;
					return ok({}, 429);
				},
			},
			carriedOut,
		]);
		expect(before).toBeGreaterThan(1);
		expect(first.error?.httpCode).toBe('429');
		expect(second.calls).toEqual([]);
	});

	it('stops no other item, if the node continues', async () => {
		const onError = 'continueRegularOutput';
		const items = [carriedOut, refused, carriedOut].map((item) => ({ ...item, onError }) as Item);
		const results = await carryOutAll(items);
		expect(results.map(({ calls }) => calls.length)).toEqual([1, 1, 1]);
		expect(results.map(({ json }) => json[0].error)).toEqual([
			undefined,
			'No such type',
			undefined,
		]);
	});

	it('among others that were only read does not tell of them, and all are sent', async () => {
		const results = await carryOutAll([{ answers: [REFUSED] }, { answers: [ok({ id: ID })] }]);
		expect(results.map(({ calls }) => calls.length)).toEqual([1, 1]);
		expect(results[0].error?.message).toBe('No such type [item 0]');
		expect(results[0].error?.description).not.toContain('other item');
		expect(results[1].json).toEqual([{ id: ID }]);
	});

	it('is an item with all that is known, paired to its input', async () => {
		const { outputs } = await carryOut({ ...refused, onError: 'continueRegularOutput' }, 3);
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
		const { outputs } = await carryOut({ ...refused, onError }, 5);
		expect(outputs).toEqual([
			{
				json: { error: 'No such type', message: expect.stringMatching(/^400: ComplyCube names/) },
				pairedItem: { item: 4 },
			},
		]);
		const silent = await carryOut({
			...refused,
			plan: changing({ body: [() => new Failure('No')] }),
			onError,
		});
		expect(silent.json).toEqual([{ error: 'No' }]);
	});

	it('of what n8n throws on the way is still paired', async () => {
		const credential = async () => {
			throw Object.assign(new Error('No key'), { description: 'Ask your admin.' });
		};
		const item: Item = { credential, onError: 'continueRegularOutput' };
		const { outputs, sent } = await carryOut(item, 2);
		expect(outputs).toEqual([
			{
				json: { error: 'No key', details: { description: 'Ask your admin.', itemIndex: 1 } },
				pairedItem: { item: 1 },
			},
		]);
		expect(sent).toEqual([]);
	});
});
