import { EVENT_TYPES } from '../../simulator/events.cts';
import { N8n } from './triggerCalls.cts';

let n8n: N8n;
beforeAll(async () => {
	n8n = await N8n.start();
});
beforeEach(() => n8n.reset());
afterAll(async () => await n8n.close());

const ABANDONED = 'workflow.session.abandoned';
const COMPLETED = 'workflow.session.completed';

const warnings = () =>
	n8n.log.filter(({ level }) => level === 'warn').map(({ message }) => message);
const subscribed = () => n8n.simulator.webhooks.list().map(({ events }) => events);

describe('where ComplyCube does not know an event', () => {
	beforeEach(() => {
		n8n.simulator.settings.eventTypes = EVENT_TYPES.filter((type) => type !== ABANDONED);
	});

	it('the webhook is registered without it, and the log says so', async () => {
		const workflow = await n8n.published({ events: [COMPLETED, ABANDONED] });
		expect(subscribed()).toEqual([[COMPLETED]]);
		expect(n8n.requested()).toEqual(['GET /webhooks', 'POST /webhooks', 'POST /webhooks']);
		expect(warnings()).toEqual([
			expect.stringMatching(/does not know the event.*abandoned.*All Events/s),
		]);
		expect(n8n.stored(workflow).webhookId).toBe(n8n.simulator.webhooks.list()[0].id);
	});

	it('the webhook stays as it is at the next start', async () => {
		const workflow = await n8n.published({ events: [COMPLETED, ABANDONED] });
		const [{ id }] = n8n.simulator.webhooks.list();
		await n8n.restart();
		expect(n8n.simulator.webhooks.list().map((webhook) => webhook.id)).toEqual([id]);
		expect(subscribed()).toEqual([[COMPLETED]]);
		expect(n8n.stored(workflow).webhookId).toBe(id);
	});

	it('the event alone cannot be registered, and the error names what covers it', async () => {
		await expect(n8n.published({ events: [ABANDONED] })).rejects.toThrow(/All Events/);
		expect(n8n.simulator.webhooks.list()).toEqual([]);
	});

	it('All Events covers it', async () => {
		await n8n.published({ events: ['*', ABANDONED] });
		expect(subscribed()).toEqual([['*']]);
		expect(warnings()).toEqual([]);
	});

	it('any other event that it does not know is an error', async () => {
		await expect(n8n.published({ events: '={{ "check.complete" }}' })).rejects.toThrow(/events/);
		expect(n8n.requested().filter((request) => request === 'POST /webhooks')).toHaveLength(1);
	});
});

it('where ComplyCube knows the event, it is registered', async () => {
	await n8n.published({ events: [COMPLETED, ABANDONED] });
	expect(subscribed()).toEqual([[COMPLETED, ABANDONED]]);
	expect(warnings()).toEqual([]);
});
