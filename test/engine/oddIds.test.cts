import type { IDataObject } from 'n8n-workflow';
import { byId, ResourceCalls } from './resourceCalls.cts';

let calls: ResourceCalls;
beforeAll(async () => {
	calls = await ResourceCalls.start('client');
});
beforeEach(() => calls.simulator.reset());
afterAll(async () => await calls.simulator.close());

/** What the editor calls a place for an ID, and a call with it there. The ID is the input item's `id`. */
type Place = [string, { operation: string; parameters: IDataObject }];

/** The places outside of a path where an ID is used. */
const PLACES: Place[] = [
	[
		"The 'Client' filter",
		{
			operation: 'getAll',
			parameters: { resource: 'workflowSession', filters: { clientId: byId('={{ $json.id }}') } },
		},
	],
	[
		"The 'Workflow Template' filter",
		{
			operation: 'getAll',
			parameters: {
				resource: 'workflowSession',
				filters: { workflowTemplateId: byId('={{ $json.id }}') },
			},
		},
	],
	[
		"The 'Member ID' filter",
		{
			operation: 'getAll',
			parameters: { resource: 'auditLog', auditLogFilters: { memberId: '={{ $json.id }}' } },
		},
	],
	[
		"The 'Resource ID' filter",
		{
			operation: 'getAll',
			parameters: { resource: 'auditLog', auditLogFilters: { resourceId: '={{ $json.id }}' } },
		},
	],
	...['Address', 'Document', 'Live Photo', 'Live Video'].map((what): Place => {
		const name = `${what[0].toLowerCase()}${what.slice(1).replace(' ', '')}Id`;
		const checkFilters = { [name]: '={{ $json.id }}' };
		return [
			`The '${what} ID' filter`,
			{ operation: 'getAll', parameters: { resource: 'check', checkFilters } },
		];
	}),
	[
		"'Document'",
		{
			operation: 'create',
			parameters: {
				resource: 'check',
				clientId: byId('client1'),
				type: 'document_check',
				documentId: byId('={{ $json.id }}'),
			},
		},
	],
	[
		"'Match ID'",
		{
			operation: 'validate',
			parameters: {
				resource: 'check',
				checkId: byId('check1'),
				outcome: 'confirmed',
				matchId: '={{ $json.id }}',
			},
		},
	],
];

const NOT_VALID = [
	'a\u202Eb',
	'a\u0000b',
	'a\u200Bb',
	'a\u2028b',
	'\uD800',
	'a b',
	'a/b',
	'a?b',
	'..',
	'%2e',
];

describe.each(PLACES)('%s', (name, call) => {
	it('takes an ID of 256 characters, and one with blanks around it', async () => {
		for (const id of ['a'.repeat(256), ' a1\n']) {
			await calls.run({ ...call, input: [{ id }] });
			expect(JSON.stringify(calls.sent().at(-1))).toContain(`"${id.trim()}"`);
		}
	});

	it('takes none that is longer', async () => {
		const { error } = await calls.run({ ...call, input: [{ id: 'a'.repeat(257) }] });
		expect(error?.message).toBe(`${name} is too long to be an ID`);
		expect(error?.description).toContain('It has 257 characters');
		expect(calls.sent()).toEqual([]);
	});

	it.each(NOT_VALID)('does not take %j', async (id) => {
		const { error } = await calls.run({ ...call, input: [{ id }] });
		expect(error?.message).toBe(`${name} is not a valid ID`);
		expect(error?.description).toContain('Nothing was sent for this item');
		expect(calls.sent()).toEqual([]);
	});

	it.each([{ id: 'a' }, ['a'], true])('does not take %j', async (id) => {
		const { error } = await calls.run({ ...call, input: [{ id }] });
		expect(error?.message).toMatch(/, not an ID$/);
		expect(calls.sent()).toEqual([]);
	});
});
