import { description } from '../operations/index.cts';
import { ResourceCalls } from './resourceCalls.cts';

let calls: ResourceCalls;
beforeAll(async () => {
	calls = await ResourceCalls.start('account');
});
beforeEach(() => calls.simulator.reset());
afterAll(async () => await calls.simulator.close());

const run = async (more = {}) => await calls.run({ operation: 'get', ...more });

it('returns plan and credit', async () => {
	const { items } = await run();
	expect(calls.sent()).toEqual([{ method: 'GET', path: '/accountInfo' }]);
	expect(items).toEqual([
		{
			json: { username: 'Example Ltd', plan: 'Essentials Plan', remainingCredit: 8000 },
			pairedItem: { item: 0 },
		},
	]);
});

it('returns no credit where the plan has none, which is not the same as 0', async () => {
	calls.simulator.settings.accountInfo.remainingCredit = null;
	expect((await run()).items[0].json).toEqual({ username: 'Example Ltd', plan: 'Essentials Plan' });
	calls.simulator.settings.accountInfo.remainingCredit = 0;
	expect((await run()).items[0].json).toMatchObject({ remainingCredit: 0 });
});

it('pairs what each item gets', async () => {
	const { items } = await run({ input: [{}, {}, {}] });
	expect(items.map(({ pairedItem }) => pairedItem)).toEqual([
		{ item: 0 },
		{ item: 1 },
		{ item: 2 },
	]);
});

it('has a hint that says nothing of an order, because it changes nothing', () => {
	const hints = description.hints!.filter(({ displayCondition }) =>
		displayCondition?.includes('"account"'),
	);
	expect(hints).toHaveLength(1);
	expect(hints[0].message).toContain('remainingCredit');
	expect(hints[0].message).not.toContain('one at a time');
});
