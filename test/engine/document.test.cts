import type { IDataObject } from 'n8n-workflow';
import { sampleImage } from '../../simulator/sampleImages.cts';
import { deletes, listsOfClient, redacts, refusesHostileIds, updates } from './commonBehaviour.cts';
import { fileIn, fileOf } from './files.cts';
import { byId, ResourceCalls } from './resourceCalls.cts';

let calls: ResourceCalls;
beforeAll(async () => {
	calls = await ResourceCalls.start('document');
});
beforeEach(() => calls.simulator.reset());
afterAll(async () => await calls.simulator.close());

/** Belongs to a new client unless the fields say otherwise. */
const seed = (fields = {}) => {
	const [{ id: clientId }] = calls.simulator.clients.seed();
	return calls.simulator.documents.seed({ clientId, ...fields })[0];
};
const target = (operation: string, below = '', more: IDataObject = {}) => ({
	calls: () => calls,
	operation,
	chosen: (documentId: unknown) => ({ documentId, ...more }) as IDataObject,
	seed: () => seed({ images: [image('front')] }).id,
	path: (id: string) => `/documents/${id}${below}`,
	object: 'document',
});

const JPG = sampleImage('jpg');

const image = (documentSide: string) => ({
	id: `image-${documentSide}`,
	fileName: 'John Doe.jpg',
	documentSide,
	contentType: 'image/jpg',
	size: 34 * 1024,
	data: JPG,
});

const imagesOf = (id: string) =>
	calls.simulator.documents
		.list()
		.find((document) => document.id === id)!
		.images?.map(({ documentSide }) => documentSide) ?? [];

describe('create', () => {
	const run = async (clientId: unknown, more: IDataObject = {}) =>
		await calls.run({ operation: 'create', parameters: { clientId: byId(clientId), ...more } });

	it('sends client and type, and returns the document', async () => {
		const [{ id: clientId }] = calls.simulator.clients.seed();
		const { items } = await run(` ${clientId} `);
		expect(calls.sent()).toEqual([
			{ method: 'POST', path: '/documents', body: { clientId, type: 'passport' } },
		]);
		const [{ id }] = calls.simulator.documents.list();
		expect(items).toEqual([
			{
				json: expect.objectContaining({ id, clientId, type: 'passport' }),
				pairedItem: { item: 0 },
			},
		]);
	});

	it('sends every field', async () => {
		const [{ id: clientId }] = calls.simulator.clients.seed();
		await run(clientId, {
			type: 'driving_license',
			documentFields: {
				classification: 'proof_of_identity',
				documentNumber: 'D1',
				issuingCountry: 'US',
				issuingState: 'CA',
			},
		});
		expect(calls.sent()[0].body).toEqual({
			clientId,
			type: 'driving_license',
			classification: 'proof_of_identity',
			documentNumber: 'D1',
			issuingCountry: 'US',
			issuingState: 'CA',
		});
	});

	it('does not send empty fields', async () => {
		const [{ id: clientId }] = calls.simulator.clients.seed();
		await run(clientId, { documentFields: { issuingCountry: '', documentNumber: '' } });
		expect(calls.sent()[0].body).toEqual({ clientId, type: 'passport' });
	});

	refusesHostileIds({ ...target('create'), chosen: (id) => ({ clientId: byId(id) }) });
});

describe('get', () => {
	it('returns the document with its images, but not their data', async () => {
		const { id } = seed({ images: [image('front')] });
		const { items } = await calls.run({ operation: 'get', parameters: { documentId: id } });
		const { data: _, ...front } = image('front');
		expect(items).toEqual([
			{ json: expect.objectContaining({ id, images: [front] }), pairedItem: { item: 0 } },
		]);
		expect(calls.sent()).toEqual([{ method: 'GET', path: `/documents/${id}` }]);
	});

	refusesHostileIds(target('get'));
});

describe('getAll', () => {
	const chosen = (id: unknown) => ({ clientId: byId(id) });
	listsOfClient(
		() => calls,
		'documentFilters',
		'/documents',
		(clientId) => seed({ clientId }).id,
		chosen,
	);

	it('sends every filter', async () => {
		const filters = { classification: 'other', issuingCountry: 'GB', type: 'visa' };
		const { id } = seed({ clientId: 'a', ...filters });
		seed({ clientId: 'a' });
		const { items } = await calls.run({
			operation: 'getAll',
			parameters: { ...chosen('a'), documentFilters: filters },
		});
		expect(items.map(({ json }) => json.id)).toEqual([id]);
		expect(calls.sent()[0].query).toEqual({ clientId: 'a', ...filters, page: '1', pageSize: '50' });
	});
});

describe('update', () => {
	updates(target('update'), 'documentUpdates', { type: 'visa' }, 'issuingState');

	it('can change every field', async () => {
		const { id } = seed();
		const updateFields = {
			classification: 'other',
			documentNumber: 'D1',
			issuingCountry: 'US',
			issuingState: 'CA',
			type: 'visa',
		};
		const { items } = await calls.run({
			operation: 'update',
			parameters: { documentId: id, documentUpdates: updateFields },
		});
		expect(calls.sent()[0].body).toEqual(updateFields);
		expect(items).toEqual([
			{
				json: expect.objectContaining({ id, type: 'visa', issuingCountry: 'US' }),
				pairedItem: { item: 0 },
			},
		]);
	});
});

describe('delete', () => deletes(target('delete')));

describe('redact', () => {
	redacts(target('redact', '/redact'), { attributes: ['images'] });

	it('leaves the document, without images', async () => {
		const { id } = seed({ images: [image('front'), image('back')] });
		await calls.run({ operation: 'redact', parameters: { documentId: id } });
		expect(imagesOf(id)).toEqual([]);
	});
});

describe('uploadImage', () => {
	const run = async (id: string, file: string, more: IDataObject = {}, field = 'data') =>
		await calls.run({
			operation: 'uploadImage',
			parameters: { documentId: id, ...more },
			binary: fileIn(field, file),
		});

	it.each([
		['jpg', 'front', 'image/jpg'],
		['png', 'back', 'image/png'],
		['pdf', 'front', 'application/pdf'],
	] as const)(
		"sends the exact bytes of a %s, without the file's own name",
		async (kind, documentSide, contentType) => {
			const { id } = seed();
			const file = sampleImage(kind);
			const { items } = await run(id, file, { documentSide });
			expect(calls.sent()).toEqual([
				{
					method: 'POST',
					path: `/documents/${id}/upload/${documentSide}`,
					body: { fileName: `${documentSide}.${kind}`, data: file },
				},
			]);
			expect(items).toEqual([
				{
					json: expect.objectContaining({ documentSide, contentType, size: 34 * 1024 }),
					pairedItem: { item: 0 },
				},
			]);
			expect(imagesOf(id)).toEqual([documentSide]);
		},
	);

	it('reads the file from another field', async () => {
		const { items } = await run(seed().id, JPG, { inputDataFieldName: 'scan' }, 'scan');
		expect(items[0].json.fileName).toBe('front.jpg');
	});

	it.each([
		['too small a file', sampleImage('jpg', 33_000), '33,000 bytes'],
		['too large a file', sampleImage('jpg', 4 * 1024 * 1024 + 1), '4,194,305 bytes'],
		['another kind of file', sampleImage('txt'), 'neither JPG, PNG nor PDF'],
	])('sends nothing of %s', async (_, file, sentence) => {
		const { error } = await run(seed().id, file);
		expect(error?.message).toContain(sentence);
		expect(error?.description).toContain('Nothing was sent');
		expect(calls.sent()).toEqual([]);
	});

	it('sends nothing without a file', async () => {
		const { error } = await run(seed().id, JPG, { inputDataFieldName: 'scan' });
		expect(error?.message).toBe("The item has no file in 'scan'");
		expect(calls.sent()).toEqual([]);
	});

	it('sends nothing for a side that an expression leaves undefined', async () => {
		const { error } = await run(seed().id, JPG, { documentSide: '={{ $json.nothing }}' });
		expect(error?.message).toContain("'Document Side'");
		expect(calls.sent()).toEqual([]);
	});

	it("uploads each item's file to its own document, and pairs the images", async () => {
		const documents = [seed(), seed()];
		const { items } = await calls.run({
			operation: 'uploadImage',
			parameters: { documentId: '={{ $json.id }}', documentSide: '={{ $json.side }}' },
			input: documents.map(({ id }, i) => ({ id, side: ['front', 'back'][i] })),
			binary: fileIn('data', JPG),
		});
		expect(items.map(({ json, pairedItem }) => [json.documentSide, pairedItem])).toEqual([
			['front', { item: 0 }],
			['back', { item: 1 }],
		]);
		expect(documents.map(({ id }) => imagesOf(id))).toEqual([['front'], ['back']]);
	});

	it('is not repeated after a lost answer, and says where to look', async () => {
		const { id } = seed();
		calls.simulator.faults.add({ kind: 'dropAfter' });
		const { error } = await run(id, JPG);
		expect(error?.description).toContain('Get shows its images');
		expect(calls.sent()).toHaveLength(1);
	});
});

describe('downloadImage', () => {
	const run = async (documentId: string, more: IDataObject = {}) =>
		await calls.run({ operation: 'downloadImage', parameters: { documentId, ...more } });

	it('returns the exact bytes, under a name without personal data', async () => {
		const { id } = seed({ images: [image('back')] });
		const { items } = await run(id, { documentSide: 'back' });
		expect(calls.sent()).toEqual([{ method: 'GET', path: `/documents/${id}/download/back` }]);
		const fileName = `document-${id}-back.jpg`;
		expect(items[0].json).toEqual({ fileName, contentType: 'image/jpg' });
		expect(items[0].pairedItem).toEqual({ item: 0 });
		expect(fileOf(items[0])).toEqual({ fileName, mimeType: 'image/jpeg', data: JPG });
	});

	it('puts the file into the chosen field', async () => {
		const { id } = seed({ images: [image('front')] });
		const { items } = await run(id, { outputDataFieldName: 'scan' });
		expect(fileOf(items[0], 'scan').data).toBe(JPG);
	});

	it('reports an unknown image', async () => {
		const { error } = await run(seed().id);
		expect(error?.httpCode).toBe('404');
	});

	refusesHostileIds(target('downloadImage'));
});

describe('deleteImage', () => {
	const deleted = {
		...target('deleteImage', '/front', { documentSide: 'front' }),
		object: 'image',
	};
	deletes(deleted, (id) => `/documents/${id}/download/front`);

	it('leaves the other side', async () => {
		const { id } = seed({ images: [image('front'), image('back')] });
		await calls.run({
			operation: 'deleteImage',
			parameters: { documentId: id, documentSide: 'back' },
		});
		expect(imagesOf(id)).toEqual(['front']);
	});
});
