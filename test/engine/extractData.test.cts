import type { IDataObject } from 'n8n-workflow';
import { sampleImage } from '../../simulator/sampleImages.cts';
import { fileIn } from './files.cts';
import { ResourceCalls } from './resourceCalls.cts';

let calls: ResourceCalls;
beforeAll(async () => {
	calls = await ResourceCalls.start('document');
});
beforeEach(() => calls.simulator.reset());
afterAll(async () => await calls.simulator.close());

const IMAGE = sampleImage('jpg');
const FACE = sampleImage('jpg', 600);
const CARD = sampleImage('png', 600);

const run = async (more: IDataObject = {}, data = IMAGE) =>
	await calls.run({ operation: 'extractData', binary: fileIn('data', data), ...more });

const contentOf = (base64: string) => Buffer.from(base64, 'base64').subarray(0, 4).toString('hex');

it('sends the file and nothing else', async () => {
	const { items, error } = await run();
	expect(error).toBeUndefined();
	expect(calls.sent()).toEqual([{ method: 'POST', path: '/autofill', body: { data: IMAGE } }]);
	expect(items[0].json).toMatchObject({ firstName: 'Ada', dob: { day: 31 } });
	expect(items[0].pairedItem).toEqual({ item: 0 });
});

it.each(['png', 'pdf'] as const)('takes a %s', async (kind) => {
	const { error } = await run({}, sampleImage(kind));
	expect(error).toBeUndefined();
});

it('leaves the reply as it is where there is no image in it', async () => {
	const reply = { a: [1, null, { b: true }], text: 'x'.repeat(500), short: '/9j/' };
	calls.answerWith(reply);
	const { items } = await run();
	expect(items).toEqual([{ json: reply, pairedItem: { item: 0 } }]);
});

it('makes files of the images in the reply, wherever they are', async () => {
	calls.answerWith({
		name: 'Ada',
		images: [{ face: FACE }, { face: `data:image/png;base64,${CARD}` }],
		images_0_face: FACE,
	});
	const [{ json, binary }] = (await run()).items;
	expect(json).toEqual({
		name: 'Ada',
		images: [{ face: 'images_0_face' }, { face: 'images_1_face' }],
		images_0_face: 'images_0_face_2',
	});
	const files = Object.entries(binary!).map(([field, { fileName, mimeType, data }]) => [
		field,
		fileName,
		mimeType,
		contentOf(data),
	]);
	expect(files).toEqual([
		['images_0_face', 'images_0_face.jpg', 'image/jpeg', 'ffd8ffe0'],
		['images_1_face', 'images_1_face.png', 'image/png', '89504e47'],
		['images_0_face_2', 'images_0_face_2.jpg', 'image/jpeg', 'ffd8ffe0'],
	]);
});

it.each([
	['a text', sampleImage('txt'), 'neither JPG, PNG nor PDF'],
	['a file that is too small', sampleImage('jpg', 1_000), '1,000 bytes'],
])('sends nothing of %s', async (_, data, words) => {
	const { error } = await run({}, data);
	expect(error?.message).toContain(words);
	expect(calls.sent()).toEqual([]);
});

it('is not repeated after a lost answer, and says that it may have been counted', async () => {
	calls.simulator.faults.add({ kind: 'dropAfter' });
	const { error } = await run();
	expect(error?.description).toMatch(/counted it in the quota.*before you run this item again/s);
	expect(calls.sent()).toHaveLength(1);
});

it('says that the quota is used up, and does not try again', async () => {
	calls.simulator.settings.quotaExceeded = true;
	const { error } = await run();
	expect(error?.message).toContain('quota');
	expect(calls.sent()).toHaveLength(1);
});
