import { LoadOptionsContext } from 'n8n-core';
import type { INodePropertyOptions, INodeType } from 'n8n-workflow';
import { additionalDataFor, loadPackage, workflowWith } from '../built/engine.cts';
import { byId, ResourceCalls, TEST_KEY } from './resourceCalls.cts';

let calls: ResourceCalls;
beforeAll(async () => {
	calls = await ResourceCalls.start('check');
});
beforeEach(() => calls.simulator.reset());
afterAll(async () => await calls.simulator.close());

/** Loads the options of the field, as the editor does. */
async function screeningLists(apiKey = TEST_KEY): Promise<INodePropertyOptions[]> {
	const credential = { apiKey, baseUrl: calls.simulator.url, requestsPerSecond: 10_000 };
	const workflow = await workflowWith({ parameters: {}, credential });
	const context = new LoadOptionsContext(
		workflow,
		workflow.getNode('ComplyCube')!,
		{ ...(await additionalDataFor(credential)), currentNodeParameters: {} },
		'parameters.any',
	);
	const { methods } = (await loadPackage()).getNode('complyCube').type as INodeType;
	return await methods!.loadOptions!.getScreeningLists.call(context as never);
}

describe('a reply that is documented as an array', () => {
	it('fills the screening lists to pick from', async () => {
		calls.answerWith(['African Development Bank Group (AFDB)', 'A list, with a comma']);
		expect(await screeningLists()).toEqual([
			{
				name: 'African Development Bank Group (AFDB)',
				value: 'African Development Bank Group (AFDB)',
			},
			{ name: 'A list, with a comma', value: 'A list, with a comma' },
		]);
		expect(calls.sent()).toEqual([{ method: 'GET', path: '/static/screeningLists' }]);
	});

	it('may be empty', async () => {
		calls.answerWith([]);
		expect(await screeningLists()).toEqual([]);
	});

	it.each([[{ lists: [] }], ['text']])('is not replaced by %j', async (json) => {
		calls.answerWith(json);
		await expect(screeningLists()).rejects.toThrow(/not/);
	});

	it('says why there is none', async () => {
		await expect(screeningLists('wrong')).rejects.toThrow(/^Authorization failed/);
	});
});

it('an array where an object is documented is no reply', async () => {
	calls.answerWith([{ id: 'c1' }]);
	const { error } = await calls.run({ operation: 'get', parameters: { checkId: byId('c1') } });
	expect(error?.message).toContain('not the JSON that ComplyCube sends');
});
