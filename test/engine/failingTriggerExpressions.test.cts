import type { IDataObject } from 'n8n-workflow';
import { N8n } from './triggerCalls.cts';

let n8n: N8n;
beforeAll(async () => {
	n8n = await N8n.start();
});
beforeEach(() => n8n.reset());
afterAll(async () => await n8n.close());

/** Delivers an event to a workflow that was published with all events, and whose node has other parameters since. */
async function deliverTo(parameters: IDataObject) {
	const workflow = await n8n.published({ events: ['*'] });
	workflow.node.parameters = parameters as typeof workflow.node.parameters;
	n8n.log.length = 0;
	const [{ attempts }] = await n8n.deliver({ type: 'client.created', payload: { id: 'c1' } });
	await n8n.idle();
	return attempts[0];
}

/** n8n throws for a node that is not there, and answers 500 in our place: the event would come again, in vain. */
const FAILS = "={{ $('Nowhere').first().json.value }}";

it.each([FAILS, '={{ undefined }}', '={{ ({ a: 1 }) }}'])(
	"'Trigger On' that gives nothing dismisses the event, and the log says why: %s",
	async (events) => {
		const { status, answer } = await deliverTo({ events });
		expect([status, answer]).toEqual([200, 'Not an event that this workflow waits for']);
		expect(n8n.runs).toEqual([]);
		expect(n8n.log.map(({ message }) => message)).toEqual([
			"ComplyCube Trigger: 1 events did not start the workflow, because 'Trigger On' is an expression that gives nothing.",
		]);
	},
);

const EVENT = { id: 'e', type: 'workflow.session.completed', payload: { id: 's1' } };

/** n8n throws for these, as opposed to most errors within an expression, which give nothing. */
const FAILING = ['={{ $env.SETTING }}', "={{ $('No such node').item.json.x }}", '={{ 1 + }}'];

describe.each(['ignoreRepeated', 'fetchResource', 'highlightIds'])(
	"an option whose expression fails: '%s'",
	(name) => {
		it.each(FAILING)('is as if left alone: %s', async (expression) => {
			const workflow = await n8n.published({ options: { [name]: expression } });
			const [first] = await n8n.deliver(EVENT);
			expect(first.attempts[0]).toMatchObject({ status: 200, answer: '' });
			const [again] = await n8n.deliver(EVENT);
			expect(again.attempts[0]).toMatchObject({ status: 200, answer: 'Already received' });
			expect(n8n.runs.map(({ json }) => 'resource' in json)).toEqual([false]);
			const { status, data } = await n8n.carryOut(workflow, [{ json: EVENT }], 'webhook');
			expect(status).toBe('success');
			expect(data.resultData.error).toBeUndefined();
		});

		it.each(FAILING)('leaves the others as they are: %s', async (expression) => {
			const others = { ignoreRepeated: false, fetchResource: true, [name]: expression };
			await n8n.published({ options: others });
			for (let i = 0; i < 2; i++) await n8n.deliver(EVENT);
			expect(n8n.runs.filter(({ error }) => error)).toEqual([]);
			expect(n8n.runs).toHaveLength(name === 'ignoreRepeated' ? 1 : 2);
			expect('resource' in n8n.runs[0].json).toBe(name !== 'fetchResource');
		});
	},
);
