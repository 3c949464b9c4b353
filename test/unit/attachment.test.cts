import type { IBinaryData, IExecutePaginationFunctions } from 'n8n-workflow';
import { readUpload, toBinary, type Upload } from '../../nodes/ComplyCube/pipeline/attachment';
import { Failure } from '../../nodes/ComplyCube/transport/failure';

const STARTS = {
	jpg: 'ffd8ffe0',
	png: '89504e470d0a1a0a',
	pdf: '255044462d312e37',
	gif: '47494638',
};
const IMAGES: Upload['types'] = ['image/jpeg', 'image/png'];
const FILES: Upload['types'] = [...IMAGES, 'application/pdf'];

/** A file of that kind, by its first bytes. */
const file = (kind: keyof typeof STARTS, size = 40_000) =>
	Buffer.concat([Buffer.from(STARTS[kind], 'hex'), Buffer.alloc(size)]).subarray(0, size);

/** The part of n8n's `this` that files need, with these files in the input item. */
function node(files: Record<string, Buffer>, parameters: Record<string, unknown> = {}) {
	return {
		getNodeParameter: (name: string, fallback: unknown) => parameters[name] ?? fallback,
		getInputData: () => ({
			json: {},
			binary: Object.fromEntries(Object.keys(files).map((name) => [name, {}])),
		}),
		helpers: {
			assertBinaryData: (name: string) => {
				if (!files[name]) throw new Error('No such file');
				return { data: '' };
			},
			getBinaryDataBuffer: async (name: string) => files[name],
			prepareBinaryData: async (bytes: Buffer, fileName?: string, mimeType?: string) =>
				({ data: bytes.toString('base64'), fileName, mimeType }) as IBinaryData,
		},
	} as unknown as IExecutePaginationFunctions;
}

const message = (result: unknown) => {
	expect(result).toBeInstanceOf(Failure);
	return (result as Failure).message;
};

describe('readUpload', () => {
	it.each([
		['jpg', 'jpg'],
		['png', 'png'],
		['pdf', 'pdf'],
	] as const)('sends a %s by its own ending', async (kind, ending) => {
		const bytes = file(kind);
		expect(await readUpload(node({ data: bytes }), FILES, 'front')).toEqual({
			data: bytes.toString('base64'),
			fileName: `front.${ending}`,
		});
	});

	it('sends no name where none is wanted', async () => {
		const bytes = file('png');
		expect(await readUpload(node({ data: bytes }), IMAGES, '')).toEqual({
			data: bytes.toString('base64'),
		});
	});

	it('takes the field that the user named', async () => {
		const files = { data: file('png'), scan: file('jpg') };
		const result = await readUpload(node(files, { inputDataFieldName: 'scan' }), IMAGES, 'a');
		expect(result).toMatchObject({ fileName: 'a.jpg' });
	});

	it('says where it looked for a file', async () => {
		const result = await readUpload(node({}, { inputDataFieldName: 'scan' }), IMAGES, '');
		expect(message(result)).toBe("The item has no file in 'scan'");
		expect((result as Failure).details).toEqual({
			param: 'inputDataFieldName',
			description: expect.stringContaining("'Input Data Field Name'"),
		});
	});

	it.each([
		[IMAGES, 'pdf', "The file in 'data' is neither JPG nor PNG"],
		[FILES, 'gif', "The file in 'data' is neither JPG, PNG nor PDF"],
	] as const)('knows %p by their bytes from a %s', async (types, kind, sentence) => {
		expect(message(await readUpload(node({ data: file(kind) }), [...types], 'a'))).toBe(sentence);
	});

	it.each([
		[33_999, false],
		[34_000, true],
		[4 * 1024 * 1024, true],
		[4 * 1024 * 1024 + 1, false],
		[0, false],
	])('of %p bytes: %p', async (size, allowed) => {
		const result = await readUpload(node({ data: file('jpg', size) }), IMAGES, '');
		expect(result instanceof Failure).toBe(!allowed);
		if (!allowed) expect((result as Failure).details.description).toContain('Nothing was sent');
	});
});

describe('toBinary', () => {
	const reply = (bytes: Buffer, contentType = 'image/jpg') => ({
		fileName: 'John Doe.jpg',
		contentType,
		data: bytes.toString('base64'),
	});

	it('gives the same bytes, under our own name', async () => {
		const bytes = file('png');
		const result = await toBinary(node({}), reply(bytes), 'document-1-front');
		expect(result).toEqual({
			json: { fileName: 'document-1-front.png', contentType: 'image/jpg' },
			binary: {
				data: {
					data: bytes.toString('base64'),
					fileName: 'document-1-front.png',
					mimeType: 'image/png',
				},
			},
		});
	});

	it('puts them where the user wants', async () => {
		const result = await toBinary(
			node({}, { outputDataFieldName: 'scan' }),
			reply(file('pdf')),
			'a',
		);
		expect(Object.keys((result as { binary: object }).binary)).toEqual(['scan']);
	});

	it('believes ComplyCube about a kind of file that it does not know', async () => {
		const result = await toBinary(node({}), reply(file('gif'), 'image/gif'), 'a');
		expect(result).toMatchObject({
			json: { fileName: 'a' },
			binary: { data: { mimeType: 'image/gif' } },
		});
	});

	it.each([{}, { data: '' }, { data: null }, { data: 5 }])(
		'finds no file in %p',
		async (answer) => {
			const result = await toBinary(node({}), answer as never, 'a');
			expect(message(result)).toBe("There was no file in ComplyCube's answer");
		},
	);
});

describe('what somebody sees of a file', () => {
	it.each([
		[20_001, '20,001 bytes'],
		[4 * 1024 * 1024 + 1, '4,194,305 bytes'],
	])('is its exact size: %i bytes are %s', async (size, text) => {
		const result = await readUpload(node({ data: file('jpg', size) }), IMAGES, '');
		expect(message(result)).toBe(`The file in 'data' has ${text}`);
	});

	it('is its type, by its bytes: a JPG that ComplyCube calls something else', async () => {
		const reply = { contentType: 'image/jpg', data: file('jpg').toString('base64') };
		expect(await toBinary(node({}), reply, 'photo')).toMatchObject({
			json: { fileName: 'photo.jpg' },
			binary: { data: { fileName: 'photo.jpg', mimeType: 'image/jpeg' } },
		});
	});

	it("is in the field 'data' if its name was emptied", async () => {
		const reply = { data: file('png').toString('base64') };
		const result = await toBinary(node({}, { outputDataFieldName: '' }), reply, 'a');
		expect(Object.keys((result as { binary: object }).binary)).toEqual(['data']);
	});

	it('says what to do where there is none', async () => {
		const result = await toBinary(node({}), {}, 'a');
		expect((result as Failure).details.description).toContain('redacted or deleted');
	});
});
