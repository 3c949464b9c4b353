import type { Call } from './call.cts';

/** Where the webhooks lead, below which each run has a path of its own. They are off, so nothing is sent there. */
const URL_OF_RUN = 'https://example.com/verify-live/{{ $json.run }}';

const newWebhook = (fields: object) => ({
	method: 'POST' as const,
	path: '/webhooks',
	body: { url: URL_OF_RUN, enabled: false, events: ['check.completed'], ...fields },
});

const WEBHOOK = '/webhooks/{{ $json.webhookId }}';

/** The trigger's requests. The node has no operations for webhooks. */
export const webhookCalls: Call[] = [
	{ name: 'create a webhook for a nonsense event', does: newWebhook({ events: ['nonsense'] }) },
	{
		name: 'create a webhook with an http address',
		does: newWebhook({ url: URL_OF_RUN.replace('https', 'http') }),
	},
	{
		name: 'create a webhook',
		does: newWebhook({ description: 'Made by npm run verify:live' }),
		keeps: { webhookId: 'id' },
	},
	{ name: 'get a webhook', does: { method: 'GET', path: WEBHOOK } },
	{
		name: 'list webhooks',
		does: { method: 'GET', path: '/webhooks?enabled=false&pageSize=100' },
	},
	{
		name: 'update a webhook',
		does: { method: 'POST', path: WEBHOOK, body: { description: 'Changed' } },
	},
	{ name: 'delete a webhook', does: { method: 'DELETE', path: WEBHOOK } },
];
