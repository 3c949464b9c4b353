import { LIVE_KEY, pause, sendJson } from './client.cts';
import { sampleImage } from '../../simulator/sampleImages.cts';
import { startSimulator } from '../../simulator/server.cts';
import type { Simulator } from '../../simulator/server.cts';

let simulator: Simulator;
let clientId: string;

beforeAll(async () => {
	simulator = await startSimulator({ rateLimit: null, processingMs: 0 });
});
beforeEach(() => {
	simulator.reset();
	[{ id: clientId }] = simulator.clients.seed();
});
afterAll(() => simulator.close());

const call = (method: string, path: string, body?: unknown, key?: string) =>
	sendJson(simulator, method, path, body, key);

const create = (fields: object = {}) =>
	call('POST', '/checks', { clientId, type: 'extensive_screening_check', ...fields });
const get = async (id: string) => (await call('GET', `/checks/${id}`)).body;

/** Seeds a client whose last name decides the outcome. */
const seedClient = (lastName: string) =>
	simulator.clients.seed({ personDetails: { firstName: 'John', lastName, dob: '1990-02-03' } })[0]
		.id;

const image = (documentSide: 'front' | 'back', data = sampleImage('jpg')) => ({
	...{ id: `${documentSide}1`, fileName: 'a.jpg', documentSide, downloadLink: '', data },
	...{ contentType: 'image/jpg', size: 1, createdAt: '', updatedAt: '' },
});
const seedDocument = (fields: object = {}) =>
	simulator.documents.seed({ clientId, images: [image('front')], ...fields })[0].id;

describe('a check', () => {
	test('is pending, then complete', async () => {
		simulator.settings.processingMs = 1_000;
		const { status, body } = await create();
		expect(status).toBe(200);
		expect(body).toEqual({
			id: expect.any(String),
			clientId,
			entityName: 'Ada Example',
			type: 'extensive_screening_check',
			enableMonitoring: false,
			status: 'pending',
			createdAt: expect.any(String),
			updatedAt: body.createdAt,
		});
		expect(await get(body.id)).toEqual(body);
		await pause(1_050);
		const after = await get(body.id);
		expect(after).toMatchObject({
			status: 'complete',
			result: {
				outcome: 'clear',
				breakdown: { summary: { pep: 'clear', adverseMedia: 'clear' } },
			},
		});
		expect(Date.parse(after.updatedAt) - Date.parse(body.createdAt)).toBeGreaterThanOrEqual(149);
	});

	test('is complete early when the processing time is shortened', async () => {
		simulator.settings.processingMs = 60_000;
		const { id } = (await create()).body;
		expect(await get(id)).toMatchObject({ status: 'pending' });
		simulator.settings.processingMs = 0;
		expect(await get(id)).toMatchObject({ status: 'complete' });
	});

	test.each([
		['Example', 'clear'],
		['attention', 'attention'],
		['failed', 'not_processed'],
	])('of a client with last name %s ends %s', async (lastName, outcome) => {
		const { id } = (await create({ clientId: seedClient(lastName) })).body;
		expect(await get(id)).toMatchObject({ result: { outcome } });
	});

	test('of a live client ignores the last name, and is not visible in test mode', async () => {
		const [client] = simulator.clients.seed({
			mode: 'live',
			personDetails: { firstName: 'John', lastName: 'attention' },
		});
		const body = { clientId: client.id, type: 'standard_screening_check' };
		const { id } = (await call('POST', '/checks', body, LIVE_KEY)).body;
		await expect(call('GET', `/checks/${id}`, undefined, LIVE_KEY)).resolves.toMatchObject({
			body: { result: { outcome: 'clear' } },
		});
		await expect(call('GET', `/checks/${id}`)).resolves.toMatchObject({
			status: 404,
			body: { message: `Invalid check id '${id}'` },
		});
		await expect(call('GET', '/checks')).resolves.toMatchObject({ body: { totalItems: 0 } });
	});

	test('counts towards the quota', async () => {
		simulator.settings.quotaExceeded = true;
		await expect(create()).resolves.toMatchObject({ status: 429 });
		expect(simulator.checks.list()).toEqual([]);
	});

	test('shows a result that was set ahead only once complete', async () => {
		simulator.settings.processingMs = 60_000;
		const [{ id }] = simulator.checks.seed({ status: 'pending', result: { outcome: 'clear' } });
		expect(await get(id)).not.toHaveProperty('result');
		const filtered = () => call('GET', '/checks?result.outcome=clear');
		await expect(filtered()).resolves.toMatchObject({ body: { totalItems: 0 } });
		simulator.settings.processingMs = 0;
		expect(await get(id)).toMatchObject({ result: { outcome: 'clear' } });
		await expect(filtered()).resolves.toMatchObject({ body: { totalItems: 1 } });
	});

	test('can be filtered in lists', async () => {
		simulator.checks.seed([
			{ clientId, type: 'ssn_check' },
			{ clientId, lastName: 'attention' },
			{ status: 'pending', count: 2 },
		]);
		simulator.settings.processingMs = 60_000;
		for (const [query, totalItems] of [
			['', 4],
			[`?clientId=${clientId}`, 2],
			['?type=ssn_check', 1],
			['?status=pending', 2],
			['?result.outcome=attention', 1],
			['?entityName=Ada', 0],
		] as const) {
			await expect(call('GET', `/checks${query}`)).resolves.toMatchObject({ body: { totalItems } });
		}
	});
});

describe('creation', () => {
	test.each([
		['clientId', { clientId: undefined }],
		['type', { type: undefined }],
		['type', { type: 'vibe_check' }],
		['enableMonitoring', { enableMonitoring: 'yes' }],
		['documentId', { type: 'document_check' }],
		['documentId', { type: 'identity_check', livePhotoId: 'x' }],
		['livePhotoId', { type: 'age_estimation_check' }],
		['addressId', { type: 'multi_bureau_check' }],
		['options.screeningNameSearchMode', { options: { screeningNameSearchMode: 'vague' } }],
		['options.screeningClassification', { options: { screeningClassification: ['pepLevel9'] } }],
		['options.minimumPermittedAge', { options: { minimumPermittedAge: 'old' } }],
	])('is refused for %s: %j', async (param, fields) => {
		await expect(create(fields)).resolves.toMatchObject({
			status: 400,
			body: { type: 'invalid_request', param },
		});
	});

	test.each([
		['proof_of_address_check', 'documentId', 'document'],
		['multi_bureau_check', 'addressId', 'address'],
		['age_estimation_check', 'livePhotoId', 'live photo'],
	])("of a %s takes no %s of nobody's or another client", async (type, param, thing) => {
		const [other] = simulator.addresses.seed();
		await expect(create({ type, [param]: other.id })).resolves.toMatchObject({
			status: 404,
			body: { message: `Invalid ${thing} id '${other.id}'` },
		});
		simulator.settings.unknownReferenceReply = 'invalidRequest';
		await expect(create({ type, [param]: other.id })).resolves.toMatchObject({
			status: 400,
			body: { param },
		});
	});

	test('needs consent for the types in the settings', async () => {
		simulator.settings.clientConsentTypes = ['ssn_check'];
		await expect(create({ type: 'ssn_check' })).resolves.toMatchObject({
			status: 400,
			body: { param: 'clientConsent' },
		});
		await expect(create({ type: 'ssn_check', clientConsent: true })).resolves.toMatchObject({
			status: 200,
			body: { clientConsent: true },
		});
	});

	test.each([
		['document_requires_issuing_country', { issuingCountry: null }],
		['document_type_undetected', { type: 'unknown' }],
		['two_sides_expected', { type: 'national_identity_card' }],
		['unsupported_document_format', { images: [image('front', sampleImage('txt'))] }],
	])('of a document check is refused with %s', async (type, fields) => {
		const documentId = seedDocument(fields);
		await expect(create({ type: 'document_check', documentId })).resolves.toMatchObject({
			status: 422,
			body: { type, message: expect.any(String) },
		});
	});

	test('of a document check needs a front image', async () => {
		const documentId = seedDocument({ images: [] });
		await expect(create({ type: 'document_check', documentId })).resolves.toMatchObject({
			status: 400,
			body: { param: 'documentId' },
		});
	});
});

describe('update', () => {
	test('changes a screening', async () => {
		const { id } = (await create({ options: { screeningNameSearchMode: 'precise' } })).body;
		await get(id);
		const options = { minimumPermittedAge: 18 };
		const { body } = await call('POST', `/checks/${id}`, { enableMonitoring: true, options });
		expect(body).toMatchObject({
			enableMonitoring: true,
			options: { screeningNameSearchMode: 'precise', minimumPermittedAge: 18 },
			result: { outcome: 'clear' },
		});
	});

	test.each([
		['pending_check_unmodifiable', { status: 'pending' }],
		['invalid_check_update', { type: 'ssn_check' }],
	])('is refused with %s', async (type, fields) => {
		simulator.settings.processingMs = 60_000;
		const [{ id }] = simulator.checks.seed(fields);
		await expect(call('POST', `/checks/${id}`, { enableMonitoring: true })).resolves.toMatchObject({
			status: 422,
			body: { type },
		});
	});
});

describe('validation', () => {
	const validate = (id: string, body: object) => call('POST', `/checks/${id}/validate`, body);

	test('of a screening takes one match at a time', async () => {
		const matches = ['m1', 'm2'].map((id) => ({ id, entityName: 'Ada Attention' }));
		const [{ id }] = simulator.checks.seed({
			result: { outcome: 'attention', breakdown: { matches } },
		});
		const outcomes: string[] = [];
		for (const [matchId, outcome] of [
			['m1', 'rejected'],
			['m2', 'rejected'],
			['m2', 'confirmed'],
			['m2', 'attention'],
		]) {
			await expect(validate(id, { matchId, outcome })).resolves.toMatchObject({
				status: 200,
				text: `{"outcome":"${outcome}"}`,
			});
			outcomes.push((await get(id)).result.outcome);
		}
		expect(outcomes).toEqual(['attention', 'clear', 'match_confirmed', 'attention']);
	});

	test('accepts the match of a client with last name attention', async () => {
		const { id } = (await create({ clientId: seedClient('attention') })).body;
		const [match] = (await get(id)).result.breakdown.matches;
		simulator.settings.validateReply = 'check';
		await expect(validate(id, { matchId: match.id, outcome: 'confirmed' })).resolves.toMatchObject({
			body: { outcome: 'match_confirmed' },
		});
	});

	test.each([
		['confirmed', 'clear'],
		['rejected', 'rejected'],
		['attention', 'attention'],
	])('of another check as %s gives it the outcome %s', async (given, outcome) => {
		const [{ id }] = simulator.checks.seed({ type: 'identity_check', lastName: 'attention' });
		await validate(id, { outcome: given, comment: 'Looked at it' });
		expect(await get(id)).toMatchObject({ result: { outcome } });
	});

	test('of a document check can correct its extracted data', async () => {
		const [{ id }] = simulator.checks.seed({ type: 'document_check', clientId });
		await validate(id, {
			outcome: 'rejected',
			rejectionReasons: ['document_misread'],
			userSuppliedData: { lastName: 'Corrected' },
		});
		expect((await get(id)).result.breakdown.extractedData).toMatchObject({
			firstName: 'Ada',
			lastName: 'Corrected',
		});
	});

	test.each([
		['outcome', {}, {}],
		['outcome', {}, { outcome: 'pending' }],
		['matchId', {}, { outcome: 'confirmed' }],
		['matchId', {}, { outcome: 'confirmed', matchId: 'nobody' }],
		['comment', { type: 'ssn_check' }, { outcome: 'confirmed', comment: 'c'.repeat(4001) }],
		[
			'rejectionReasons',
			{ type: 'ssn_check' },
			{ outcome: 'rejected', rejectionReasons: ['document_misread'] },
		],
		[
			'rejectionReasons',
			{ type: 'document_check' },
			{ outcome: 'rejected', rejectionReasons: ['x'] },
		],
		['userSuppliedData', { type: 'ssn_check' }, { outcome: 'rejected', userSuppliedData: {} }],
	])('is refused for %s of %j: %.60j', async (param, fields, body) => {
		const [{ id }] = simulator.checks.seed({ ...fields, lastName: 'attention' });
		await expect(validate(id, body)).resolves.toMatchObject({ status: 400, body: { param } });
		expect(await get(id)).toMatchObject({ result: { outcome: 'attention' } });
	});

	test('is refused while the check is pending', async () => {
		simulator.settings.processingMs = 60_000;
		const [{ id }] = simulator.checks.seed({ status: 'pending' });
		await expect(validate(id, { outcome: 'confirmed' })).resolves.toMatchObject({ status: 422 });
	});
});

describe('redaction', () => {
	test('removes attributes from a document check', async () => {
		const check = { clientId: seedClient('Doe'), type: 'document_check' };
		const [{ id }] = simulator.checks.seed(check);
		expect((await get(id)).result.breakdown.extractedData).toMatchObject({
			lastName: 'Doe',
			dob: { day: 3, month: 2, year: 1990 },
		});
		const body = { attributes: ['dob', 'lastName'], images: ['all'] };
		await expect(call('POST', `/checks/${id}/redact`, body)).resolves.toMatchObject({
			status: 204,
		});
		const { extractedData } = (await get(id)).result.breakdown;
		expect(Object.keys(extractedData)).toEqual(['firstName', 'documentNumber']);
	});

	test('is refused for other checks and unknown attributes', async () => {
		const [screening, document] = simulator.checks.seed([{}, { type: 'document_check' }]);
		await expect(call('POST', `/checks/${screening.id}/redact`, {})).resolves.toMatchObject({
			status: 400,
		});
		await expect(
			call('POST', `/checks/${document.id}/redact`, { attributes: ['soul'] }),
		).resolves.toMatchObject({ status: 400, body: { param: 'attributes' } });
	});
});

describe('checks of a workflow session', () => {
	test('exist and are complete once it is complete, even when it was seeded as complete', async () => {
		const [{ id }] = simulator.workflowSessions.seed({ status: 'complete', lastName: 'attention' });
		const session = (await call('GET', `/workflowSessions/${id}`)).body;
		expect(session.allRelatedChecks).toHaveLength(3);
		for (const { checkId, type } of session.allRelatedChecks) {
			expect(await get(checkId)).toMatchObject({
				type,
				clientId: session.clientId,
				entityName: session.entityName,
				status: 'complete',
				result: { outcome: 'attention' },
			});
		}
	});

	test('run while it is processing, and again when it is completed again', async () => {
		simulator.settings.processingMs = 60_000;
		const [{ id, clientId: sessionClientId }] = simulator.workflowSessions.seed();
		const statuses = async () =>
			(await call('GET', `/checks?clientId=${sessionClientId}`)).body.items.map(
				({ status }: { status: string }) => status,
			);
		for (const _time of [1, 2]) {
			simulator.settings.processingMs = 60_000;
			await call('POST', `/workflowSessions/${id}/complete`);
			await expect(statuses()).resolves.toEqual(['pending', 'pending', 'pending']);
			simulator.settings.processingMs = 0;
			await call('GET', `/workflowSessions/${id}`);
			await expect(statuses()).resolves.toEqual(['complete', 'complete', 'complete']);
		}
	});
});
