import { randomUUID } from 'node:crypto';
import {
	NodeApiError,
	NodeOperationError,
	type IDataObject,
	type IHookFunctions,
	type IHttpRequestOptions,
	type INode,
} from 'n8n-workflow';
import { triggerName } from '../../nodes/ComplyCube/trigger/context';
import { keyFingerprint } from '../../nodes/ComplyCube/trigger/keyFingerprint';
import {
	adviceInMessage,
	isRegistered,
	register,
	unregister,
} from '../../nodes/ComplyCube/trigger/lifecycle';
import { storedRegistration } from '../../nodes/ComplyCube/trigger/storedRegistration';

beforeEach(() => jest.useFakeTimers({ now: Date.parse('2026-01-01T00:00:00Z') }));
afterEach(() => jest.useRealTimers());

const HERE = 'https://n8n.example.com/webhook/1';
const ELSEWHERE = 'https://other.example.com/webhook/1';
const COMPLETED = 'workflow.session.completed';
const LATER = 'Publish the workflow again in a few minutes.';

const reply = (statusCode: number, body: unknown = {}) => ({ statusCode, headers: {}, body });
const DROPPED = Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
const GONE = reply(404, { type: 'resource_not_found', message: 'Invalid webhook id' });

type Webhook = IDataObject & { id: string };

const webhook = (id: string, changes: IDataObject = {}): Webhook => ({
	id,
	url: HERE,
	enabled: true,
	events: [COMPLETED],
	description: 'x',
	...changes,
});

/** An account of ComplyCube with webhooks, and a trigger of n8n that may have one of them. */
class Account {
	readonly calls: string[] = [];
	readonly bodies: unknown[] = [];
	readonly warnings: Array<[string, IDataObject]> = [];
	/** Answers in ComplyCube's place, by method and path; an Error is thrown */
	readonly answers: Record<string, unknown> = {};
	staticData: IDataObject = {};
	url: string | undefined = HERE;
	baseUrl = '';
	events: unknown = [COMPLETED];
	mode = 'trigger';
	name = 'Onboarding';

	private readonly apiKey = `test_${randomUUID()}`;
	private readonly workflowId = randomUUID();

	constructor(public webhooks: Webhook[] = []) {}

	/** n8n stores that the trigger has this webhook. */
	with(id: string, more: IDataObject = {}): this {
		this.staticData = { webhookId: id, webhookSecret: 'secret', createdAt: 5, ...more };
		return this;
	}

	get ids() {
		return this.webhooks.map(({ id }) => id);
	}

	get hook(): IHookFunctions {
		return {
			getWorkflowStaticData: () => this.staticData,
			getNodeWebhookUrl: () => this.url,
			getCredentials: async () => ({
				apiKey: this.apiKey,
				baseUrl: this.baseUrl,
				requestsPerSecond: 1e6,
			}),
			getNode: () => ({ id: 'node', name: 'ComplyCube Trigger' }) as INode,
			getWorkflow: () => ({ id: this.workflowId, name: this.name }),
			getMode: () => this.mode,
			getNodeParameter: (name: string, fallback: unknown) =>
				name === 'events' ? this.events : fallback,
			logger: { warn: (text: string, more: IDataObject) => this.warnings.push([text, more]) },
			helpers: {
				httpRequestWithAuthentication: async (_type: string, options: IHttpRequestOptions) =>
					this.answer(options),
			},
		} as unknown as IHookFunctions;
	}

	private answer({ method, url, body, qs }: IHttpRequestOptions): unknown {
		const path = url.replace(/^.*\/v1|^http:\/\/localhost:\d+/, '');
		const call = `${method} ${path}`;
		this.calls.push(call);
		if (method === 'POST') this.bodies.push(body);
		if (this.calls.length > 100) throw new Error('A loop without an end');
		const id = path.split('/')[2];
		const found = this.webhooks.find((each) => each.id === id);
		const answer = this.answers[call] ?? this.answers[`${method} *`];
		if (answer instanceof Error) throw answer;
		if (answer) return answer;
		if (id && !found) return GONE;
		if (method === 'DELETE') {
			this.webhooks = this.webhooks.filter((each) => each !== found);
			return reply(204, '');
		}
		if (method === 'POST') {
			const changed = { ...found, ...(body as IDataObject), id: id ?? 'created' };
			if (found) Object.assign(found, changed);
			else this.webhooks.push(changed);
			return reply(200, found ? changed : { ...changed, secret: 'new secret' });
		}
		if (found) return reply(200, found);
		const { page, pageSize } = qs as { page: number; pageSize: number };
		const items = this.webhooks.slice((page - 1) * pageSize, page * pageSize);
		return reply(200, { page, pageSize, totalItems: this.webhooks.length, pages: 1, items });
	}
}

/** Lets time go on until the work is done, and gives what it threw. */
async function endOf<T>(work: Promise<T>): Promise<{ result?: T; error?: NodeApiError }> {
	let over = false;
	const ending = work
		.then(
			(result) => ({ result }),
			(error) => ({ error }),
		)
		.finally(() => (over = true));
	for (let ms = 0; !over && ms < 120_000; ms += 250) await jest.advanceTimersByTimeAsync(250);
	return await ending;
}

const LIST = 'GET /webhooks';

describe('a trigger without a webhook', () => {
	it('has none to check, and is told to create one', async () => {
		const account = new Account([webhook('other', { url: ELSEWHERE })]);
		expect(await endOf(isRegistered(account.hook))).toEqual({ result: false });
		expect(account.calls).toEqual([LIST]);
		expect(account.ids).toEqual(['other']);
	});

	it('loses every webhook that points here and whose secret nobody knows, and no other', async () => {
		const account = new Account([
			webhook('stray1'),
			webhook('other', { url: ELSEWHERE }),
			webhook('longer', { url: `${HERE}1` }),
			webhook('stray2'),
		]);
		expect(await endOf(isRegistered(account.hook))).toEqual({ result: false });
		expect(account.ids).toEqual(['other', 'longer']);
	});

	it.each(['webhookId', 'webhookSecret'])('that only lost its %s starts anew', async (name) => {
		const account = new Account([webhook('w')]).with('w');
		delete account.staticData[name];
		expect(await endOf(isRegistered(account.hook))).toEqual({ result: false });
		expect(account.ids).toEqual([]);
		expect(account.staticData).toEqual({});
	});

	it('starts anew if ComplyCube does not know its webhook any more', async () => {
		const account = new Account().with('w', { seenEvents: ['e'] });
		expect(await endOf(isRegistered(account.hook))).toEqual({ result: false });
		expect(account.staticData).toEqual({});
	});
});

describe('a webhook that is stored', () => {
	it('and in order is left as it is, without what else points here', async () => {
		const account = new Account([
			webhook('w'),
			webhook('stray'),
			webhook('other', { url: ELSEWHERE }),
		]).with('w', { seenEvents: ['e'] });
		expect(await endOf(isRegistered(account.hook))).toEqual({ result: true });
		expect(account.calls).toEqual(['GET /webhooks/w', LIST, 'DELETE /webhooks/stray']);
		expect(account.ids).toEqual(['w', 'other']);
		expect(account.staticData).toEqual({
			webhookId: 'w',
			webhookSecret: 'secret',
			createdAt: 5,
			keyFingerprint: await keyFingerprint(account.hook),
			seenEvents: ['e'],
		});
	});

	it('is in order whatever the order of its events', async () => {
		const account = new Account([webhook('w', { events: ['b', 'a'] })]).with('w');
		account.events = ['a', 'b'];
		await endOf(isRegistered(account.hook));
		expect(account.bodies).toEqual([]);
	});

	it.each([
		[{ url: ELSEWHERE }],
		[{ enabled: false }],
		[{ enabled: undefined }],
		[{ events: ['client.created'] }],
		[{ events: [COMPLETED, 'client.created'] }],
		[{ events: undefined }],
	])('and is not as it has to be is changed: %j', async (changes) => {
		const account = new Account([webhook('w', changes)]).with('w');
		expect(await endOf(isRegistered(account.hook))).toEqual({ result: true });
		expect(account.calls.slice(0, 2)).toEqual(['GET /webhooks/w', 'POST /webhooks/w']);
		expect(account.webhooks[0]).toMatchObject({ url: HERE, enabled: true, events: [COMPLETED] });
		expect(account.staticData.webhookSecret).toBe('secret');
	});

	it('and cannot be changed is kept, by the removal as well that n8n asks for then', async () => {
		const account = new Account([webhook('w', { enabled: false })]).with('w');
		account.answers['POST /webhooks/w'] = reply(200, webhook('w', { enabled: false }));
		const { error } = await endOf(isRegistered(account.hook));
		expect(error).toBeInstanceOf(NodeApiError);
		expect(error?.message).toBe('ComplyCube did not set up the webhook as asked');
		expect(await endOf(unregister(account.hook))).toEqual({ result: true });
		expect(account.ids).toEqual(['w']);
		expect(account.staticData.webhookSecret).toBe('secret');
		// Only that one removal is left out
		await endOf(unregister(account.hook));
		expect(account.ids).toEqual([]);
	});

	it('and cannot be asked for is taken for right, and nothing is changed', async () => {
		for (const answer of [reply(500), reply(401), reply(403), reply(404, '<html>'), DROPPED]) {
			const account = new Account([webhook('w', { enabled: false })]).with('w');
			account.answers['GET /webhooks/w'] = answer;
			expect(await endOf(isRegistered(account.hook))).toEqual({ result: true });
			expect(new Set(account.calls)).toEqual(new Set(['GET /webhooks/w']));
			expect(account.warnings[0][0]).toContain('the webhook could not be checked');
			expect(account.staticData.webhookSecret).toBe('secret');
		}
	});

	it('and checked once is removed when the workflow is unpublished', async () => {
		const account = new Account([webhook('w')]).with('w');
		await endOf(isRegistered(account.hook));
		await endOf(unregister(account.hook));
		expect(account.ids).toEqual([]);
	});

	it('is in order even if what else points here cannot be removed', async () => {
		const account = new Account([webhook('w'), webhook('stray')]).with('w');
		account.answers['DELETE /webhooks/stray'] = reply(403);
		expect(await endOf(isRegistered(account.hook))).toEqual({ result: true });
	});

	it('with an ID that is none reaches nothing else', async () => {
		const account = new Account([webhook('w')]).with('../clients/1');
		const { error } = await endOf(isRegistered(account.hook));
		expect(error?.message).toContain('is not a valid ID');
		expect(account.calls).toEqual([]);
	});
});

describe('a new webhook', () => {
	it('is asked for once, and its secret is kept', async () => {
		const account = new Account();
		expect(await endOf(register(account.hook))).toEqual({ result: true });
		expect(account.calls).toEqual(['POST /webhooks']);
		expect(account.bodies).toEqual([
			{
				url: HERE,
				enabled: true,
				events: [COMPLETED],
				description: expect.stringMatching(
					/^n8n workflow "Onboarding" \(.+\), node "ComplyCube Trigger"$/,
				),
			},
		]);
		expect(account.staticData).toEqual({
			webhookId: 'created',
			webhookSecret: 'new secret',
			createdAt: expect.any(Number),
			keyFingerprint: await keyFingerprint(account.hook),
		});
	});

	it('for a test says so', async () => {
		const account = new Account();
		account.mode = 'manual';
		await endOf(register(account.hook));
		expect(account.bodies).toEqual([
			expect.objectContaining({ description: expect.stringMatching(/^n8n test of workflow /) }),
		]);
	});

	it('has a description of 200 characters at most, and no half of one', async () => {
		for (const lead of ['', 'x']) {
			const account = new Account();
			account.name = lead + '😀'.repeat(200);
			await endOf(register(account.hook));
			const [{ description }] = account.bodies as Array<{ description: string }>;
			expect(description.length).toBeGreaterThanOrEqual(199);
			expect(description.length).toBeLessThanOrEqual(200);
			expect(description).toMatch(/^n8n workflow "x?😀+$/u);
		}
	});

	it('subscribes to nothing twice', async () => {
		const account = new Account();
		account.events = 'check.completed, check.completed.clear, client.created';
		await endOf(register(account.hook));
		expect(account.webhooks[0].events).toEqual(['check.completed', 'client.created']);
	});

	it.each([reply(500), reply(503), DROPPED])(
		'in doubt is not asked for again, but removed: %#',
		async (answer) => {
			const account = new Account([webhook('unknown'), webhook('other', { url: ELSEWHERE })]);
			account.answers['POST /webhooks'] = answer;
			const { error } = await endOf(register(account.hook));
			expect(account.calls).toEqual(['POST /webhooks', LIST, 'DELETE /webhooks/unknown']);
			expect(account.ids).toEqual(['other']);
			expect(error?.description).toMatch(new RegExp(`^${LATER}`));
			expect(account.staticData).toEqual({});
		},
	);

	it('in doubt that cannot be looked for is told all the same', async () => {
		const account = new Account();
		Object.assign(account.answers, { 'POST /webhooks': reply(500), [LIST]: reply(403) });
		const { error } = await endOf(register(account.hook));
		expect(error?.httpCode).toBe('500');
	});

	it.each([
		['has no secret', { secret: undefined }, ['DELETE /webhooks/made']],
		['is not enabled', { enabled: false }, ['DELETE /webhooks/made']],
		['has another address', { url: ELSEWHERE }, ['DELETE /webhooks/made']],
		['has no ID', { id: undefined }, [LIST, 'DELETE /webhooks/made']],
	])('that %s is removed, and nothing is stored', async (_, changes, calls) => {
		const account = new Account([webhook('made')]);
		account.answers['POST /webhooks'] = reply(200, {
			...webhook('made'),
			secret: 's',
			...changes,
		});
		const { error } = await endOf(register(account.hook));
		expect(account.calls.slice(1)).toEqual(calls);
		expect(error?.message).toBe('ComplyCube did not set up the webhook as asked');
		expect(account.staticData).toEqual({});
	});

	describe('that is refused', () => {
		const many = (count: number) =>
			Array.from({ length: count }, (_, i) => webhook(`w${i}`, { url: ELSEWHERE }));
		const REFUSED = (status: number) => reply(status, { type: 'x', message: 'No.' });

		it.each([
			[400, 20, true],
			[403, 21, true],
			[422, 20, true],
			[422, 19, false],
			[401, 20, false],
			[402, 20, true],
		])('with %i, of %i webhooks: says so %j', async (status, count, told) => {
			const account = new Account(many(count));
			account.answers['POST /webhooks'] = REFUSED(status);
			const { error } = await endOf(register(account.hook));
			expect(error?.httpCode).toBe(`${status}`);
			expect(error?.message.startsWith(`ComplyCube allows 20 webhooks`)).toBe(told);
			if (told) expect(error?.message).toContain(`this account has ${count}`);
			expect(account.ids).toHaveLength(count);
		});

		it('is not counted for a key that is not accepted', async () => {
			const account = new Account(many(20));
			account.answers['POST /webhooks'] = REFUSED(401);
			await endOf(register(account.hook));
			expect(account.calls).toEqual(['POST /webhooks']);
		});

		it('gives the reason even if the webhooks cannot be counted', async () => {
			const account = new Account();
			account.answers['POST /webhooks'] = REFUSED(422);
			account.answers[LIST] = reply(403);
			const { error } = await endOf(register(account.hook));
			expect(error?.message).toBe('No.');
		});
	});
});

describe.each([
	['isRegistered', isRegistered],
	['register', register],
])('%s asks nothing of ComplyCube', (_, hook) => {
	it.each(['http://n8n.example.com', 'http://localhost:5678', '', undefined])(
		'with the address %p of n8n',
		async (url) => {
			const account = new Account([webhook('w')]).with('w');
			account.url = url;
			const { error } = await endOf(hook(account.hook));
			expect(error).toBeInstanceOf(NodeOperationError);
			expect(error?.message).toContain('ComplyCube delivers events to https addresses only');
			expect(error?.message).toContain('WEBHOOK_URL');
			expect(account.calls).toEqual([]);
			expect(account.staticData.webhookSecret).toBe('secret');
		},
	);

	it.each([[[]], [''], [' , '], [null]])('with the events %j', async (events) => {
		const account = new Account();
		account.events = events;
		const { error } = await endOf(hook(account.hook));
		expect(error).toBeInstanceOf(NodeOperationError);
		expect(error?.message).toBe("Choose at least one event in 'Trigger On'");
		expect(account.calls).toEqual([]);
	});
});

it('an address without https will do for a stand-in of ComplyCube on the same machine', async () => {
	const account = new Account();
	Object.assign(account, {
		url: 'http://localhost:5678/webhook/1',
		baseUrl: 'http://localhost:4010',
	});
	expect(await endOf(register(account.hook))).toEqual({ result: true });
});

it('gives up within the patience of n8n', async () => {
	const account = new Account().with('w');
	account.answers['GET *'] = reply(503);
	const begin = Date.now();
	await endOf(isRegistered(account.hook));
	expect(Date.now() - begin).toBeLessThanOrEqual(20_250);
});

describe('unpublishing', () => {
	it('removes the webhook, and forgets all of it', async () => {
		const account = new Account([webhook('w'), webhook('same address')]).with('w', {
			seenEvents: ['e'],
		});
		expect(await endOf(unregister(account.hook))).toEqual({ result: true });
		expect(account.calls).toEqual(['GET /webhooks/w', 'DELETE /webhooks/w']);
		expect(account.ids).toEqual(['same address']);
		expect(account.staticData).toEqual({});
		expect(account.warnings).toEqual([]);
	});

	it('without a webhook asks nothing', async () => {
		const account = new Account([webhook('w')]);
		expect(await endOf(unregister(account.hook))).toEqual({ result: true });
		expect(account.calls).toEqual([]);
	});

	it('leaves the webhook of another n8n alone, and says so', async () => {
		const account = new Account([webhook('w', { url: ELSEWHERE })]).with('w');
		expect(await endOf(unregister(account.hook))).toEqual({ result: true });
		expect(account.ids).toEqual(['w']);
		expect(account.warnings).toEqual([
			[
				expect.stringContaining('webhook w stays at ComplyCube'),
				expect.objectContaining({ reason: 'It has another address by now' }),
			],
		]);
		expect(account.staticData).toEqual({});
	});

	it('does not mind that the webhook is gone', async () => {
		for (const account of [new Account().with('w'), new Account([webhook('w')]).with('w')]) {
			account.staticData.keyFingerprint = await keyFingerprint(account.hook);
			// The second one goes between look and removal
			account.answers['DELETE /webhooks/w'] = GONE;
			expect(await endOf(unregister(account.hook))).toEqual({ result: true });
			expect(account.warnings).toEqual([]);
		}
	});

	it.each([
		['live_0123456789abcdef', 'another API key of the live environment'],
		['0123456789abcdef', 'another API key,'],
		[undefined, 'If it was registered with another one'],
	])('tells of a webhook that only another key can see: %p', async (fingerprint, words) => {
		const account = new Account().with('w', { keyFingerprint: fingerprint });
		expect(await endOf(unregister(account.hook))).toEqual({ result: true });
		expect(account.warnings).toHaveLength(1);
		expect(account.warnings[0][0]).toContain(words);
		expect(account.warnings[0][0]).toContain('DELETE /webhooks/w');
		expect(account.staticData).toEqual({});
	});

	it.each<[string, unknown]>([
		['GET /webhooks/w', reply(401)],
		['GET /webhooks/w', reply(404, '<html>')],
		['DELETE /webhooks/w', reply(500)],
		['DELETE /webhooks/w', DROPPED],
	])('goes on, and says what stays, if %s fails', async (call, answer) => {
		const account = new Account([webhook('w')]).with('w');
		account.answers[call] = answer;
		expect(await endOf(unregister(account.hook))).toEqual({ result: true });
		expect(account.warnings).toHaveLength(1);
		expect(account.warnings[0][0]).toContain('stays at ComplyCube');
		expect(account.calls.filter((each) => each.startsWith('DELETE')).length).toBeLessThanOrEqual(1);
		expect(account.staticData).toEqual({});
	});

	it('goes on if the credential cannot be used', async () => {
		const account = new Account([webhook('w')]).with('w');
		account.baseUrl = 'http://example.com';
		expect(await endOf(unregister(account.hook))).toEqual({ result: true });
		expect(account.warnings[0][1].reason).toContain("'Base URL'");
	});
});

describe('the registration whose signature counts', () => {
	it('is the one that is stored', () => {
		const { hook } = new Account().with('w');
		expect(storedRegistration(hook as never)).toMatchObject({ webhookSecret: 'secret' });
		expect(storedRegistration(new Account().hook as never)).toBeUndefined();
	});

	it('is the one made since, if n8n stored an old one over it', async () => {
		const account = new Account();
		await endOf(register(account.hook));
		account.with('old', { createdAt: 1 });
		expect(storedRegistration(account.hook as never)).toMatchObject({
			webhookSecret: 'new secret',
		});
		delete account.staticData.createdAt;
		expect(storedRegistration(account.hook as never)).toMatchObject({
			webhookSecret: 'new secret',
		});
		// Another process has made a newer one
		account.with('newer', { createdAt: Date.now() + 1 });
		expect(storedRegistration(account.hook as never)).toMatchObject({ webhookId: 'newer' });
	});

	it('is none once that was removed', async () => {
		const account = new Account();
		await endOf(register(account.hook));
		await endOf(unregister(account.hook));
		account.with('old', { createdAt: 1 });
		expect(storedRegistration(account.hook as never)).toMatchObject({ webhookId: 'old' });
	});

	it('of a test is not that of the published workflow', async () => {
		const account = new Account();
		await endOf(register(account.hook));
		const published = triggerName(account.hook);
		account.mode = 'manual';
		expect(triggerName(account.hook)).not.toBe(published);
		account.with('test', { createdAt: 1 });
		expect(storedRegistration(account.hook as never)).toMatchObject({ webhookId: 'test' });
	});
});

describe('what to do, told in the message', () => {
	const thrown = async (error: Error) =>
		(await endOf(adviceInMessage(Promise.reject(error)))).error as NodeApiError;
	const apiError = (message: string, description?: string) => {
		const error = new NodeApiError({ name: 'x' } as INode, {});
		return Object.assign(error, { message, description });
	};

	it.each(['No', 'No.'])('is one sentence after the other: %s', async (message) => {
		const error = await thrown(apiError(message, 'Try again.'));
		expect(error).toMatchObject({ message: 'No. Try again.', description: undefined });
	});

	it('changes no other error', async () => {
		expect((await thrown(apiError('No.'))).message).toBe('No.');
		const operation = new NodeOperationError({ name: 'x' } as INode, 'No', { description: 'Do.' });
		expect(await thrown(operation)).toMatchObject({ message: 'No', description: 'Do.' });
		expect(await thrown(new Error('No'))).toMatchObject({ message: 'No' });
	});

	it('is nothing for work that is done', async () => {
		expect(await adviceInMessage(Promise.resolve(true))).toBe(true);
	});
});
