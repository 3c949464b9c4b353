import type { IDataObject, IExecutePaginationFunctions } from 'n8n-workflow';
import { withImagesAsFiles } from '../../nodes/ComplyCube/pipeline/embeddedImages';
import { Failure } from '../../nodes/ComplyCube/transport/failure';
import { sampleImage } from '../../simulator/sampleImages.cts';

const FACE = sampleImage('jpg', 600);

/** A node whose files are kept, or not. */
const nodeThat = (store: (bytes: Buffer, name: string, type: string) => Promise<unknown>) =>
	({ helpers: { prepareBinaryData: store } }) as unknown as IExecutePaginationFunctions;

const keeping = nodeThat(async (bytes, fileName, mimeType) => ({
	data: bytes.toString('base64'),
	fileName,
	mimeType,
}));

const itemOf = async (reply: IDataObject) => {
	const result = await withImagesAsFiles(keeping, reply);
	expect(result).not.toBeInstanceOf(Failure);
	return (result as Array<{ json: IDataObject; binary?: object }>)[0];
};

it('keeps the whole image', async () => {
	const { binary } = await itemOf({ face: FACE });
	expect(binary).toEqual({ face: { data: FACE, fileName: 'face.jpg', mimeType: 'image/jpeg' } });
});

it.each([
	['a text', 'x'.repeat(1_000)],
	['a PDF', sampleImage('pdf', 600)],
	['the beginning of an image', FACE.slice(0, 79)],
	['a text after the beginning of an image', ` ${'-'.repeat(100)}${FACE}`],
])('takes %s for no image', async (_, text) => {
	expect(await itemOf({ text })).toEqual({ json: { text } });
});

it('names a field after its place, without what an expression cannot write', async () => {
	const { json } = await itemOf({ 'front side': { 'e-mail': FACE } });
	expect(json).toEqual({ 'front side': { 'e-mail': 'front_side_e_mail' } });
});

it('says that the request was counted if an image cannot be stored', async () => {
	const full = nodeThat(
		async () => await Promise.reject(Object.assign(new Error(), { code: 'ENOSPC' })),
	);
	const failure = (await withImagesAsFiles(full, { face: FACE })) as Failure;
	expect(failure.message).toContain('there is no space left');
	expect(failure.details.description).toMatch(/has counted the request.*counts once more/);
});
