import { ResourceCalls } from './resourceCalls.cts';

let calls: ResourceCalls;
beforeAll(async () => {
	calls = await ResourceCalls.start('client');
});
beforeEach(() => calls.simulator.reset());
afterAll(async () => await calls.simulator.close());

const list = async (skipEmptyFilters: unknown, email: string) =>
	await calls.run({
		operation: 'getAll',
		parameters: {
			clientFilters: { email },
			options: { skipEmptyFilters: skipEmptyFilters as string },
		},
	});

it.each(['yes', '={{ 1 }}', '={{ null }}', '={{ "" }}'])(
	"'Skip Empty Filters' of %j is refused",
	async (value) => {
		for (const email of ['={{ $json.nothing }}', 'ada@example.com']) {
			const { error } = await list(value, email);
			expect(error?.message).toBe("'Skip Empty Filters' is neither true nor false");
		}
		expect(calls.sent()).toEqual([]);
	},
);

it.each([true, ' TRUE ', '={{ "true" }}'])('%j is on', async (value) => {
	calls.simulator.clients.seed();
	const { items } = await list(value, '={{ $json.nothing }}');
	expect(items).toHaveLength(1);
});
