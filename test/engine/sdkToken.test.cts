// Before all others, because n8n reads how to log when it is loaded
import { readLog } from '../built/debugLog.cts';
import type { IDataObject } from 'n8n-workflow';
import { description } from '../operations/index.cts';
import { endsInDoubt, refusesHostileIds } from './commonBehaviour.cts';
import { byId, ResourceCalls } from './resourceCalls.cts';

let calls: ResourceCalls;
beforeAll(async () => {
	calls = await ResourceCalls.start('sdkToken');
});
beforeEach(() => calls.simulator.reset());
afterAll(async () => await calls.simulator.close());

const REFERRER = { platform: 'web', referrer: 'https://www.example.com/*' };
const APP = { platform: 'mobile', appId: 'com.myapp.demo.app' };
const A_TOKEN = /^[\w-]+\.[\w-]+\.[\w-]+$/;

const run = async (clientId: unknown, parameters: IDataObject = REFERRER, more = {}) =>
	await calls.run({
		operation: 'create',
		parameters: { clientId: byId(clientId), ...parameters },
		...more,
	});

it.each([
	['a website, which is the default', { referrer: REFERRER.referrer }, 'referrer'],
	['an app', APP, 'appId'],
	['a website, after an app was entered', { ...APP, ...REFERRER }, 'referrer'],
	['an app, after a website was entered', { ...REFERRER, ...APP }, 'appId'],
] as const)('is made for %s', async (_, parameters: IDataObject, name) => {
	const [{ id: clientId }] = calls.simulator.clients.seed();
	const { items } = await run(` ${clientId} `, parameters);
	expect(calls.sent()).toEqual([
		{ method: 'POST', path: '/tokens', body: { clientId, [name]: parameters[name] } },
	]);
	expect(items).toEqual([
		{ json: { token: expect.stringMatching(A_TOKEN) }, pairedItem: { item: 0 } },
	]);
});

it.each([
	['web', 'referrer', "The 'Referrer' parameter is empty"],
	['mobile', 'appId', "The 'App ID' parameter is empty"],
])('sends nothing for %s without %s', async (platform, name, message) => {
	const { error } = await run('a', { platform, [name]: '={{ $json.nothing }}' });
	expect(error?.message).toBe(message);
	expect(error?.description).toContain('Nothing was sent');
	expect(calls.sent()).toEqual([]);
});

refusesHostileIds(
	{
		calls: () => calls,
		operation: 'create',
		chosen: (id) => ({ clientId: byId(id) }),
	},
	REFERRER,
);

it('passes on which field ComplyCube refuses', async () => {
	const [{ id: clientId }] = calls.simulator.clients.seed();
	const { error } = await run(clientId, { ...REFERRER, referrer: 'random stuff' });
	expect(error?.httpCode).toBe('400');
	expect(error?.description).toContain("names the field 'referrer'");
});

it('says that it is safe to run again after a lost answer', async () => {
	const [{ id }] = calls.simulator.clients.seed();
	const parameters = { clientId: byId(id), ...REFERRER };
	expect(await endsInDoubt(calls, 'create', parameters)).toContain('It is safe to run this item');
});

it('pairs every token with its item', async () => {
	const clients = calls.simulator.clients.seed({ count: 2 });
	const { items } = await run('={{ $json.id }}', REFERRER, {
		input: [clients[0], { id: 'unknown' }, clients[1]].map(({ id }) => ({ id })),
		onError: 'continueRegularOutput',
	});
	expect(items.map(({ json, pairedItem }) => [typeof json.token, pairedItem])).toEqual([
		['string', { item: 0 }],
		['undefined', { item: 1 }],
		['string', { item: 2 }],
	]);
});

describe('a token', () => {
	it('is named to n8n as what it has to hide', () => {
		expect(description.sensitiveOutputFields).toEqual(['token']);
	});

	it('gets neither into the log nor into what an execution is found by', async () => {
		const [{ id }] = calls.simulator.clients.seed();
		const options = { requestOptions: { highlightIds: true } };
		const { items, run: result } = await run(id, { ...REFERRER, ...options });
		const { metadata } = result.data.resultData;
		expect(metadata).toEqual({ complyCubeClientId: id });
		const log = await readLog();
		expect(log).toContain('ComplyCube');
		expect(log).not.toContain(items[0].json.token);
	});
});
