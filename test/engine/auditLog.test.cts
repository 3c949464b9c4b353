import type { IDataObject } from 'n8n-workflow';
import { refusesHostileIds } from './commonBehaviour.cts';
import { ResourceCalls } from './resourceCalls.cts';

let calls: ResourceCalls;
beforeAll(async () => {
	calls = await ResourceCalls.start('auditLog');
});
beforeEach(() => calls.simulator.reset());
afterAll(async () => await calls.simulator.close());

const seed = (fields = {}) => calls.simulator.auditLogs.seed(fields)[0];

describe('get', () => {
	const run = async (auditLogId: string, more: IDataObject = {}) =>
		await calls.run({ operation: 'get', parameters: { auditLogId, ...more } });

	it('returns who changed what, with old and new values', async () => {
		const { id, clientId } = seed();
		const { items } = await run(` ${id} `);
		expect(calls.sent()).toEqual([{ method: 'GET', path: `/auditLogs/${id}` }]);
		expect(items).toEqual([
			{
				json: {
					id,
					memberId: 'VNARgK33nMASdJKdi',
					resourceType: 'client',
					resourceId: clientId,
					clientId,
					trigger: 'updateClient',
					action: 'update',
					diff: [
						{ action: 'update', path: ['personDetails', 'firstName'], old: 'Joe', new: 'John' },
					],
					createdAt: expect.any(String),
				},
				pairedItem: { item: 0 },
			},
		]);
	});

	it('leaves out the values, which may be personal, if it is simplified', async () => {
		const { id } = seed();
		const { items } = await run(id, { output: 'simplified' });
		expect(Object.keys(items[0].json).sort()).toEqual([
			'action',
			'clientId',
			'createdAt',
			'id',
			'memberId',
			'resourceId',
			'resourceType',
			'trigger',
		]);
	});

	refusesHostileIds({
		calls: () => calls,
		operation: 'get',
		chosen: (auditLogId) => ({ auditLogId }) as IDataObject,
	});
});

describe('getAll', () => {
	const run = async (auditLogFilters: IDataObject = {}, more: IDataObject = {}) =>
		await calls.run({ operation: 'getAll', parameters: { auditLogFilters, ...more } });

	it('lists, newest first, up to the limit or all', async () => {
		const { auditLogs } = calls.simulator;
		const ids = auditLogs.seed({ count: 3 }).map(({ id }) => id);
		const { items } = await run();
		expect(items.map(({ json }) => json.id)).toEqual(ids.reverse());
		expect((await run({}, { limit: 2 })).items).toHaveLength(2);
		expect((await run({}, { returnAll: true })).items).toHaveLength(3);
		expect(calls.sent().map(({ query }) => query)).toEqual([
			{ page: '1', pageSize: '50' },
			{ page: '1', pageSize: '2' },
			{ page: '1', pageSize: '1000' },
		]);
	});

	it('sends every filter', async () => {
		const filters = {
			action: 'delete',
			clientId: 'a',
			memberId: 'VNARgK33nMASdJKdi',
			resourceId: 'b',
			resourceType: 'address',
			trigger: 'deleteAddress',
		};
		const { id } = seed(filters);
		seed();
		const times = {
			createdAfter: '2020-01-31T09:00:00.000Z',
			createdBefore: '2100-01-31T09:00:00.000Z',
		};
		const { items } = await run({ ...filters, ...times });
		expect(items.map(({ json }) => json.id)).toEqual([id]);
		expect(calls.sent()[0].query).toEqual({ ...filters, ...times, page: '1', pageSize: '50' });
	});

	it('finds types and actions that ComplyCube may add', async () => {
		const filters = { resourceType: 'autopilot', action: 'archive' };
		const { id } = seed(filters);
		seed();
		const given = { resourceType: '={{ "autopilot" }}', action: '={{ "archive" }}' };
		const { items } = await run(given);
		expect(items.map(({ json }) => json.id)).toEqual([id]);
	});

	it('refuses a filter that gives nothing, which would list everything', async () => {
		const { error } = await run({ clientId: '={{ $json.nothing }}' });
		expect([error?.message, calls.sent()]).toEqual(["The 'Client' filter is empty", []]);
	});
});
