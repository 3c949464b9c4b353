import type { IDataObject } from 'n8n-workflow';
import { byId, ResourceCalls } from './resourceCalls.cts';

const CLIENT = '5eb1276d96be4a0008713af5';
const TEMPLATE = '68566be2a37a78622f4f7be3';
const URLS = { successUrl: 'https://example.com/done', cancelUrl: 'https://example.com/off' };

let calls: ResourceCalls;
beforeAll(async () => {
	calls = await ResourceCalls.start('flowSession');
});
beforeEach(() => calls.simulator.reset());
afterAll(async () => await calls.simulator.close());

const run = async (parameters: IDataObject = {}, more = {}) =>
	await calls.run({
		operation: 'create',
		parameters: {
			clientId: byId(CLIENT),
			workflowTemplateId: byId(TEMPLATE),
			...URLS,
			...parameters,
		},
		...more,
	});
const seedClient = () => calls.simulator.clients.seed({})[0].id;

const EVERY_FIELD = {
	allowDocumentUpload: false,
	documentTypes: ['passport', 'residence_permit'],
	enableMonitoring: true,
	language: 'hk',
	messages: '{ "intro": "Welcome" }',
	shortUrl: true,
	supportEmail: 'help@example.com',
	theme: 'dark',
};

describe('the exact request', () => {
	const REPLY = { redirectUrl: 'https://flow.example/abc' };
	const expectBody = async (parameters: IDataObject, body: IDataObject) => {
		calls.answerWith(REPLY);
		const { items } = await run(parameters);
		expect(items).toEqual([{ json: REPLY, pairedItem: { item: 0 } }]);
		expect(calls.sent()).toEqual([{ method: 'POST', path: '/flow/sessions', body }]);
	};

	it('for a workflow', async () => {
		await expectBody(
			{ clientId: byId(` ${CLIENT} `), workflowTemplateId: byId(` ${TEMPLATE} `) },
			{ clientId: CLIENT, workflowTemplateId: TEMPLATE, ...URLS },
		);
	});

	it('for a workflow, with every field, and none of those for checks', async () => {
		await expectBody(
			{ checkTypes: ['document_check'], sessionOptions: EVERY_FIELD },
			{
				clientId: CLIENT,
				workflowTemplateId: TEMPLATE,
				...URLS,
				shortUrl: true,
				supportEmail: 'help@example.com',
				theme: 'dark',
			},
		);
	});

	it('for checks, with every field, and no workflow', async () => {
		await expectBody(
			{
				sessionType: 'checks',
				checkTypes: ['document_check', 'identity_check'],
				sessionOptions: EVERY_FIELD,
			},
			{
				clientId: CLIENT,
				checkTypes: ['document_check', 'identity_check'],
				...URLS,
				...EVERY_FIELD,
				documentTypes: { passport: true, residence_permit: true },
				messages: { intro: 'Welcome' },
			},
		);
	});

	it('without empty fields', async () => {
		await expectBody(
			{
				sessionType: 'checks',
				checkTypes: '={{ "document_check, identity_check" }}',
				sessionOptions: { documentTypes: [], messages: '', supportEmail: '' },
			},
			{ clientId: CLIENT, checkTypes: ['document_check', 'identity_check'], ...URLS },
		);
	});
});

describe('nothing is sent', () => {
	const NOTHING = '={{ $json.nothing }}';

	it.each([
		[{ clientId: byId(NOTHING) }, "'Client'"],
		[{ workflowTemplateId: byId(NOTHING) }, "'Workflow Template'"],
		[{ workflowTemplateId: byId('={{ "a b" }}') }, "'Workflow Template'"],
		[{ sessionType: 'checks', checkTypes: NOTHING }, "'Check Types'"],
		[{ sessionType: 'checks', checkTypes: '={{ " , " }}' }, "'Check Types'"],
		[
			{
				sessionType: 'checks',
				checkTypes: ['document_check'],
				sessionOptions: { messages: 'Welcome' },
			},
			"'Messages (JSON)'",
		],
	])('with %j', async (parameters, words) => {
		const { error } = await run(parameters as IDataObject);
		expect(error?.message).toContain(words);
		expect(calls.sent()).toEqual([]);
	});
});

it('is not repeated after a lost answer, and says what may have happened', async () => {
	calls.simulator.faults.add({ kind: 'dropAfter' });
	const { error } = await run();
	expect(error?.description).toContain('safe to run this item again');
	expect(calls.sent()).toHaveLength(1);
});

it("reports ComplyCube's reason", async () => {
	const clientId = byId(seedClient());
	calls.simulator.settings.workflowTemplates[0].active = false;
	const { error } = await run({ clientId });
	expect(error?.message).toContain('no active version');
});

it('returns working links, paired with their clients', async () => {
	const clients = [seedClient(), 'nobody', seedClient()];
	const { items } = await run(
		{ clientId: byId('={{ $json.client }}') },
		{ input: clients.map((client) => ({ client })), onError: 'continueRegularOutput' },
	);
	expect(items.map(({ json, pairedItem }) => [typeof json.redirectUrl, pairedItem])).toEqual([
		['string', { item: 0 }],
		['undefined', { item: 1 }],
		['string', { item: 2 }],
	]);
	expect((await fetch(String(items[2].json.redirectUrl))).status).toBe(200);
});
