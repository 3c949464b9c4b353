import type { Item } from '../../sandbox/n8n/execution.cts';
import { Sandbox } from '../../sandbox/rig/sandbox.cts';
import { manualWorkflow } from '../../sandbox/rig/workflows.cts';
import { sampleImage } from '../../simulator/sampleImages.cts';
import { byGeneration } from './byGeneration.cts';

const IMAGE = sampleImage('jpg');

/** n8n 1 keeps an item's files apart from its JSON, whatever the workflow says. */
const BINARY_MODES = byGeneration({ 'n8n 1': ['separate'], 'n8n 2': ['separate', 'combined'] });

const CONVERT = {
	name: 'Convert to File',
	type: 'n8n-nodes-base.convertToFile',
	typeVersion: 1.1,
	position: [450, 0] as [number, number],
	parameters: { operation: 'toBinary', sourceProperty: 'image' },
};

/** The file of an item, wherever the workflow's binary mode keeps it. */
const fileOf = ({ json, binary }: Item, field: string) =>
	(json._files as Item['binary'] | undefined)?.[field] ?? binary?.[field];

describe.each(['filesystem', 'database'])("n8n's files in its %s", (storage) => {
	let sandbox: Sandbox;
	beforeAll(async () => {
		sandbox = await Sandbox.start({
			N8N_DEFAULT_BINARY_DATA_MODE: storage,
			N8N_AVAILABLE_BINARY_DATA_MODES: 'filesystem,database',
		});
	}, 900_000);
	afterAll(async () => await sandbox?.stop());
	beforeEach(() => sandbox.simulator.reset());

	const upload = async (binaryMode: string, field: string) => {
		const { simulator, n8n } = sandbox;
		const [{ id: clientId }] = simulator.clients.seed();
		const [{ id }] = simulator.documents.seed({ clientId });
		const document = { resource: 'document', documentId: id };
		const workflow = manualWorkflow(
			[{ image: IMAGE }],
			[
				CONVERT,
				sandbox.complyCube(
					{ ...document, operation: 'uploadImage', inputDataFieldName: field },
					{},
					'Upload',
				),
				sandbox.complyCube(
					{ ...document, operation: 'downloadImage', outputDataFieldName: 'picture' },
					{},
					'Download',
				),
			],
		);
		const settings = { ...workflow.settings, binaryMode };
		const { id: workflowId } = await n8n.client.createWorkflow({ ...workflow, settings });
		return await n8n.client.runWorkflow(workflowId);
	};

	it.each(
		BINARY_MODES.flatMap((binaryMode) => [
			[binaryMode, 'data'],
			[binaryMode, binaryMode === 'combined' ? '={{ $json._files.data }}' : '={{ $binary.data }}'],
		]),
	)('uploads and downloads in the binary mode %s, with %s', async (binaryMode, field) => {
		const { data, error } = await upload(binaryMode, field);
		expect(error?.message).toBeUndefined();
		const sent = sandbox.simulator.requests.find(({ method }) => method === 'POST');
		expect(sent?.body).toEqual({ fileName: 'front.jpg', data: IMAGE });
		const [item] = data.Download[0];
		expect(fileOf(item, 'picture')).toMatchObject({
			mimeType: 'image/jpeg',
			id: expect.stringMatching(new RegExp(`^${storage}`)),
		});
	});
});
