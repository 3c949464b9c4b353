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

const JPG = sampleImage('jpg');
const MODES = [{ binaryMode: 'separate' }, { binaryMode: 'combined' }] as const;

describe.each(MODES)('in a workflow with the setting %j', (workflowSettings) => {
	const upload = async (field: string, stored: string, file = JPG) => {
		const [{ id: clientId }] = calls.simulator.clients.seed();
		const documentId = calls.simulator.documents.seed({ clientId })[0].id;
		return await calls.run({
			operation: 'uploadImage',
			parameters: { documentId, inputDataFieldName: field },
			input: [{ content: JPG }],
			binary: fileIn(stored, file),
			workflowSettings,
		});
	};

	it.each(['my.file', 'file[0]', ' data ', 'Ausweis – Größe', '0'])(
		'a file is found by its name %j',
		async (name) => {
			const { error } = await upload(name, name);
			const sent = calls.sent().map(({ body }) => (body as IDataObject).data);
			expect([error, sent]).toEqual([undefined, [JPG]]);
		},
	);

	it.each(['constructor', '__proto__', 'toString'])(
		'what every object has is no file: %s',
		async (name) => {
			const { error } = await upload(name, 'data');
			expect(error?.message).toBe(`The item has no file in '${name}'`);
			expect(calls.sent()).toEqual([]);
		},
	);

	it("a file's content in place of its name is not repeated in the sentence", async () => {
		const { error } = await upload('={{ $json.content }}', 'data');
		expect(error?.message).toMatch(/^The item has no file in '/);
		expect(error?.message.length).toBeLessThan(100);
	});

	it('an empty file is told by its size', async () => {
		const { error } = await upload('data', 'data', '');
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
});
