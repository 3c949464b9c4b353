import { N8n } from './triggerCalls.cts';

let n8n: N8n;
beforeAll(async () => {
	n8n = await N8n.start();
});
beforeEach(() => n8n.reset());
afterAll(async () => await n8n.close());

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
