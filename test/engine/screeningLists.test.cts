import { byId, ResourceCalls } from './resourceCalls.cts';

let calls: ResourceCalls;
beforeAll(async () => {
	calls = await ResourceCalls.start('check');
});
beforeEach(() => calls.simulator.reset());
afterAll(async () => await calls.simulator.close());

const screeningLists = async (credential = {}) =>
	await calls.loadOptions('getScreeningLists', credential);

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
		await expect(screeningLists({ apiKey: 'wrong' })).rejects.toThrow(/^Authorization failed/);
	});
});

it('an array where an object is documented is no reply', async () => {
	calls.answerWith([{ id: 'c1' }]);
	const { error } = await calls.run({ operation: 'get', parameters: { checkId: byId('c1') } });
	expect(error?.message).toContain('not the JSON that ComplyCube sends');
});
