import type { IDataObject } from 'n8n-workflow';
import { startSessionCalls, type ResourceCalls } from './resourceCalls.cts';

let calls: ResourceCalls;
beforeAll(async () => {
	calls = await startSessionCalls();
});
beforeEach(() => calls.simulator.reset());
afterAll(async () => await calls.simulator.close());

const seed = (status: string, count = 1) =>
	calls.simulator.workflowSessions.seed({ status, count }).map(({ id }) => id);

/** Lists sessions by status. Returns their IDs */
async function list(parameters: IDataObject = {}, status: unknown = 'started') {
	const { items, error } = await calls.run({
		operation: 'getAll',
		parameters: { filters: { status } as IDataObject, ...parameters },
	});
	expect(error).toBeUndefined();
	return items.map(({ json }) => json.id);
}

describe('where ComplyCube does not filter sessions by status', () => {
	beforeEach(() => {
		calls.simulator.settings.sessionFilters = ['clientId'];
		calls.simulator.settings.unsupportedFilters = 'ignore';
	});

	it.each([{ returnAll: true }, { limit: 3 }, {}])(
		'those of others are left out: %j',
		async (by) => {
			const wanted = seed('started', 3);
			seed('cancelled', 2);
			expect((await list(by)).sort()).toEqual(wanted.sort());
		},
	);

	it('Limit counts those that are wanted, however far down the list', async () => {
		const wanted = seed('started', 5);
		seed('cancelled', 1_500);
		expect(await list({ limit: 4 })).toEqual([...wanted].reverse().slice(0, 4));
	});

	it('Limit is reached without reading the whole list', async () => {
		seed('cancelled', 5_000);
		seed('started', 10);
		seed('cancelled', 20);
		expect(await list({ limit: 10 })).toHaveLength(10);
		expect(calls.sent().length).toBeLessThan(4);
	});

	it('finds none where there are none', async () => {
		seed('cancelled', 60);
		expect(await list({ limit: 10 })).toEqual([]);
	});

	it('a status in another case is the same', async () => {
		const wanted = seed('started');
		seed('cancelled');
		expect(await list({}, ' Started ')).toEqual(wanted);
	});

	it('all are listed without the filter', async () => {
		seed('started');
		seed('cancelled');
		const { items } = await calls.run({ operation: 'getAll' });
		expect(items).toHaveLength(2);
	});
});

it('where ComplyCube filters, one request is enough', async () => {
	const wanted = seed('started', 2);
	seed('cancelled', 2);
	expect((await list({ limit: 2 })).sort()).toEqual(wanted.sort());
	expect(calls.sent()).toEqual([
		{
			method: 'GET',
			path: '/workflowSessions',
			query: { status: 'started', page: '1', pageSize: '2' },
		},
	]);
});
