import type { IDataObject } from 'n8n-workflow';
import { runNode } from '../built/engine.cts';
import { byId, ResourceCalls, TEST_KEY } from './resourceCalls.cts';
import { N8n } from './triggerCalls.cts';

let calls: ResourceCalls;
beforeAll(async () => {
	calls = await ResourceCalls.start('client');
});
beforeEach(() => calls.simulator.reset());
afterAll(async () => await calls.simulator.close());

const sent = async (parameters: IDataObject) => {
	calls.answerWith({ id: 'x1', items: [], page: 1, pageSize: 50, totalItems: 0, pages: 0 });
	const { error } = await runNode({
		parameters,
		credential: { apiKey: TEST_KEY, baseUrl: calls.simulator.url, requestsPerSecond: 10_000 },
	});
	const { query, body } = calls.sent().at(-1) ?? {};
	return { message: error?.message, query: query as IDataObject, body: body as IDataObject };
};

const ADDRESS = { resource: 'address', clientId: byId('c1'), line: 'High Street', city: 'Leeds' };

describe('a value of a list is found as people and models write it', () => {
	it.each(['Main', 'MAIN', ' main '])('in a field: %j', async (type) => {
		const { body } = await sent({
			...ADDRESS,
			operation: 'create',
			country: 'united kingdom',
			addressFields: { type },
		});
		expect(body).toMatchObject({ type: 'main', country: 'GB' });
	});

	it.each(['Bank Statement', 'BANK_STATEMENT', 'bank-statement'])(
		'in a field that is always there: %j',
		async (type) => {
			const { body } = await sent({
				resource: 'document',
				operation: 'create',
				clientId: byId('c1'),
				type,
			});
			expect(body).toMatchObject({ type: 'bank_statement' });
		},
	);

	it.each(['Extensive Screening Check', 'EXTENSIVE_SCREENING_CHECK'])(
		'in a filter: %j',
		async (type) => {
			const { query } = await sent({
				resource: 'check',
				operation: 'getAll',
				checkFilters: { type, outcome: 'Match Confirmed' },
			});
			expect(query).toMatchObject({
				type: 'extensive_screening_check',
				'result.outcome': 'match_confirmed',
			});
		},
	);
});

describe('a list in which nothing is chosen at first', () => {
	const PERSON = { type: 'person', email: 'ada@example.com', firstName: 'Ada', lastName: 'B.' };
	const COMPANY = { type: 'company', email: 'info@example.com', companyName: 'Example Ltd' };

	it('is not sent if it was left so', async () => {
		const create = { resource: 'client', operation: 'create' };
		const person = await sent({ ...create, ...PERSON, clientFields: { gender: '' } });
		expect(person.body.personDetails).toEqual({ firstName: 'Ada', lastName: 'B.' });
		const company = await sent({ ...create, ...COMPANY, clientFields: { incorporationType: '' } });
		expect(company.body.companyDetails).toEqual({ name: 'Example Ltd' });
	});

	it('does not filter if it was left so by hand, and is refused if an expression gives nothing', async () => {
		const getAll = { resource: 'client', operation: 'getAll' };
		const { query } = await sent({ ...getAll, clientFilters: { gender: '' } });
		expect(query).toEqual({ page: '1', pageSize: '50' });
		calls.simulator.reset();
		const { message } = await sent({ ...getAll, clientFilters: { gender: '={{ "" }}' } });
		expect([message, calls.sent()]).toEqual(["The 'Gender' filter is empty", []]);
	});

	it('takes a value of the list, and no other', async () => {
		const create = { resource: 'client', operation: 'create', ...PERSON };
		const { body } = await sent({ ...create, clientFields: { gender: 'Other' } });
		expect(body.personDetails).toMatchObject({ gender: 'other' });
		const { message } = await sent({ ...create, clientFields: { gender: 'unknown' } });
		expect(message).toBe("'Gender' is not one of the values of the list");
	});

	it('says nothing of the gender of whom a custom list gets', async () => {
		const { body } = await sent({
			resource: 'customList',
			operation: 'addRecord',
			customListId: byId('l1'),
			names: { values: [{ firstName: 'Ada', lastName: 'Example', type: 'primary' }] },
			recordFields: { gender: '' },
		});
		expect(body).toMatchObject({ entityType: 'person' });
		expect(body).not.toHaveProperty('gender');
	});
});

describe('the trigger', () => {
	let n8n: N8n;
	beforeAll(async () => {
		n8n = await N8n.start();
	});
	beforeEach(() => n8n.reset());
	afterAll(async () => await n8n.close());

	it.each(['Workflow Session Completed', 'workflow.session.COMPLETED'])(
		'knows the event %j',
		async (event) => {
			await n8n.published({ events: [event] });
			expect(n8n.simulator.webhooks.list().map(({ events }) => events)).toEqual([
				['workflow.session.completed'],
			]);
		},
	);

	it.each(['Match Confirmed', 'match_confirmed', 'MATCH-CONFIRMED'])(
		'knows the outcome %j',
		async (outcome) => {
			await n8n.published({ events: ['check.completed'], filters: { otherOutcomes: outcome } });
			for (const one of ['match_confirmed', 'clear']) {
				const [{ id }] = n8n.simulator.checks.seed({ result: { outcome: one } });
				await n8n.deliver({ id, type: 'check.completed', payload: { id } });
			}
			expect(n8n.runs).toHaveLength(1);
		},
	);
});
