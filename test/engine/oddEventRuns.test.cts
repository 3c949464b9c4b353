import { N8n } from './triggerCalls.cts';

let n8n: N8n;
beforeAll(async () => {
	n8n = await N8n.start();
});
beforeEach(() => n8n.reset());
afterAll(async () => await n8n.close());

/** Far deeper than any call stack. */
const DEEP = JSON.parse('['.repeat(20_000) + ']'.repeat(20_000));

const ODD: Array<[string, unknown]> = [
	['an object without a text', { toString: 1, valueOf: 1 }],
	['a list of one', [{ toString: null, valueOf: null }]],
	['deep', DEEP],
	['null', null],
	['a prototype', JSON.parse('{"__proto__":{"id":"c1"}}')],
];

describe.each(['id', 'type', 'payload', 'resource'])('an event whose %s', (name) => {
	it.each(ODD)('is odd runs the workflow: %s', async (_, odd) => {
		const workflow = await n8n.published({ events: ['*'] });
		const event = { id: 'e', type: 'check.completed', payload: { id: 'c1' }, [name]: odd };
		const { status, data } = await n8n.carryOut(workflow, [{ json: event as never }], 'webhook');
		expect(data.resultData.error).toBeUndefined();
		expect(status).toBe('success');
	});
});
