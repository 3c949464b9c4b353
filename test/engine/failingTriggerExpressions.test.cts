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

it.each(['fetchResource', 'ignoreRepeated'])(
	'the option %s whose expression fails is as if left alone',
	async (option) => {
		const { status } = await deliverTo({ events: ['*'], options: { [option]: FAILS } });
		expect(status).toBe(200);
	},
);
