import type { IDataObject } from 'n8n-workflow';
import { Failure } from '../../nodes/ComplyCube/transport/failure';
import { passes, type Filters } from '../../nodes/ComplyCube/trigger/filters';
import { Subject, type Trait } from '../../nodes/ComplyCube/trigger/subject';

const ID = '5eb2b61e02df0a0008f1cf2a';
const MISSING = new Failure('None', { httpCode: '404', type: 'resource_not_found' });
const BROKEN = new Failure('Broken', { httpCode: '500' });

/** An event's subject, and what is read for it. */
function subjectOf(type: unknown, payload?: unknown, reply: IDataObject | Failure = BROKEN) {
	const look = jest.fn(async () => reply);
	return { subject: new Subject({ type, payload: payload as IDataObject }, look), look };
}

describe('Subject', () => {
	it.each([
		['workflow.session.completed', '/workflowSessions'],
		['workflow.session.new_in_2027', '/workflowSessions'],
		['check.monitoring.attention', '/checks'],
		['client.updated', '/clients'],
		['document.updated.image_deleted', '/documents'],
		['address.created', '/addresses'],
	])('of %s is read from %s', async (type, path) => {
		const { subject, look } = subjectOf(type, { id: ID }, { id: ID });
		expect(await subject.whole()).toEqual({ id: ID });
		expect(look.mock.calls).toEqual([[{ method: 'GET', path: `${path}/${ID}` }]]);
	});

	it('is read once, whatever is asked of it', async () => {
		const { subject, look } = subjectOf('workflow.session.completed', { id: ID }, { id: ID });
		await Promise.all([subject.whole(), subject.whole(), subject.trait('outcome')]);
		await subject.trait('clientId');
		expect(look).toHaveBeenCalledTimes(1);
	});

	it.each([
		['client.deleted', { id: ID }],
		['new.in.2027', { id: ID }],
		['checks.completed', { id: ID }],
		[undefined, { id: ID }],
		['check.completed', undefined],
		['check.completed', null],
		['check.completed', 'text'],
		['check.completed', {}],
		['check.completed', { id: '' }],
		['check.completed', { id: '../clients' }],
		['check.completed', { id: { a: 1 } }],
		['check.completed', { id: 'x?y' }],
	])('is not read for %j with %j', async (type, payload) => {
		const { subject, look } = subjectOf(type, payload);
		expect(await subject.whole()).toBeNull();
		expect(look).not.toHaveBeenCalled();
	});

	it('tells whether it was read', async () => {
		const { subject } = subjectOf('workflow.session.completed', { id: ID, outcome: 'clear' });
		await subject.trait('outcome');
		expect(subject.isRead).toBe(false);
		const reading = subject.trait('clientId');
		expect(subject.isRead).toBe(true);
		await reading;
		expect(subject.isRead).toBe(true);
	});

	it('that is gone is null, one that cannot be read is a failure', async () => {
		const read = async (reply: Failure) =>
			await subjectOf('check.completed', { id: ID }, reply).subject.whole();
		expect(await read(MISSING)).toBeNull();
		expect(await read(BROKEN)).toBe(BROKEN);
		// A proxy's
		const html = new Failure('None', { httpCode: '404' });
		expect(await read(html)).toBe(html);
	});

	const SESSION = { outcome: 'clear', workflowTemplateId: 't', clientId: 'c' };
	it.each<[string, Trait, IDataObject, unknown]>([
		['workflow.session.completed', 'outcome', SESSION, 'clear'],
		['workflow.session.completed', 'workflowTemplateId', SESSION, 't'],
		['workflow.session.completed', 'clientId', SESSION, 'c'],
		['check.completed', 'outcome', { result: { outcome: 'attention' } }, 'attention'],
		['check.completed', 'outcome', { outcome: 'a', result: { outcome: 'b' } }, 'a'],
		['check.completed', 'workflowTemplateId', SESSION, undefined],
		['client.created', 'clientId', { id: 'c' }, 'c'],
		['client.created', 'outcome', SESSION, undefined],
		['address.deleted', 'clientId', SESSION, 'c'],
		['new.in.2027', 'clientId', SESSION, undefined],
	])('of %s has the %s of its event', async (type, trait, payload, value) => {
		const { subject, look } = subjectOf(type, payload);
		expect(await subject.trait(trait)).toBe(value);
		expect(look).not.toHaveBeenCalled();
	});

	it('has the trait of the object that the event does not tell', async () => {
		const { subject } = subjectOf('workflow.session.completed', { id: ID }, SESSION);
		expect(await subject.trait('outcome')).toBe('clear');
		const check = subjectOf('check.completed', { id: ID }, { result: { outcome: 'clear' } });
		expect(await check.subject.trait('outcome')).toBe('clear');
	});

	it('has none if the object is gone, and nobody knows if it cannot be read', async () => {
		const { subject } = subjectOf('check.completed', { id: ID }, MISSING);
		expect(await subject.trait('outcome')).toBeNull();
		expect(await subjectOf('check.completed', { id: ID }).subject.trait('outcome')).toBe(BROKEN);
	});
});

describe('passes', () => {
	const PAYLOAD = { id: ID, outcome: 'clear', workflowTemplateId: 'T1', clientId: 'c1' };
	const verdict = async (filters: Filters, payload: IDataObject = PAYLOAD) => {
		const { subject } = subjectOf('workflow.session.completed', payload);
		return await passes(subject, filters);
	};

	it.each<[Filters, boolean]>([
		[{}, true],
		[{ outcomes: [], otherOutcomes: '', clientIds: ' , ,', workflowTemplateIds: [] }, true],
		[{ outcomes: ['clear'] }, true],
		[{ outcomes: ['attention'], otherOutcomes: 'x, Clear ' }, true],
		[{ outcomes: ['attention'] }, false],
		[{ outcomes: ['attention'], clientIds: 'c1' }, false],
		[{ workflowTemplateIds: 't1', clientIds: ['C1 ', 'c2'] }, true],
		[{ workflowTemplateIds: 't' }, false],
		[{ clientIds: 'c1,c2', outcomes: ['clear'] }, true],
		[{ clientIds: 1 as never }, false],
		[{ clientIds: null as never }, true],
	])('%j: %j', async (filters, expected) => {
		expect(await verdict(filters)).toBe(expected);
	});

	it('reads nothing for an event that a filter stops by what it says', async () => {
		const { subject, look } = subjectOf('workflow.session.completed', { id: ID, outcome: 'a' });
		expect(await passes(subject, { outcomes: ['b'], clientIds: 'c' })).toBe(false);
		expect(look).not.toHaveBeenCalled();
	});

	it('is not known if the object cannot be read', async () => {
		expect(await verdict({ outcomes: ['clear'] }, { id: ID })).toBe(BROKEN);
	});

	it('is false for an outcome that is not there, whatever is asked for', async () => {
		const { subject } = subjectOf('workflow.session.updated', { id: ID }, { id: ID });
		for (const outcome of ['undefined', 'null', '']) {
			expect(await passes(subject, { otherOutcomes: `${outcome},x` })).toBe(false);
		}
	});
});

it.each(['check.completed', 'document.created', 'address.updated'])(
	'%s has the client of its event, or of its object',
	async (type) => {
		const told = subjectOf(type, { id: ID, clientId: 'c' });
		expect(await told.subject.trait('clientId')).toBe('c');
		expect(told.look).not.toHaveBeenCalled();
		const read = subjectOf(type, { id: ID }, { id: ID, clientId: 'c' });
		expect(await read.subject.trait('clientId')).toBe('c');
		expect(await read.subject.trait('workflowTemplateId')).toBeUndefined();
	},
);
