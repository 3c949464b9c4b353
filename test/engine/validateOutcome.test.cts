import { byId, ResourceCalls } from './resourceCalls.cts';

const CHECK = '5eb2b61e02df0a0008f1cf2a';

let calls: ResourceCalls;
beforeAll(async () => {
	calls = await ResourceCalls.start('check');
});
beforeEach(() => calls.simulator.reset());
afterAll(async () => await calls.simulator.close());

const validate = async (outcome: unknown) =>
	await calls.run({
		operation: 'validate',
		parameters: {
			checkId: byId(CHECK),
			...(outcome !== undefined && { outcome: outcome as string }),
		},
	});

it('decides nothing that nobody chose: n8n refuses to run the node', async () => {
	for (const outcome of [undefined, '']) {
		await expect(validate(outcome)).rejects.toThrow('Parameter "Outcome" is required');
	}
	expect(calls.sent()).toEqual([]);
});

it.each(['={{ undefined }}', '={{ "" }}', '={{ null }}', '={{ "clear" }}', '={{ ["attention"] }}'])(
	'sends nothing for %s',
	async (outcome) => {
		const { error } = await validate(outcome);
		expect(error?.message).toMatch(/'Outcome'|"clear"/);
		expect(calls.sent()).toEqual([]);
	},
);
