import type { IDataObject, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { description, isShownFor } from '../operations/index.cts';
import { byId, ResourceCalls } from './resourceCalls.cts';

let calls: ResourceCalls;
beforeAll(async () => {
	calls = await ResourceCalls.start('check');
});
beforeEach(() => calls.simulator.reset());
afterAll(async () => await calls.simulator.close());

const NEEDED = {
	documentId: byId('d1'),
	addressId: 'a1',
	livePhotoId: 'p1',
	liveVideoId: 'v1',
};

/** Creates a check. Returns the options that were sent. */
async function optionsOf(type: string, additionalFields: IDataObject) {
	calls.answerWith({ id: 'c1' });
	const parameters = { clientId: byId('client1'), type, ...NEEDED, checkOptions: additionalFields };
	const { error } = await calls.run({ operation: 'create', parameters, input: [{}] });
	expect(error?.message).toBeUndefined();
	return (calls.sent()[0].body as { options?: IDataObject }).options;
}

/** Every option that a type of check may have, as the editor saves it when it is added. */
const ADDED = {
	clientDataValidation: true,
	enableEnrolledFaces: false,
	enableSpecimenMatching: false,
	enableVpnDetection: false,
	minimumPermittedAge: 21,
	twoPlusTwo: true,
};

describe('the options of a check', () => {
	it.each<[string, Array<keyof typeof ADDED>]>([
		['document_check', ['clientDataValidation', 'minimumPermittedAge']],
		['identity_check', ['enableEnrolledFaces', 'enableSpecimenMatching', 'enableVpnDetection']],
		['multi_bureau_check', ['twoPlusTwo']],
	])('of type %s are sent, and none of another type', async (type, names) => {
		const expected = Object.fromEntries(names.map((name) => [name, ADDED[name]]));
		expect(await optionsOf(type, ADDED)).toEqual(expected);
	});

	it('of an age estimation are none: its minimum age is a preset of the account', async () => {
		expect(await optionsOf('age_estimation_check', ADDED)).toBeUndefined();
	});

	it.each(['document_check', 'identity_check', 'multi_bureau_check'])(
		'of type %s are only sent if somebody adds them',
		async (type) => expect(await optionsOf(type, {})).toBeUndefined(),
	);
});

/** The fields of Check: Create with this name. */
const fieldsOf = (name: string) =>
	description.properties
		.filter(isShownFor({ resource: 'check', operation: 'create' }))
		.filter((field) => field.name === name);

describe('Check: Create in the editor', () => {
	const [type] = fieldsOf('type');
	const offered = (type.options as INodePropertyOptions[]).map(({ value }) => value);
	const additional = fieldsOf('checkOptions').flatMap(
		({ options }) => options as INodeProperties[],
	);

	it('offers what a request can start', () => {
		expect(offered).toHaveLength(14);
		expect(offered).not.toContain('eid_check');
		expect(offered).not.toContain('device_intelligence_check');
	});

	it('still finds what a workflow started', async () => {
		for (const started of ['eid_check', 'device_intelligence_check']) {
			const { error } = await calls.run({
				operation: 'getAll',
				parameters: { checkFilters: { type: started } },
			});
			expect(error).toBeUndefined();
		}
		expect(calls.sent().map(({ query }) => query?.type)).toEqual([
			'eid_check',
			'device_intelligence_check',
		]);
	});

	it.each([
		['driving_license_check', /document number/],
		['face_authentication_check', /enrolled.*enable/s],
		['ssn_check', /SSN/],
		['email_intelligence_check', /email.*enable/s],
		['mobile_intelligence_check', /mobile.*enable/s],
		['age_estimation_check', /live photo.*enable/s],
		['document_check', /issuing country/],
	])('says what %s needs', (value, words) => {
		const option = (type.options as INodePropertyOptions[]).find((one) => one.value === value);
		expect(option?.description).toMatch(words);
	});

	it.each(['clientDataValidation', 'twoPlusTwo', 'enableEnrolledFaces', 'enableVpnDetection'])(
		'starts %s at off',
		(name) => {
			const [field, ...others] = additional.filter((option) => option.name === name);
			expect([field.default, others]).toEqual([false, []]);
		},
	);
});

describe('the lists of a screening', () => {
	const scopeOf = async (additionalFields: IDataObject) =>
		(await optionsOf('standard_screening_check', additionalFields))?.screeningListsScope;
	const LISTS = ['African Development Bank Group (AFDB)', 'A list, with a comma'];

	it('are sent with their mode', async () => {
		const fields = { screeningLists: LISTS, screeningListsMode: 'exclusion' };
		expect(await scopeOf(fields)).toEqual({ mode: 'exclusion', lists: LISTS });
	});

	it('are sent without a mode if none is chosen', async () => {
		expect(await scopeOf({ screeningLists: LISTS })).toEqual({ lists: LISTS });
	});

	it('come from an expression too', async () => {
		expect(await scopeOf({ screeningLists: '={{ ["One", "Two"] }}' })).toEqual({
			lists: ['One', 'Two'],
		});
	});

	it('come as JSON', async () => {
		const json = '{ "mode": "inclusion", "lists": ["One"] }';
		expect(await scopeOf({ screeningListsScope: json })).toEqual({
			mode: 'inclusion',
			lists: ['One'],
		});
	});

	it('are all if none is chosen', async () => {
		expect(await scopeOf({ screeningLists: [], screeningListsScope: '' })).toBeUndefined();
	});

	it('may be chosen beside a JSON field that was added and left alone', async () => {
		const untouched = { screeningLists: ['One'], screeningListsScope: '{}' };
		expect(await scopeOf(untouched)).toEqual({ lists: ['One'] });
	});

	it.each([
		[{ screeningListsMode: 'exclusion' }, 'no screening list is'],
		[{ screeningLists: [], screeningListsMode: 'inclusion' }, 'no screening list is'],
		[{ screeningLists: ['One'], screeningListsScope: '{ "lists": ["Two"] }' }, 'both set'],
	])('are refused where %j is unclear', async (additionalFields, words) => {
		const parameters = { clientId: byId('client1'), checkOptions: additionalFields };
		const { error } = await calls.run({ operation: 'create', parameters });
		expect(error?.message).toContain(words);
		expect(calls.sent()).toEqual([]);
	});
});
