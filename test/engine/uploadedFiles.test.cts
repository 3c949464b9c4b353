import type { IDataObject } from 'n8n-workflow';
import { sampleImage } from '../../simulator/sampleImages.cts';
import type { RunRequest } from '../built/engine.cts';
import { fileIn } from './files.cts';
import { ResourceCalls } from './resourceCalls.cts';

let calls: ResourceCalls;
beforeAll(async () => {
	calls = await ResourceCalls.start('document');
});
beforeEach(() => calls.simulator.reset());
afterAll(async () => await calls.simulator.close());

const JPG = sampleImage('jpg');
const COMBINED = { binaryMode: 'combined' } as const;

const seed = () => {
	const [{ id: clientId }] = calls.simulator.clients.seed();
	return calls.simulator.documents.seed({ clientId })[0].id;
};

const upload = async (file: string, field?: unknown, more: Partial<RunRequest> = {}) =>
	await calls.run({
		operation: 'uploadImage',
		parameters: {
			documentId: seed(),
			...(field !== undefined && { inputDataFieldName: field as string }),
		},
		binary: fileIn('data', file),
		...more,
	});

const uploaded = () => calls.sent().map(({ body }) => (body as IDataObject).data);

describe('a file is found', () => {
	it.each([
		['by a name with blanks around it', ' data'],
		['by an expression that gives the file itself', '={{ $binary.data }}'],
		['by an expression that gives its name', '={{ Object.keys($binary)[0] }}'],
	])('%s', async (_, field) => {
		const { error } = await upload(JPG, field);
		expect([error, uploaded()]).toEqual([undefined, [JPG]]);
	});

	it.each([
		['by its name', 'data'],
		['by its path', '_files.data'],
		['by an expression that gives the file itself', '={{ $json._files.data }}'],
	])('in a workflow with the combined binary mode %s', async (_, field) => {
		const { error } = await upload(JPG, field, { workflowSettings: COMBINED });
		expect([error, uploaded()]).toEqual([undefined, [JPG]]);
	});

	it('and one that was downloaded, in the combined binary mode', async () => {
		const [{ id: clientId }] = calls.simulator.clients.seed();
		const [{ id }] = calls.simulator.livePhotos.seed({ clientId });
		const photos = await calls.run({
			operation: 'download',
			parameters: { resource: 'livePhoto', livePhotoId: id },
			workflowSettings: COMBINED,
		});
		expect(photos.items[0].json).toMatchObject({
			id,
			_files: { data: { mimeType: 'image/jpeg' } },
		});
	});
});

describe('what is no file is called what it is', () => {
	it.each([
		[
			'={{ { a: 1 } }}',
			"The 'Input Data Field Name' parameter is an object, not the name of a field",
		],
		['={{ ["data"] }}', "The 'Input Data Field Name' parameter is a list, not the name of a field"],
		['={{ $json.nothing }}', "The item has no file in ''"],
		['scan', "The item has no file in 'scan'"],
	])('%s', async (field, message) => {
		for (const more of [{}, { workflowSettings: COMBINED }]) {
			const { error } = await upload(JPG, field, more);
			expect(error?.message).toBe(message);
		}
		expect(calls.sent()).toEqual([]);
	});

	it('a data URL', async () => {
		const text = Buffer.from(`data:image/png;base64,${sampleImage('png')}`).toString('base64');
		const { error } = await upload(text);
		expect(error?.message).toBe(
			"The file in 'data' is a data URL, a text that begins with 'data:', not the file itself",
		);
		expect(error?.description).toContain('Nothing was sent');
		expect(calls.sent()).toEqual([]);
	});
});

describe('a size is told so that it cannot be taken for one that is allowed', () => {
	it.each([
		[33_200, '33,200 bytes'],
		[33_999, '33,999 bytes'],
		[4 * 1024 * 1024 + 1, '4,194,305 bytes'],
	])('%p', async (size, told) => {
		const { error } = await upload(sampleImage('jpg', size));
		expect(error?.message).toBe(`The file in 'data' has ${told}`);
		expect(error?.description).toBe(
			'ComplyCube takes files of 34 kB (34,000 bytes) to 4 MB (4,194,304 bytes). Nothing was sent for this item.',
		);
	});
});

it.each(['\uFEFF', '\n'])('sends a PDF that begins with %j as it is', async (before) => {
	const file = Buffer.concat([Buffer.from(before), Buffer.from(sampleImage('pdf'), 'base64')]);
	const { error } = await upload(file.toString('base64'));
	expect([error, uploaded()]).toEqual([undefined, [file.toString('base64')]]);
});

it.each([{ a: 1 }, ['image/jpg'], 5])(
	'a file of the type %j is stored all the same',
	async (type) => {
		calls.answerWith({ contentType: type, data: Buffer.from('GIF89a').toString('base64') });
		const { error, items } = await calls.run({
			operation: 'downloadImage',
			parameters: { documentId: '5eb2b61e02df0a0008f1cf2a' },
		});
		expect(error).toBeUndefined();
		expect(items[0].binary?.data.data).toBe(Buffer.from('GIF89a').toString('base64'));
	},
);

describe.each([{ binaryMode: 'separate' }, COMBINED] as const)(
	'in a workflow with the setting %j',
	(workflowSettings) => {
		const uploadFrom = async (field: string, stored: string, file = JPG) =>
			await upload(file, field, {
				input: [{ content: JPG }],
				binary: fileIn(stored, file),
				workflowSettings,
			});

		it.each(['my.file', 'file[0]', ' data ', 'Ausweis – Größe', '0'])(
			'a file is found by its name %j',
			async (name) => {
				const { error } = await uploadFrom(name, name);
				expect([error, uploaded()]).toEqual([undefined, [JPG]]);
			},
		);

		it.each(['constructor', '__proto__', 'toString'])(
			'what every object has is no file: %s',
			async (name) => {
				const { error } = await uploadFrom(name, 'data');
				expect(error?.message).toBe(`The item has no file in '${name}'`);
				expect(calls.sent()).toEqual([]);
			},
		);

		it("a file's content in place of its name is not repeated in the sentence", async () => {
			const { error } = await uploadFrom('={{ $json.content }}', 'data');
			expect(error?.message).toMatch(/^The item has no file in '/);
			expect(error?.message.length).toBeLessThan(100);
		});

		it('an empty file is told by its size', async () => {
			const { error } = await uploadFrom('data', 'data', '');
			expect(error?.message).toBe("The file in 'data' has 0 bytes");
			expect(calls.sent()).toEqual([]);
		});

		it.each(['={{ $json.nothing }}', '={{ null }}', '={{ {} }}', '={{ "" }}'])(
			'a downloaded file whose name %s gives none is in the usual field',
			async (outputDataFieldName) => {
				calls.answerWith({ contentType: 'image/jpg', data: JPG });
				const { items } = await calls.run({
					operation: 'downloadImage',
					parameters: { documentId: '5eb2b61e02df0a0008f1cf2a', outputDataFieldName },
					workflowSettings,
				});
				const files = items[0].binary ?? (items[0].json._files as IDataObject);
				expect(Object.keys(files)).toEqual(['data']);
			},
		);
	},
);
