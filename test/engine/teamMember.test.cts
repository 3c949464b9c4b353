import type { IDataObject } from 'n8n-workflow';
import { refusesHostileIds } from './commonBehaviour.cts';
import { byId, ResourceCalls } from './resourceCalls.cts';

let calls: ResourceCalls;
beforeAll(async () => {
	calls = await ResourceCalls.start('teamMember');
});
beforeEach(() => calls.simulator.reset());
afterAll(async () => await calls.simulator.close());

const seed = (fields = {}) => calls.simulator.teamMembers.seed(fields)[0];

describe('get', () => {
	it('returns name and role', async () => {
		const { id, createdAt } = seed();
		const { items } = await calls.run({
			operation: 'get',
			parameters: { teamMemberId: byId(` ${id} `) },
		});
		expect(calls.sent()).toEqual([{ method: 'GET', path: `/teamMembers/${id}` }]);
		expect(items).toEqual([
			{
				json: { id, firstName: 'Grace', lastName: 'Example', role: 'analyst', createdAt },
				pairedItem: { item: 0 },
			},
		]);
	});

	refusesHostileIds({
		calls: () => calls,
		operation: 'get',
		chosen: (id) => ({ teamMemberId: byId(id) }),
	});
});

describe('getAll', () => {
	const run = async (teamMemberFilters: IDataObject = {}, more: IDataObject = {}) =>
		await calls.run({ operation: 'getAll', parameters: { teamMemberFilters, ...more } });

	it('lists, newest first, up to the limit or all', async () => {
		const ids = calls.simulator.teamMembers.seed({ count: 3 }).map(({ id }) => id);
		const { items } = await run();
		expect(items.map(({ json }) => json.id)).toEqual(ids.reverse());
		expect((await run({}, { limit: 2 })).items).toHaveLength(2);
		expect((await run({}, { returnAll: true })).items).toHaveLength(3);
	});

	it.each(['support-specialist', 'Auditor'])(
		'sends every filter, with the role %s',
		async (role) => {
			const filters = { firstName: 'Ada', lastName: 'Example', role };
			const { id } = seed(filters);
			seed();
			const { items } = await run({ ...filters, role: `={{ "${role}" }}` });
			expect(items.map(({ json }) => json.id)).toEqual([id]);
			expect(calls.sent()[0]).toEqual({
				method: 'GET',
				path: '/teamMembers',
				query: { ...filters, page: '1', pageSize: '50' },
			});
		},
	);
});
