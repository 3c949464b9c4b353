import type { ComplyCube } from '@complycube/api';
import { officialClient, press } from './client.cts';
import { sampleImage } from '../../simulator/sampleImages.cts';
import { startSimulator } from '../../simulator/server.cts';
import type { Simulator } from '../../simulator/server.cts';

let simulator: Simulator;
let cube: ComplyCube;

beforeAll(async () => {
	simulator = await startSimulator({ rateLimit: null, processingMs: 0 });
	cube = officialClient(simulator);
});
beforeEach(() => simulator.reset());
afterAll(() => simulator.close());

const createClient = (lastName = 'Doe') =>
	cube.client.create({
		type: 'person',
		email: 'john@example.com',
		personDetails: { firstName: 'John', lastName },
	});

test('clients and their risk profile', async () => {
	const { id } = await createClient();
	await cube.client.update(id, { personDetails: { nationality: 'GB' } });
	await expect(cube.client.get(id)).resolves.toMatchObject({
		personDetails: { lastName: 'Doe', nationality: 'GB' },
	});
	await expect(cube.riskProfile.get(id)).resolves.toMatchObject({ overall: 'low' });
	await expect(cube.client.list({ page: 1, pageSize: 5 })).resolves.toMatchObject([{ id }]);
	await cube.client.delete(id);
	await expect(cube.client.get(id)).rejects.toMatchObject({ type: 'resource_not_found' });
	await expect(cube.client.create({ type: 'robot' })).rejects.toMatchObject({
		statusCode: 400,
		param: 'type',
	});
});

test('addresses', async () => {
	const { id: clientId } = await createClient();
	const { id } = await cube.address.create(clientId, { line: 'a', city: 'b', country: 'GB' });
	await cube.address.update(id, { postalCode: 'AB1' });
	await expect(cube.address.get(id)).resolves.toMatchObject({ city: 'b', postalCode: 'AB1' });
	await expect(cube.address.list(clientId)).resolves.toMatchObject([{ id }]);
	await cube.address.delete(id);
	await expect(cube.address.list(clientId)).resolves.toEqual([]);
});

test('documents, their images, a check and its report', async () => {
	const { id: clientId } = await createClient();
	const { id } = await cube.document.create(clientId, { type: 'passport' });
	await cube.document.update(id, { issuingCountry: 'GB' });
	const image = { fileName: 'front.png', data: sampleImage('png') };
	await expect(cube.document.upload(id, image, 'front')).resolves.toMatchObject({
		documentSide: 'front',
		contentType: 'image/png',
	});
	await expect(cube.document.download(id, 'front')).resolves.toMatchObject(image);

	const check = await cube.check.create(clientId, { type: 'document_check', documentId: id });
	expect(check).toMatchObject({ status: 'pending', documentId: id });
	await expect(cube.check.get(check.id)).resolves.toMatchObject({ result: { outcome: 'clear' } });
	await expect(cube.check.validate(check.id, { outcome: 'rejected' })).resolves.toEqual({
		outcome: 'rejected',
	});
	await expect(cube.check.list(clientId)).resolves.toMatchObject([
		{ id: check.id, result: { outcome: 'rejected' } },
	]);
	for (const subject of [{ clientId }, { checkId: check.id }]) {
		const { data } = await cube.report.generate(subject);
		expect(Buffer.from(data ?? '', 'base64').toString('latin1')).toMatch(/^%PDF-/);
	}

	await cube.document.redact(id, { attributes: ['images'] });
	await expect(cube.document.download(id, 'front')).rejects.toMatchObject({ statusCode: 404 });
	await cube.document.upload(id, image, 'back');
	await cube.document.deleteImage(id, 'back');
	await cube.document.delete(id);
	await expect(cube.document.list(clientId)).resolves.toEqual([]);
});

test('a screening with attention, monitoring and a confirmed match', async () => {
	const { id: clientId } = await createClient('attention');
	const { id } = await cube.check.create(clientId, { type: 'standard_screening_check' });
	const { result } = (await cube.check.get(id)) as any;
	expect(result.outcome).toBe('attention');
	await expect(cube.check.update(id, { enableMonitoring: true })).resolves.toMatchObject({
		enableMonitoring: true,
	});
	const [{ id: matchId }] = result.breakdown.matches;
	await cube.check.validate(id, { matchId, outcome: 'confirmed' });
	await expect(cube.check.get(id)).resolves.toMatchObject({
		result: { outcome: 'match_confirmed' },
	});
});

test('live photos and videos', async () => {
	const { id: clientId } = await createClient();
	const data = sampleImage('jpg');
	const { id } = await cube.livePhoto.upload(clientId, { data });
	await expect(cube.livePhoto.get(id)).resolves.toMatchObject({ performLivenessCheck: true });
	await expect(cube.livePhoto.list(clientId)).resolves.toMatchObject([{ id }]);
	await expect(cube.livePhoto.download(id)).resolves.toMatchObject({ data });
	await cube.livePhoto.redact(id);
	await cube.livePhoto.delete(id);

	const [video] = simulator.liveVideos.seed({ clientId });
	await expect(cube.liveVideo.get(video.id)).resolves.toMatchObject({ language: 'en' });
	await expect(cube.liveVideo.list(clientId)).resolves.toHaveLength(1);
	await cube.liveVideo.redact(video.id);
	await cube.liveVideo.delete(video.id);
	await expect(cube.liveVideo.list(clientId)).resolves.toEqual([]);
});

test('a hosted session, from the link to its checks', async () => {
	const workflowTemplateId = '68566be2a37a78622f4f7be3';
	const { id: clientId } = await createClient();
	const { redirectUrl } = await cube.flow.createSession(clientId, {
		workflowTemplateId,
		successUrl: 'https://example.com/done',
		cancelUrl: 'https://example.com/off',
	});
	await press(redirectUrl, 'start');
	await press(redirectUrl, 'finish');
	const [{ id }] = await cube.workflowSession.list(clientId, workflowTemplateId);
	const session = (await cube.workflowSession.get(id)) as any;
	expect(session).toMatchObject({ status: 'complete', outcome: 'clear' });
	for (const { checkId } of session.allRelatedChecks) {
		await expect(cube.check.get(checkId)).resolves.toMatchObject({ status: 'complete' });
	}
});
