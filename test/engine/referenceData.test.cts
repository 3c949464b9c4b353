import { ResourceCalls } from './resourceCalls.cts';

let calls: ResourceCalls;
beforeAll(async () => {
	calls = await ResourceCalls.start('referenceData');
});
beforeEach(() => calls.simulator.reset());
afterAll(async () => await calls.simulator.close());

const run = async (operation: string, splitIntoItems?: unknown, more = {}) =>
	await calls.run({
		operation,
		parameters: splitIntoItems === undefined ? {} : { splitIntoItems: splitIntoItems as boolean },
		...more,
	});

const LISTS = [
	'African Development Bank Group (AFDB)',
	'Federal Bureau of Investigation (FBI)',
	'HM Treasury Sanctions List',
];

describe('getScreeningLists', () => {
	it('makes an item of each list', async () => {
		const { items } = await run('getScreeningLists');
		expect(calls.sent()).toEqual([{ method: 'GET', path: '/static/screeningLists' }]);
		expect(items).toEqual(LISTS.map((name) => ({ json: { name }, pairedItem: { item: 0 } })));
	});

	it.each([false, '={{ "false" }}'])(
		'returns all lists in one item on request: %p',
		async (splits) => {
			const { items } = await run('getScreeningLists', splits);
			expect(items).toEqual([{ json: { lists: LISTS }, pairedItem: { item: 0 } }]);
		},
	);

	it.each([
		[{ type: 'x', message: 'y' }, 'The answer does not have the form that ComplyCube documents'],
		[null, 'The answer was not the JSON that ComplyCube sends'],
		['text', 'The answer was not the JSON that ComplyCube sends'],
	])('takes no other reply for a list: %j', async (reply, message) => {
		calls.answerWith(reply);
		expect((await run('getScreeningLists')).error?.message).toBe(message);
	});

	it('gives no item of an empty list', async () => {
		calls.answerWith([]);
		expect(await run('getScreeningLists')).toMatchObject({ items: [], error: undefined });
	});

	it('reports what ComplyCube refuses', async () => {
		calls.simulator.settings.notInPlan = ['static'];
		const { error } = await run('getScreeningLists');
		expect(error?.httpCode).toBe('403');
	});
});

describe('getSupportedDocuments', () => {
	const document = (documentType: string, country: string, sides: number) => ({
		checkType: 'document_check',
		documentType,
		country,
		sides,
	});

	it('makes an item of each type and country', async () => {
		const { items } = await run('getSupportedDocuments');
		expect(calls.sent()).toEqual([{ method: 'GET', path: '/static/supportedDocuments' }]);
		expect(items).toEqual(
			[
				document('national_identity_card', 'BE', 2),
				document('passport', 'AE', 1),
				document('passport', 'GB', 1),
			].map((json) => ({ json, pairedItem: { item: 0 } })),
		);
	});

	it('returns everything as it is on request', async () => {
		const { items } = await run('getSupportedDocuments', false);
		expect(items).toEqual([
			{ json: calls.simulator.settings.supportedDocuments, pairedItem: { item: 0 } },
		]);
	});

	it('refuses a form that is not documented, and returns it as it is on request', async () => {
		const reply = { document_check: { passport: ['AE', 'GB'] } };
		calls.answerWith(reply);
		const { error } = await run('getSupportedDocuments');
		expect(error?.message).toBe('The answer does not have the form that ComplyCube documents');
		expect(error?.description).toContain("Turn off 'Split Into Items'");
		expect((await run('getSupportedDocuments', false)).items[0].json).toEqual(reply);
	});

	it('pairs every entry with its item', async () => {
		const { items } = await run('getSupportedDocuments', undefined, { input: [{}, {}] });
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(
			[0, 0, 0, 1, 1, 1].map((item) => ({ item })),
		);
	});
});

it('refuses a switch that is neither on nor off', async () => {
	const { error } = await run('getScreeningLists', '={{ "perhaps" }}');
	expect(error?.message).toBe("'Split Into Items' is neither true nor false");
	expect(calls.sent()).toEqual([]);
});
