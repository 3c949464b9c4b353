import { NodeHelpers, type IDataObject, type INodeTypeDescription } from 'n8n-workflow';
import { loadPackage, workflowWith } from '../built/engine.cts';

const DEFAULT = { batching: { batch: { batchSize: 20, batchInterval: 1 } } };

/** Request Options that a user may have made of it. */
const OWN: IDataObject[] = [
	{},
	{ timeout: 300 },
	{ batching: { batch: { batchSize: 5, batchInterval: 100 } } },
	{ batching: { batch: { batchSize: -1, batchInterval: 2 } }, timeout: 300 },
	{ proxy: 'http://localhost:3128', allowUnauthorizedCerts: true },
];

let description: INodeTypeDescription;
beforeAll(async () => {
	const { type } = (await loadPackage()).getNode('complyCube');
	description = type.description as INodeTypeDescription;
});

const parametersWith = (requestOptions?: IDataObject) => ({
	resource: 'client',
	operation: 'get',
	...(requestOptions && { requestOptions }),
});

/** The Request Options with which n8n runs a node that is stored with these. */
async function optionsOfRun(requestOptions?: IDataObject) {
	const workflow = await workflowWith({
		parameters: parametersWith(requestOptions),
		credential: {},
	});
	return workflow.getNode('ComplyCube')!.parameters.requestOptions;
}

/** The Request Options that the editor shows for a node that is stored with these, and those it stores when it saves that. */
function optionsInEditor(requestOptions?: IDataObject) {
	const read = (parameters: object, withDefaults: boolean) =>
		NodeHelpers.getNodeParameters(
			description.properties,
			parameters as never,
			withDefaults,
			false,
			{ typeVersion: 1 },
			description,
		)!;
	const shown = read(parametersWith(requestOptions), true);
	const stored = read(shown, false);
	return { shown: shown.requestOptions, stored: stored.requestOptions };
}

it("keeps n8n's own form", () => {
	const fields = description.properties.filter(({ name }) => name === 'requestOptions');
	const entries = ['batching', 'allowUnauthorizedCerts', 'proxy', 'timeout'];
	expect(fields).toMatchObject([{ type: 'collection', isNodeSetting: true }, { type: 'hidden' }]);
	expect(fields[0].options!.map(({ name }) => name)).toEqual(expect.arrayContaining(entries));
});

it('batches the items of a node that says nothing about it', async () => {
	expect(await optionsOfRun()).toEqual(DEFAULT);
});

it('shows and stores the default of a new node', () => {
	expect(optionsInEditor()).toEqual({ shown: DEFAULT, stored: DEFAULT });
});

it.each(OWN)('leaves what the user made of it: %j', async (requestOptions) => {
	expect(await optionsOfRun(requestOptions)).toEqual(requestOptions);
	const both = { shown: requestOptions, stored: requestOptions };
	expect(optionsInEditor(requestOptions)).toEqual(both);
});
