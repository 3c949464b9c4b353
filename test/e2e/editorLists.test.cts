/** Whether a real n8n fills the lists of the editor. */
import { Sandbox } from '../../sandbox/rig/sandbox.cts';
import { byId, NODE_TYPE } from '../../sandbox/rig/workflows.cts';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await Sandbox.start();
}, 900_000);
afterAll(async () => await sandbox?.stop());
beforeEach(() => sandbox.simulator.reset());

const field = (parameter: string, method: string, parameters: Record<string, unknown>) => ({
	nodeType: NODE_TYPE,
	typeVersion: 1,
	parameter,
	method,
	currentNodeParameters: parameters,
	credentials: {},
});

it("offers the fields of the operation in 'Fields', without a credential and without a request", async () => {
	const offered = async (resource: string, operation: string) =>
		await sandbox.n8n.client.loadOptions(
			field('fields', 'getOutputFields', { resource, operation, output: 'selected' }),
		);
	const ofCheck = await offered('check', 'get');
	expect(ofCheck.slice(0, 2).map(({ value }) => value)).toEqual(['result', 'status']);
	expect((await offered('workflowSession', 'get'))[0]).toMatchObject({ value: 'outcome' });
	expect(await offered('check', 'create')).toEqual([]);
	expect(sandbox.simulator.requests).toEqual([]);
});

it('lists what a check can look at, once its client is chosen', async () => {
	const { simulator, credential } = sandbox;
	const { id: clientId } = simulator.clients.seed()[0];
	const [address] = simulator.addresses.seed({ clientId });
	const [photo] = simulator.livePhotos.seed({ clientId });
	const [video] = simulator.liveVideos.seed({ clientId });
	const list = async (parameter: string, method: string) => {
		const { results } = await sandbox.n8n.client.listSearch({
			...field(parameter, method, {
				resource: 'check',
				operation: 'create',
				clientId: byId(clientId),
			}),
			credentials: { complyCubeApi: { id: credential.id, name: credential.name } },
		});
		return results.map(({ value }) => value);
	};
	expect(await list('addressId', 'searchAddresses')).toEqual([address.id]);
	expect(await list('livePhotoId', 'searchLivePhotos')).toEqual([photo.id]);
	expect(await list('liveVideoId', 'searchLiveVideos')).toEqual([video.id]);
});

it('makes a tool of the node that starts with the most useful fields', async () => {
	const types = await sandbox.n8n.client.listNodeTypes();
	const tool = types.find(({ name }) => name === `${NODE_TYPE}Tool`) as unknown as {
		properties: Array<{ name: string; default: unknown; displayOptions?: object }>;
	};
	const outputs = tool.properties.filter(({ name }) => name === 'output');
	expect(outputs).toEqual([
		expect.objectContaining({
			default: 'raw',
			displayOptions: expect.objectContaining({ hide: { '@tool': [true] } }),
		}),
		expect.objectContaining({
			default: 'simplified',
			displayOptions: { show: expect.objectContaining({ '@tool': [true] }) },
		}),
	]);
});
