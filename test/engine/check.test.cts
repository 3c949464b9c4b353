import type { IDataObject } from 'n8n-workflow';
import { byId, ResourceCalls } from './resourceCalls.cts';

const ID = '5eb2b61e02df0a0008f1cf2a';
const CLIENT = '5eb1276d96be4a0008713af5';

let calls: ResourceCalls;
beforeAll(async () => {
	calls = await ResourceCalls.start('check');
});
beforeEach(() => calls.simulator.reset());
afterAll(async () => await calls.simulator.close());

const run = async (operation: string, parameters: IDataObject = {}, more = {}) =>
	await calls.run({ operation, parameters: { checkId: byId(ID), ...parameters }, ...more });
const seedClient = (lastName = 'Example') =>
	calls.simulator.clients.seed({ personDetails: { firstName: 'Ada', lastName } })[0].id;
const seedDocument = (clientId: string) => calls.simulator.documents.seed({ clientId })[0].id;

describe('the exact request of', () => {
	const REPLY = { id: ID, clientId: CLIENT, status: 'new in 2027', futureField: [1] };
	const expectRequest = async (operation: string, parameters: IDataObject, request: object) => {
		calls.answerWith(REPLY);
		const { items, error } = await run(operation, parameters);
		expect(error).toBeUndefined();
		expect(calls.sent()).toEqual([request]);
		return items[0].json;
	};
	const create = async (parameters: IDataObject, body: IDataObject) => {
		const json = await expectRequest(
			'create',
			{ clientId: byId(` ${CLIENT} `), ...parameters },
			{ method: 'POST', path: '/checks', body: { clientId: CLIENT, ...body } },
		);
		expect(json).toEqual(REPLY);
	};
	const picked = (value: string) => ({ __rl: true, mode: 'list', value, cachedResultName: 'One' });
	const ids: Record<string, unknown> = {
		documentId: byId(' d1 '),
		addressId: picked('a1'),
		livePhotoId: byId(' p1 '),
		// As a workflow has it that was saved when this was a field for text
		liveVideoId: ' v1 ',
	};

	it.each([
		['standard_screening_check', {}],
		['extensive_screening_check', {}],
		['document_check', { documentId: 'd1' }],
		['identity_check', { documentId: 'd1', livePhotoId: 'p1' }],
		['enhanced_identity_check', { documentId: 'd1', liveVideoId: 'v1' }],
		['proof_of_address_check', { documentId: 'd1' }],
		['driving_license_check', { documentId: 'd1' }],
		['multi_bureau_check', { addressId: 'a1' }],
		['identity_fraud_check', { addressId: 'a1' }],
		['age_estimation_check', { livePhotoId: 'p1' }],
		['face_authentication_check', { livePhotoId: 'p1' }],
		['ssn_check', {}],
		['email_intelligence_check', {}],
		['mobile_intelligence_check', {}],
	])('Create: %s', async (type, needed) => {
		// IDs that a type does not need stay in the parameters after the type was changed
		await create({ type, ...ids }, { type, ...needed });
	});

	it('Create, with every field of a screening', async () => {
		await create(
			{
				type: 'extensive_screening_check',
				checkOptions: {
					clientConsent: true,
					enableMonitoring: false,
					screeningClassification: ['pepLevel1', 'watchlistTerror'],
					screeningListsScope: '{ "lists": ["A list"] }',
					screeningNameSearchMode: 'precise',
				},
			},
			{
				type: 'extensive_screening_check',
				clientConsent: true,
				enableMonitoring: false,
				options: {
					screeningClassification: ['pepLevel1', 'watchlistTerror'],
					screeningListsScope: { lists: ['A list'] },
					screeningNameSearchMode: 'precise',
				},
			},
		);
	});

	it.each([
		[
			'document_check',
			{
				analysisCoverage: ['mrz_analysis'],
				clientDataValidation: false,
				minimumPermittedAge: 21,
			},
		],
		['multi_bureau_check', { twoPlusTwo: true }],
	])('Create, with every option of %s and none of other types', async (type, options) => {
		const others = {
			enableMonitoring: true,
			screeningNameSearchMode: 'fuzzy',
			minimumPermittedAge: 18,
			twoPlusTwo: false,
			analysisCoverage: ['format_analysis'],
			clientDataValidation: true,
		};
		calls.answerWith(REPLY);
		await run('create', {
			clientId: byId(CLIENT),
			type,
			...ids,
			checkOptions: { ...others, ...options },
		});
		expect(calls.sent()[0].body).toMatchObject({ type, options });
		expect((calls.sent()[0].body as IDataObject).options).toEqual(options);
		expect(calls.sent()[0].body).not.toHaveProperty('enableMonitoring');
	});

	it('Create, without empty fields', async () => {
		await create(
			{
				type: 'standard_screening_check',
				checkOptions: { screeningClassification: [], screeningListsScope: '' },
			},
			{ type: 'standard_screening_check' },
		);
	});

	it('Create, with IDs and lists from expressions', async () => {
		calls.answerWith(REPLY);
		const { error } = await calls.run({
			operation: 'create',
			parameters: {
				clientId: byId('={{ $json.client }}'),
				type: 'standard_screening_check',
				checkOptions: {
					screeningClassification: '={{ $json.classes }}',
					screeningListsScope: '={{ $json.scope }}',
				},
			},
			input: [
				{
					client: CLIENT,
					classes: 'pepLevel1, pepLevel2',
					scope: { lists: ['A'] },
				},
			],
		});
		expect(error).toBeUndefined();
		expect(calls.sent()[0].body).toEqual({
			clientId: CLIENT,
			type: 'standard_screening_check',
			options: {
				screeningClassification: ['pepLevel1', 'pepLevel2'],
				screeningListsScope: { lists: ['A'] },
			},
		});
	});

	it('Get', async () => {
		const request = { method: 'GET', path: `/checks/${ID}` };
		expect(await expectRequest('get', {}, request)).toEqual(REPLY);
	});

	it('Get Many, with every filter', async () => {
		calls.answerWith({ page: 1, pageSize: 50, totalItems: 0, pages: 0, items: [] });
		const ofObjects = {
			clientId: 'c1',
			documentId: 'd1',
			addressId: 'a1',
			livePhotoId: 'p1',
			liveVideoId: 'v1',
			type: 'identity_check',
			status: 'complete',
		};
		const { items, status } = await run('getAll', {
			checkFilters: {
				...ofObjects,
				outcome: 'match_confirmed',
				createdAfter: '2026-01-31T09:00:00Z',
				updatedBefore: '',
			},
		});
		expect([status, items]).toEqual(['success', []]);
		expect(calls.sent()).toEqual([
			{
				method: 'GET',
				path: '/checks',
				query: {
					...ofObjects,
					'result.outcome': 'match_confirmed',
					createdAfter: '2026-01-31T09:00:00.000Z',
					page: '1',
					pageSize: '50',
				},
			},
		]);
	});

	it.each([true, false])('Update: %p', async (enableMonitoring) => {
		const request = { method: 'POST', path: `/checks/${ID}`, body: { enableMonitoring } };
		expect(await expectRequest('update', { enableMonitoring }, request)).toEqual(REPLY);
	});

	it('Validate, with every field', async () => {
		calls.answerWith({ outcome: 'rejected' });
		const { items } = await run('validate', {
			outcome: 'rejected',
			matchId: 'm1',
			validationFields: {
				comment: 'x'.repeat(4000),
				rejectionReasons: ['document_misread'],
				userSuppliedData: '{ "lastName": "Doe" }',
			},
		});
		expect(calls.sent()).toEqual([
			{
				method: 'POST',
				path: `/checks/${ID}/validate`,
				body: {
					outcome: 'rejected',
					comment: 'x'.repeat(4000),
					matchId: 'm1',
					rejectionReasons: ['document_misread'],
					userSuppliedData: { lastName: 'Doe' },
				},
			},
		]);
		expect(items).toEqual([{ json: { id: ID, outcome: 'rejected' }, pairedItem: { item: 0 } }]);
	});

	it('Validate, without empty fields', async () => {
		const validationFields = { comment: '', rejectionReasons: [] };
		await expectRequest(
			'validate',
			{ outcome: 'confirmed', matchId: '', validationFields },
			{ method: 'POST', path: `/checks/${ID}/validate`, body: { outcome: 'confirmed' } },
		);
	});

	it('Redact', async () => {
		const attributes = ['dob', 'mrz'];
		const body = { attributes, images: ['face'] };
		const request = { method: 'POST', path: `/checks/${ID}/redact`, body };
		const json = await expectRequest('redact', { attributes, images: ['face'] }, request);
		expect(json).toEqual({ ...REPLY, redacted: true });
	});

	it('Redact, with text from an expression', async () => {
		const request = {
			method: 'POST',
			path: `/checks/${ID}/redact`,
			body: { attributes: ['dob', 'mrz'] },
		};
		await expectRequest('redact', { attributes: '={{ "dob, mrz" }}' }, request);
	});
});

describe('nothing is sent', () => {
	const expectRefusal = async (operation: string, parameters: IDataObject, words: string) => {
		const { items } = await run(operation, parameters, { onError: 'continueRegularOutput' });
		expect(items).toEqual([
			{
				json: { error: expect.stringContaining(words), details: expect.anything() },
				pairedItem: { item: 0 },
			},
		]);
		expect(calls.sent()).toEqual([]);
	};
	const NOTHING = '={{ $json.nothing }}';

	it.each([
		['document_check', 'documentId', byId(NOTHING), "'Document'"],
		['document_check', 'documentId', byId('={{ "a/b" }}'), "'Document'"],
		['multi_bureau_check', 'addressId', NOTHING, "'Address'"],
		['age_estimation_check', 'livePhotoId', NOTHING, "'Live Photo'"],
	])('for %s without %s', async (type, name, value, words) => {
		await expectRefusal('create', { clientId: byId(CLIENT), type, [name]: value }, words);
	});

	it.each([
		['create', { clientId: byId(NOTHING) }, "'Client'"],
		['get', { checkId: byId(NOTHING) }, "'Check'"],
		['update', { checkId: byId('={{ "../clients/x" }}') }, "'Check'"],
		['validate', { checkId: byId(NOTHING), outcome: 'confirmed' }, "'Check'"],
		['redact', { checkId: byId(NOTHING), images: ['all'] }, "'Check'"],
		['redact', {}, "'Attributes' and 'Images'"],
		['redact', { attributes: `={{ " , " }}` }, "'Attributes' and 'Images'"],
		[
			'validate',
			{ outcome: 'confirmed', validationFields: { comment: 'x'.repeat(4001) } },
			"'Comment'",
		],
		[
			'validate',
			{ outcome: 'confirmed', validationFields: { userSuppliedData: '[1]' } },
			"'User Supplied Data (JSON)'",
		],
		[
			'create',
			{ clientId: byId(CLIENT), checkOptions: { screeningListsScope: '{' } },
			"'Screening Scope (JSON)'",
		],
	])('for %s with %j', async (operation, parameters, words) => {
		await expectRefusal(operation, parameters, words);
	});
});

describe('a lost answer', () => {
	it.each([
		['create', { clientId: byId(CLIENT) }, ['charged', "'Client' and 'Type'"]],
		['update', {}, ['safe to run this item again']],
		['validate', { outcome: 'confirmed' }, ['Use Get to see its outcome']],
		['redact', { images: ['all'] }, ['safe to run this item again']],
	])(
		'of %s is reported with advice, and nothing is repeated',
		async (operation, parameters, words) => {
			calls.simulator.faults.add({ kind: 'dropAfter' });
			const { error } = await run(operation, parameters as IDataObject);
			for (const word of words) expect(error?.description).toContain(word);
			expect(calls.sent()).toHaveLength(1);
		},
	);
});

describe('the life of a check', () => {
	const waiting = { options: { waitForOutcome: true } };

	it('leads to an outcome, which is validated', async () => {
		const clientId = seedClient('attention');
		const { items: created } = await run('create', { clientId: byId(clientId) });
		const { id } = created[0].json as { id: string };
		const checkId = byId(id);

		const { items: seen } = await run('get', { checkId, ...waiting });
		expect(seen[0].json).toMatchObject({ status: 'complete', result: { outcome: 'attention' } });
		const { result } = seen[0].json as {
			result: { breakdown: { matches: Array<{ id: string }> } };
		};
		const matchId = result.breakdown.matches[0].id;

		const parameters = { checkId, outcome: 'rejected', matchId };
		const { items: validated } = await run('validate', parameters);
		expect(validated[0].json).toEqual({ id, outcome: 'rejected' });
		const { items: listed } = await run('getAll', { checkFilters: { outcome: 'clear', clientId } });
		expect(listed.map(({ json }) => json.id)).toEqual([id]);

		const { items: updated } = await run('update', { checkId, enableMonitoring: true });
		expect(updated[0].json).toMatchObject({ id, enableMonitoring: true });
	});

	it.each(['empty', 'object'] as const)(
		'ends with a redaction, whatever the reply: %s',
		async (redactReply) => {
			calls.simulator.settings.redactReply = redactReply;
			const clientId = seedClient();
			const [{ id }] = calls.simulator.checks.seed({ clientId, type: 'document_check' });
			const { items } = await run('redact', { checkId: byId(id), attributes: ['documentNumber'] });
			expect(items[0].json).toMatchObject({ id, redacted: true });
			const { items: seen } = await run('get', { checkId: byId(id) });
			expect(JSON.stringify(seen[0].json)).not.toContain('documentNumber');
		},
	);

	it('starts only if the document has images', async () => {
		const clientId = seedClient();
		const { error } = await run('create', {
			clientId: byId(clientId),
			type: 'document_check',
			documentId: byId(seedDocument(clientId)),
		});
		expect(error?.httpCode).toMatch(/^4/);
	});

	it('is waited for until it completes', async () => {
		calls.simulator.settings.processingMs = 1_000;
		const clientId = seedClient();
		const { items: created } = await run('create', { clientId: byId(clientId) });
		expect(created[0].json.status).toBe('pending');
		const { items } = await run('get', { checkId: byId(created[0].json.id), ...waiting });
		expect(items[0].json).toMatchObject({ status: 'complete', result: { outcome: 'clear' } });
		expect(calls.sent().length).toBeGreaterThan(2);
	});

	it('is not waited for once it has failed', async () => {
		const [{ id }] = calls.simulator.checks.seed({ status: 'failed' });
		const { items } = await run('get', { checkId: byId(id), ...waiting });
		expect(items[0].json).toMatchObject({ id, status: 'failed' });
		expect(calls.sent()).toHaveLength(1);
	});

	it('reports the status when the time is up', async () => {
		calls.simulator.settings.processingMs = 3_600_000;
		const [{ id }] = calls.simulator.checks.seed({ status: 'pending' });
		const options = { waitForOutcome: true, maxWait: 0.01 };
		const { error } = await run('get', { checkId: byId(id), options });
		expect(error?.message).toContain("The check is still 'pending'");
	});

	it.each(['get', 'getAll'])('Output of %s: simplified, selected', async (operation) => {
		const [{ id }] = calls.simulator.checks.seed({ clientId: seedClient() });
		const shape = async (parameters: IDataObject) =>
			Object.keys((await run(operation, { checkId: byId(id), ...parameters })).items[0].json);
		const simplified = await shape({ output: 'simplified' });
		expect(simplified).toEqual(expect.arrayContaining(['id', 'type', 'status', 'result']));
		expect(simplified.length).toBeLessThanOrEqual(10);
		expect(await shape({ output: 'selected', fields: ['status', 'type'] })).toEqual([
			'id',
			'status',
			'type',
		]);
	});
});

describe('pairing', () => {
	it('of checks of several clients, a refused one too', async () => {
		const clients = [seedClient(), 'nobody', seedClient()];
		const { items } = await calls.run({
			operation: 'create',
			parameters: { clientId: byId('={{ $json.client }}') },
			input: clients.map((client) => ({ client })),
			onError: 'continueRegularOutput',
		});
		expect(items.map(({ json, pairedItem }) => [json.clientId, pairedItem])).toEqual([
			[clients[0], { item: 0 }],
			[undefined, { item: 1 }],
			[clients[2], { item: 2 }],
		]);
		expect(items[1].json.error).toContain("'nobody'");
	});

	it('of lists', async () => {
		const clients = [seedClient(), seedClient()];
		for (const clientId of clients) calls.simulator.checks.seed({ count: 2, clientId });
		const { items } = await calls.run({
			operation: 'getAll',
			parameters: { checkFilters: { clientId: '={{ $json.client }}' } },
			input: clients.map((client) => ({ client })),
		});
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(
			[0, 0, 1, 1].map((item) => ({ item })),
		);
	});
});
