import { api, LIVE_KEY, sendJson } from './client.cts';
import { sampleImage } from '../../simulator/sampleImages.cts';
import { startSimulator } from '../../simulator/server.cts';
import type { Simulator } from '../../simulator/server.cts';

let simulator: Simulator;
let clientId: string;

beforeAll(async () => {
	simulator = await startSimulator({ rateLimit: null });
});
beforeEach(() => {
	simulator.reset();
	[{ id: clientId }] = simulator.clients.seed();
});
afterAll(() => simulator.close());

const call = (method: string, path: string, body?: unknown) =>
	sendJson(simulator, method, path, body);

const image = { fileName: 'front.jpg', data: sampleImage('jpg') };

test('are created, read, listed, changed and deleted', async () => {
	const { body } = await call('POST', '/documents', { clientId, type: 'passport' });
	expect(body).toMatchObject({ clientId, type: 'passport' });
	await expect(call('GET', `/documents/${body.id}`)).resolves.toMatchObject({ body });
	const changes = { classification: 'proof_of_identity', issuingCountry: 'GB' };
	await expect(call('POST', `/documents/${body.id}`, changes)).resolves.toMatchObject({
		body: { id: body.id, type: 'passport', ...changes },
	});
	for (const [query, totalItems] of [
		['type=passport', 1],
		['issuingCountry=FR', 0],
	] as const) {
		const list = await call('GET', `/documents?clientId=${clientId}&${query}`);
		expect(list.body).toMatchObject({ totalItems });
	}
	await expect(call('DELETE', `/documents/${body.id}`)).resolves.toMatchObject({ status: 204 });
	await expect(call('GET', `/documents/${body.id}`)).resolves.toMatchObject({ status: 404 });
});

test.each([
	['clientId', undefined],
	['type', undefined],
	['type', 'napkin'],
	['classification', 'proof_of_taste'],
	['issuingCountry', 'gb'],
])('a creation with %s %p is refused', async (param, value) => {
	const reply = await call('POST', '/documents', { clientId, type: 'passport', [param]: value });
	expect(reply).toMatchObject({ status: 400, body: { type: 'invalid_request', param } });
});

describe('images', () => {
	let path: string;

	beforeEach(() => {
		path = `/documents/${simulator.documents.seed({ clientId })[0].id}`;
	});

	test('are uploaded, shown without their data, downloaded and deleted', async () => {
		const upload = await call('POST', `${path}/upload/front`, image);
		expect(upload).toMatchObject({ status: 200 });
		expect(upload.body).toEqual({
			id: expect.any(String),
			fileName: 'front.jpg',
			documentSide: 'front',
			downloadLink: `${path}/images/${upload.body.id}/download`,
			contentType: 'image/jpg',
			size: 34 * 1024,
			createdAt: expect.any(String),
			updatedAt: expect.any(String),
		});
		expect((await call('GET', path)).body.images).toEqual([upload.body]);

		for (const link of [`${path}/download/front`, upload.body.downloadLink]) {
			expect((await call('GET', link)).body).toEqual({ ...image, contentType: 'image/jpg' });
		}
		await expect(call('GET', `${path}/download/back`)).resolves.toMatchObject({ status: 404 });

		await expect(call('DELETE', `${path}/front`)).resolves.toMatchObject({ status: 204 });
		expect((await call('GET', path)).body).not.toHaveProperty('images');
		await expect(call('DELETE', `${path}/front`)).resolves.toMatchObject({ status: 404 });
	});

	test('replace the earlier image of the same side', async () => {
		await call('POST', `${path}/upload/back`, image);
		await call('POST', `${path}/upload/front`, image);
		await call('POST', `${path}/upload/front`, { fileName: 'new.pdf', data: sampleImage('pdf') });
		expect((await call('GET', path)).body.images).toMatchObject([
			{ documentSide: 'back' },
			{ documentSide: 'front', fileName: 'new.pdf', contentType: 'application/pdf' },
		]);
	});

	test.each([
		['fileName', { ...image, fileName: undefined }],
		['fileName', { ...image, fileName: 'front.gif' }],
		['data', { ...image, data: undefined }],
		['data', { ...image, data: 'not base64!' }],
		['data', { ...image, data: sampleImage('jpg', 34 * 1024 - 1) }],
		['data', { ...image, data: sampleImage('jpg', 4 * 1024 * 1024 + 1) }],
	])('are refused for their %s', async (param, body) => {
		const reply = await call('POST', `${path}/upload/front`, body);
		expect(reply).toMatchObject({ status: 400, body: { type: 'invalid_request', param } });
	});

	test('are limited with the documented wording, and may have 4 MB', async () => {
		await expect(
			call('POST', `${path}/upload/front`, { ...image, data: sampleImage('jpg', 10) }),
		).resolves.toMatchObject({
			text: '{"type":"invalid_request","message":"Image file size should be between 34KB and 4MB","param":"data"}',
		});
		const data = sampleImage('jpg', 4 * 1024 * 1024);
		await expect(call('POST', `${path}/upload/front`, { ...image, data })).resolves.toMatchObject({
			status: 200,
		});
	});

	test.each([
		['POST', 'upload/top'],
		['GET', 'download/top'],
		['DELETE', 'top'],
	])('are refused for an unknown side: %s %s', async (method, rest) => {
		const body = method === 'POST' ? image : undefined;
		await expect(call(method, `${path}/${rest}`, body)).resolves.toMatchObject({
			status: 400,
			body: { param: 'documentSide' },
		});
	});

	test('are redacted', async () => {
		await call('POST', `${path}/upload/front`, image);
		await expect(call('POST', `${path}/redact`, {})).resolves.toMatchObject({
			status: 400,
			body: { param: 'attributes' },
		});
		const redact = () => call('POST', `${path}/redact`, { attributes: ['images'] });
		await expect(redact()).resolves.toMatchObject({ status: 204, text: '' });
		await expect(call('GET', `${path}/download/front`)).resolves.toMatchObject({ status: 404 });
		simulator.settings.redactReply = 'object';
		await expect(redact()).resolves.toMatchObject({ status: 200, body: { clientId } });
	});

	test('are visible in their own mode only', async () => {
		await call('POST', `${path}/upload/front`, image);
		for (const [method, rest] of [
			['GET', ''],
			['GET', '/download/front'],
			['DELETE', '/front'],
		] as const) {
			const reply = await api(simulator, method, `${path}${rest}`, { key: LIVE_KEY });
			expect(reply.status).toBe(404);
		}
	});
});
