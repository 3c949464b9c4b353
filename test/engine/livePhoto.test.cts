import type { IDataObject } from 'n8n-workflow';
import { sampleImage } from '../../simulator/sampleImages.cts';
import { deletes, listsOfClient, redacts, refusesHostileIds } from './commonBehaviour.cts';
import { fileIn, fileOf } from './files.cts';
import { byId, ResourceCalls } from './resourceCalls.cts';

let calls: ResourceCalls;
beforeAll(async () => {
	calls = await ResourceCalls.start('livePhoto');
});
beforeEach(() => calls.simulator.reset());
afterAll(async () => await calls.simulator.close());

const seed = (fields = {}) => calls.simulator.livePhotos.seed(fields)[0];
const target = (operation: string, below = '') => ({
	calls: () => calls,
	operation,
	chosen: (livePhotoId: unknown) => ({ livePhotoId }) as IDataObject,
	seed: () => seed().id,
	path: (id: string) => `/livePhotos/${id}${below}`,
	object: 'live photo',
});

describe('upload', () => {
	const run = async (clientId: unknown, file: string, more: IDataObject = {}) =>
		await calls.run({
			operation: 'upload',
			parameters: { clientId: byId(clientId), ...more },
			binary: fileIn('data', file),
		});

	it.each(['jpg', 'png'] as const)('sends the exact bytes of a %s', async (kind) => {
		const [{ id: clientId }] = calls.simulator.clients.seed();
		const data = sampleImage(kind);
		const { items } = await run(` ${clientId} `, data);
		expect(calls.sent()).toEqual([
			{ method: 'POST', path: '/livePhotos', body: { clientId, data } },
		]);
		const [{ id }] = calls.simulator.livePhotos.list();
		expect(items).toEqual([
			{
				json: expect.objectContaining({ id, clientId, contentType: `image/${kind}` }),
				pairedItem: { item: 0 },
			},
		]);
		expect(items[0].json).not.toHaveProperty('data');
	});

	it.each([true, false])('sends whether to check liveness: %p', async (performLivenessCheck) => {
		const [{ id }] = calls.simulator.clients.seed();
		const { items } = await run(id, sampleImage('jpg'), {
			livePhotoFields: { performLivenessCheck },
		});
		expect(calls.sent()[0].body).toMatchObject({ performLivenessCheck });
		expect(items[0].json).toMatchObject({ performLivenessCheck });
	});

	it.each([
		['too small a file', sampleImage('jpg', 33_000), '33,000 bytes'],
		['too large a file', sampleImage('png', 5_000_000), '5,000,000 bytes'],
		['a PDF', sampleImage('pdf'), 'neither JPG nor PNG'],
	])('sends nothing of %s', async (_, file, sentence) => {
		const { error } = await run('a', file);
		expect(error?.message).toContain(sentence);
		expect(calls.sent()).toEqual([]);
	});

	refusesHostileIds({ ...target('upload'), chosen: (id) => ({ clientId: byId(id) }) });
});

describe('get', () => {
	it('returns the photo', async () => {
		const { id } = seed();
		const { items } = await calls.run({ operation: 'get', parameters: { livePhotoId: id } });
		expect(items).toEqual([
			{
				json: expect.objectContaining({ id, performLivenessCheck: true, size: 72716 }),
				pairedItem: { item: 0 },
			},
		]);
		expect(calls.sent()).toEqual([{ method: 'GET', path: `/livePhotos/${id}` }]);
	});

	refusesHostileIds(target('get'));
});

describe('getAll', () =>
	listsOfClient(
		() => calls,
		'captureFilters',
		'/livePhotos',
		(clientId) => seed({ clientId }).id,
		(id) => ({ clientId: byId(id) }),
	));

describe('download', () => {
	it("returns the exact bytes and the photo's ID", async () => {
		const data = sampleImage('png');
		const { id } = seed({ data, contentType: 'image/png' });
		const { items } = await calls.run({ operation: 'download', parameters: { livePhotoId: id } });
		expect(calls.sent()).toEqual([{ method: 'GET', path: `/livePhotos/${id}/download` }]);
		const fileName = `livePhoto-${id}.png`;
		expect(items[0].json).toEqual({ id, fileName, contentType: 'image/png' });
		expect(items[0].pairedItem).toEqual({ item: 0 });
		expect(fileOf(items[0])).toEqual({ fileName, mimeType: 'image/png', data });
	});

	refusesHostileIds(target('download'));
});

describe('delete', () => {
	deletes(target('delete'));

	it('reports that the photo is used in a check', async () => {
		const { id, clientId } = seed();
		calls.simulator.checks.seed({ clientId, livePhotoId: id, type: 'age_estimation_check' });
		const { error } = await calls.run({ operation: 'delete', parameters: { livePhotoId: id } });
		expect(error?.message).toBe('A live photo used in a check cannot be deleted');
	});
});

describe('redact', () => redacts(target('redact', '/redact')));
