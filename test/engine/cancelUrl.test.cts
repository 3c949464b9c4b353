import { byId, ResourceCalls } from './resourceCalls.cts';
import { description } from '../operations/index.cts';

let calls: ResourceCalls;
beforeAll(async () => {
	calls = await ResourceCalls.start('flowSession');
});
beforeEach(() => calls.simulator.reset());
afterAll(async () => await calls.simulator.close());

const DONE = 'https://example.com/done';

describe('the Cancel URL of a hosted session', () => {
	it('need not be entered', () => {
		const fields = description.properties.filter(({ name }) => name === 'cancelUrl');
		expect(fields.map(({ required }) => required ?? false)).toEqual([false]);
	});

	it.each([{}, { cancelUrl: '' }, { cancelUrl: '={{ $json.nothing }}' }])(
		'is the Success URL if there is none: %j',
		async (parameters) => {
			const clientId = byId(calls.simulator.clients.seed()[0].id);
			const { error } = await calls.run({
				operation: 'create',
				parameters: {
					clientId,
					workflowTemplateId: byId('68566be2a37a78622f4f7be3'),
					successUrl: DONE,
					...parameters,
				},
			});
			expect(error?.message).toBeUndefined();
			expect(calls.sent()[0].body).toMatchObject({ successUrl: DONE, cancelUrl: DONE });
		},
	);
});
