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

describe('live photos', () => {
	const data = sampleImage('png');
	const upload = (fields: object = {}) =>
		call('POST', '/livePhotos', { clientId, data, ...fields });

	test('are uploaded, read, listed, downloaded and deleted', async () => {
		const { body } = await upload();
		expect(body).toEqual({
			id: expect.any(String),
			clientId,
			performLivenessCheck: true,
			downloadLink: `/livePhotos/${body.id}/download`,
			contentType: 'image/png',
			size: 34 * 1024,
			createdAt: expect.any(String),
			updatedAt: expect.any(String),
		});
		expect((await call('GET', `/livePhotos/${body.id}`)).body).toEqual(body);
		expect((await call('GET', `/livePhotos?clientId=${clientId}`)).body.items).toEqual([body]);
		expect((await call('GET', `/livePhotos/${body.id}/download`)).body).toEqual({
			fileName: `${body.id}.png`,
			contentType: 'image/png',
			data,
		});
		await expect(call('DELETE', `/livePhotos/${body.id}`)).resolves.toMatchObject({ status: 204 });
		await expect(call('GET', `/livePhotos/${body.id}`)).resolves.toMatchObject({
			status: 404,
			body: { message: `Invalid live photo id '${body.id}'` },
		});
	});

	test.each([
		['clientId', undefined],
		['data', undefined],
		['data', sampleImage('jpg', 100)],
		['data', sampleImage('pdf')],
		['performLivenessCheck', 'yes'],
	])('with %s %.20p are refused', async (param, value) => {
		await expect(upload({ [param]: value })).resolves.toMatchObject({
			status: 400,
			body: { type: 'invalid_request', param },
		});
	});

	test('cannot be deleted once a check has used them', async () => {
		const { id } = (await upload()).body;
		const check = { clientId, type: 'age_estimation_check', livePhotoId: id };
		await expect(call('POST', '/checks', check)).resolves.toMatchObject({ status: 200 });
		await expect(call('DELETE', `/livePhotos/${id}`)).resolves.toMatchObject({ status: 400 });
		await expect(call('GET', `/livePhotos/${id}`)).resolves.toMatchObject({ status: 200 });
	});

	test('keep their record when redacted, without the photo', async () => {
		const { id } = (await upload()).body;
		await expect(call('POST', `/livePhotos/${id}/redact`)).resolves.toMatchObject({ status: 204 });
		const { body } = await call('GET', `/livePhotos/${id}`);
		expect(body).toMatchObject({ id, clientId });
		expect(body).not.toHaveProperty('downloadLink');
		await expect(call('GET', `/livePhotos/${id}/download`)).resolves.toMatchObject({ status: 404 });
	});

	test('are visible in their own mode only', async () => {
		const { id } = (await upload()).body;
		const reply = await api(simulator, 'GET', `/livePhotos/${id}`, { key: LIVE_KEY });
		expect(reply.status).toBe(404);
	});
});

describe('live videos', () => {
	test('are read, listed, redacted and deleted', async () => {
		const [{ id }] = simulator.liveVideos.seed({ clientId });
		const { body } = await call('GET', `/liveVideos/${id}`);
		expect(body).toMatchObject({
			id,
			clientId,
			language: 'en',
			challenges: [{ type: 'voice' }, {}],
		});
		expect((await call('GET', `/liveVideos?clientId=${clientId}`)).body.items).toEqual([body]);
		await expect(call('POST', `/liveVideos/${id}/redact`)).resolves.toMatchObject({ status: 204 });
		expect(simulator.liveVideos.list()).toMatchObject([{ id, redacted: true }]);
		expect((await call('GET', `/liveVideos/${id}`)).body).not.toHaveProperty('redacted');
		await expect(call('DELETE', `/liveVideos/${id}`)).resolves.toMatchObject({ status: 204 });
		await expect(call('DELETE', `/liveVideos/${id}`)).resolves.toMatchObject({ status: 404 });
	});

	test('cannot be created by the API, and are visible in their own mode only', async () => {
		await expect(call('POST', '/liveVideos', { clientId })).resolves.toMatchObject({ status: 404 });
		const [{ id }] = simulator.liveVideos.seed({ mode: 'live' });
		await expect(call('GET', `/liveVideos/${id}`)).resolves.toMatchObject({ status: 404 });
	});
});
