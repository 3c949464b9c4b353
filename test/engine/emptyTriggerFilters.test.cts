import type { IDataObject } from 'n8n-workflow';
import { N8n, type StoredWorkflow } from './triggerCalls.cts';

let n8n: N8n;
beforeAll(async () => {
	n8n = await N8n.start();
	// Full jitter at its shortest
	jest.spyOn(Math, 'random').mockReturnValue(0);
});
beforeEach(() => n8n.reset());
afterAll(async () => await n8n.close());

const COMPLETED = 'workflow.session.completed';
const TEMPLATE = '68566be2a37a78622f4f7be3';
const CLIENT = '5eb1276d96be4a0008713af5';
const SESSION = { id: 's1', outcome: 'clear', workflowTemplateId: TEMPLATE, clientId: CLIENT };

const LABELS: Record<string, string> = {
	clientIds: 'Clients',
	otherOutcomes: 'Other Outcomes',
	outcomes: 'Outcomes',
	workflowTemplateIds: 'Workflow Templates',
};

const warnings = () => n8n.log.map(({ message }) => message);

/** Publishes with these filters, and forgets what publishing logged. */
async function publishedWith(filters: IDataObject): Promise<StoredWorkflow> {
	const workflow = await n8n.published({ events: ['*'], filters });
	n8n.log.length = 0;
	return workflow;
}

const deliver = async (payload: IDataObject = SESSION) =>
	(await n8n.deliver({ type: COMPLETED, payload }))[0].attempts[0];

/** What can come of an expression that finds nothing, and what is no list of IDs. */
const NOTHING = [
	'={{ undefined }}',
	'={{ null }}',
	"={{ '' }}",
	"={{ ' , ' }}",
	'={{ [] }}',
	'={{ [undefined] }}',
	"={{ '[]' }}",
	'={{ $json.nothing }}',
	'={{ $json.nothing.deeper }}',
	"={{ $('No such node').item.json.id }}",
	'={{ {} }}',
	'={{ true }}',
	'=',
];

describe.each(Object.keys(LABELS))('the filter %s', (name) => {
	it.each(NOTHING)('lets nothing through if its expression gives nothing: %s', async (value) => {
		await publishedWith({ [name]: value });
		expect(await deliver()).toMatchObject({ status: 200, answer: 'Filtered out' });
		expect(n8n.runs).toEqual([]);
		expect(n8n.log).toEqual([
			{
				level: 'warn',
				message: `ComplyCube Trigger: 1 events did not start the workflow, because the filter '${LABELS[name]}' is an expression that gives nothing.`,
				more: [{ workflowId: 'workflow1' }],
			},
		]);
	});

	it('lets nothing through if an entry of its list is an expression that gives nothing', async () => {
		await publishedWith({ [name]: ['={{ $json.nothing }}'] });
		expect(await deliver()).toMatchObject({ status: 200, answer: 'Filtered out' });
		expect(n8n.runs).toEqual([]);
	});

	it.each([[''], [' , '], [[]]])(
		'that was left blank lets everything through: %j',
		async (blank) => {
			await publishedWith({ [name]: blank });
			await deliver();
			expect(n8n.runs).toHaveLength(1);
			expect(n8n.log).toEqual([]);
		},
	);

	it('warns at publication if its expression gives nothing', async () => {
		const workflow = await n8n.published({ filters: { [name]: '={{ $json.nothing }}' } });
		const warning = `ComplyCube Trigger: the filter '${LABELS[name]}' is an expression that gives nothing at publication. If it gives nothing for an event either, that event does not start the workflow.`;
		expect(warnings()).toEqual([warning]);
		n8n.log.length = 0;
		await n8n.listen(workflow);
		expect(warnings()).toEqual([warning]);
	});
});

describe('filters', () => {
	it('do not make up for one that gives nothing', async () => {
		await publishedWith({ outcomes: ['clear'], otherOutcomes: '={{ null }}' });
		await deliver();
		expect(n8n.runs).toEqual([]);
	});

	it('may read the event itself', async () => {
		await publishedWith({ clientIds: '={{ $json.body.payload.clientId }}' });
		await deliver();
		expect(n8n.runs).toHaveLength(1);
		await deliver({ ...SESSION, clientId: undefined });
		expect(n8n.runs).toHaveLength(1);
	});

	it('that give nothing do not fill the log', async () => {
		await publishedWith({ clientIds: '={{ null }}' });
		for (let i = 0; i < 120; i++) await deliver();
		expect(warnings().map((line) => /\d+/.exec(line)?.[0])).toEqual(['1', '10', '100']);
	});

	it('that give nothing do not make a later event a repeated one', async () => {
		const workflow = await publishedWith({ clientIds: '={{ null }}' });
		const event = { type: COMPLETED, id: 'e1', payload: SESSION };
		await n8n.deliver(event);
		workflow.node.parameters.filters = { clientIds: CLIENT };
		await n8n.deliver(event);
		expect(n8n.runs).toHaveLength(1);
	});
});

describe('a value of a filter', () => {
	it.each<[string, IDataObject, IDataObject]>([
		['blanks around an outcome', { outcomes: ['clear'] }, { outcome: ' Clear ' }],
		['blanks in an expression', { outcomes: '={{ " CLEAR " }}' }, { outcome: 'clear' }],
		['a JSON list of outcomes', { outcomes: '["attention", "Clear"]' }, { outcome: 'clear' }],
		['a JSON list of others', { otherOutcomes: '["approved"]' }, { outcome: 'APPROVED' }],
		['a JSON list of clients', { clientIds: `["x", "${CLIENT}"]` }, {}],
		['a JSON list of templates', { workflowTemplateIds: ` ["${TEMPLATE} "] ` }, {}],
		['an ID in capitals', { clientIds: CLIENT.toUpperCase() }, {}],
		['blanks around an ID of the event', { clientIds: CLIENT }, { clientId: ` ${CLIENT}\n` }],
	])('is found: %s', async (_what, filters, payload) => {
		await publishedWith(filters);
		await deliver({ ...SESSION, ...payload });
		expect(n8n.runs).toHaveLength(1);
		await deliver({ id: 's2', outcome: 'y', workflowTemplateId: 'y', clientId: 'y' });
		expect(n8n.runs).toHaveLength(1);
	});
});

describe("'Trigger On'", () => {
	it.each([
		['["workflow.session.completed","client.created"]', [COMPLETED, 'client.created']],
		['={{ JSON.stringify(["client.created"]) }}', ['client.created']],
		['={{ " Client.Created , CHECK.updated" }}', ['client.created', 'check.updated']],
		['={{ ["Workflow.Session.New_In_2027"] }}', ['Workflow.Session.New_In_2027']],
	])('takes %s', async (events, subscribed) => {
		n8n.simulator.settings.unknownEvents = 'accept';
		await n8n.published({ events });
		expect(n8n.simulator.webhooks.list()[0].events).toEqual(subscribed);
		for (const type of subscribed) await n8n.deliver({ type });
		expect(n8n.runs).toHaveLength(subscribed.length);
	});
});
