import { randomUUID } from 'node:crypto';
import { N8n } from './triggerCalls.cts';

let n8n: N8n;
beforeAll(async () => {
	n8n = await N8n.start();
});
beforeEach(() => n8n.reset());
afterAll(async () => await n8n.close());

it('removes what a delivery registered, though n8n has written the earlier registration over it', async () => {
	const workflow = await n8n.published();
	const { staticData } = workflow;
	const apiKey = `live_${randomUUID()}`;
	n8n.credential = { ...n8n.credential, apiKey };
	n8n.simulator.settings.keys.push(apiKey);
	await n8n.deliver({ type: 'workflow.session.completed', mode: 'test' });
	await n8n.idle();
	const modes = () => n8n.simulator.webhooks.list().map(({ mode }) => mode);
	expect(modes()).toEqual(['test', 'live']);
	// As after a run in which another node changed its own static data
	workflow.staticData = staticData;
	await n8n.unpublish(workflow);
	// The other key's webhook cannot be removed with this one, and the log has named it
	expect(modes()).toEqual(['test']);
	expect(n8n.log.at(-1)?.message).toContain('It is left behind there');
});
