import type { IDataObject } from 'n8n-workflow';
import { runNode } from '../built/engine.cts';
import { byId, ResourceCalls, TEST_KEY } from './resourceCalls.cts';

let calls: ResourceCalls;
beforeAll(async () => {
	calls = await ResourceCalls.start('client');
});
beforeEach(() => calls.simulator.reset());
afterAll(async () => await calls.simulator.close());

const MEMBER = 'VNARgK33nMASdJKdi';
const PICKED = { __rl: true, mode: 'list', value: MEMBER, cachedResultName: 'Ada' };
const PERSON = { email: 'ada@example.com', firstName: 'Ada', lastName: 'Example' };
const ADDRESS = { clientId: byId('c1'), line: 'Common Street', city: 'London', country: 'GB' };

/** Every write that can name a team member, and what else it needs. */
const WRITES: Array<[resource: string, operation: string, collection: string, more: IDataObject]> =
	[
		['address', 'create', 'addressFields', ADDRESS],
		['address', 'update', 'addressUpdates', { addressId: 'a1' }],
		['check', 'create', 'checkOptions', { clientId: byId('c1') }],
		['check', 'update', 'checkUpdates', { checkId: byId('k1') }],
		['client', 'create', 'clientFields', PERSON],
		['client', 'update', 'clientUpdates', { clientId: byId('c1') }],
		['client', 'upsert', 'clientFields', PERSON],
		['document', 'create', 'documentFields', { clientId: byId('c1') }],
		['document', 'update', 'documentUpdates', { documentId: 'd1' }],
	];

describe.each(WRITES)('%s %s', (resource, operation, collection, more) => {
	const sent = async (lastActionBy: unknown, others: IDataObject = {}) => {
		if (operation !== 'upsert') calls.answerWith({ id: 'x1' });
		const { error } = await runNode({
			parameters: {
				resource,
				operation,
				...more,
				[collection]: { lastActionBy, ...others } as IDataObject,
			},
			credential: { apiKey: TEST_KEY, baseUrl: calls.simulator.url, requestsPerSecond: 10_000 },
			input: [{ member: MEMBER }],
		});
		const { body } = calls.sent().at(-1) ?? {};
		return { error, body: body as IDataObject | undefined };
	};

	it.each([PICKED, byId(` ${MEMBER} `), byId('={{ $json.member }}'), '={{ $json.member }}'])(
		'names the team member in %j',
		async (lastActionBy) => {
			const { error, body } = await sent(lastActionBy);
			expect(error?.message).toBeUndefined();
			expect(body?.lastActionBy).toBe(MEMBER);
		},
	);

	it.each([{ __rl: true, mode: 'list', value: '' }, byId('={{ $json.nothing }}')])(
		'names nobody in %j, not even an empty name',
		async (lastActionBy) => {
			const others: IDataObject = { address: { city: 'Leeds' }, client: { mobile: '+1' } }[
				resource as 'client'
			] ?? { issuingCountry: 'GB' };
			const { body } = await sent(lastActionBy, operation === 'update' ? others : {});
			expect(body ?? {}).not.toHaveProperty('lastActionBy');
		},
	);
});

it('is refused if it is no ID', async () => {
	const { error } = await calls.run({
		operation: 'update',
		parameters: { clientId: byId('c1'), clientUpdates: { lastActionBy: '={{ ({ a: 1 }) }}' } },
	});
	expect(error?.message).toContain('not an ID');
	expect(calls.sent()).toEqual([]);
});

it('is picked from the team members, with name and role', async () => {
	calls.answerWith({
		page: 1,
		pageSize: 100,
		totalItems: 2,
		pages: 1,
		items: [
			{ id: MEMBER, firstName: 'Ada', lastName: 'Example', role: 'owner' },
			{ id: 'm2', firstName: 'Zoe', role: 'view-only' },
		],
	});
	const { results } = await calls.searchList('searchTeamMembers');
	expect(results).toEqual([
		{ name: 'Ada Example · Owner', value: MEMBER },
		{ name: 'Zoe · View only', value: 'm2' },
	]);
	expect(calls.sent()[0].path).toBe('/teamMembers');
});
