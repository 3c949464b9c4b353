import type { IDataObject } from 'n8n-workflow';
import { sampleImage } from '../../simulator/sampleImages.cts';
import { fileIn } from './files.cts';
import { byId, ResourceCalls } from './resourceCalls.cts';

let calls: ResourceCalls;
beforeAll(async () => {
	calls = await ResourceCalls.start('client');
});
beforeEach(() => calls.simulator.reset());
afterAll(async () => await calls.simulator.close());

const NOTHING = 'Nothing was sent for this item.';

/** Runs an item that is carried out, and one that cannot be. */
const run = async (operation: string, parameters: IDataObject, more = {}) => {
	const [{ id }] = calls.simulator.clients.seed();
	const { error } = await calls.run({
		operation,
		parameters,
		input: [{ id, email: 'ada@example.com' }, { wrong: true }],
		...more,
	});
	expect(error?.context?.itemIndex).toBe(1);
	expect(error?.description).toContain('1 other item of this run was carried out (item 0).');
	return error?.description;
};

const person = { type: 'person', firstName: 'Ada', lastName: 'Example' };
const client = { clientId: byId('={{ $json.id }}') };

describe('an item that cannot be sent does not deny what was sent for another', () => {
	it.each<[string, string, IDataObject]>([
		[
			'without an email',
			'upsert',
			{ matchBy: 'email', email: '={{ $json.email ?? null }}', ...person },
		],
		[
			'with an ID that is none',
			'delete',
			{ clientId: byId('={{ $json.wrong ? "a/b" : $json.id }}') },
		],
		[
			'with a value that is none',
			'update',
			{
				clientId: byId('={{ $json.wrong ? "5eb2b61e02df0a0008f1cf2a" : $json.id }}'),
				clientUpdates: { mobile: '={{ $json.wrong ? {} : "+12" }}' },
			},
		],
	])('%s', async (_, operation, parameters) => {
		const description = await run(operation, parameters);
		expect(description).toContain(NOTHING);
		expect(description).not.toContain('Nothing was sent to ComplyCube');
	});

	it('with a file that is none', async () => {
		const [{ id }] = calls.simulator.clients.seed();
		const description = await run(
			'upload',
			{ resource: 'livePhoto', clientId: byId(id) },
			{ binary: [fileIn('data', sampleImage('jpg')), fileIn('data', 'AAAA')] },
		);
		expect(description).toContain(NOTHING);
	});
});

describe('what was read before is not denied', () => {
	const metadata = Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`key${i}`, 'value']));
	const pairs = { pairs: [{ key: 'new', value: '1' }] };

	it.each<[string, IDataObject]>([
		['update', { ...client, clientUpdates: { metadataToSet: pairs } }],
		[
			'upsert',
			{ matchBy: 'email', email: 'full@example.com', ...person, clientFields: { metadata: pairs } },
		],
	])('%s with too much metadata', async (operation, parameters) => {
		const [{ id }] = calls.simulator.clients.seed({ metadata, email: 'full@example.com' });
		const { error } = await calls.run({ operation, parameters, input: [{ id }] });
		expect(calls.sent().map(({ method }) => method)).toEqual(['GET']);
		expect(error?.message).toBe('There are more than 50 metadata entries');
		expect(error?.description).toContain('Nothing was changed for this item.');
		expect(error?.description).not.toContain('Nothing was sent');
	});

	it.each([undefined, '', {}, 'a/b', '..'])(
		"a client that was found with the ID %j is not called an empty parameter of the user's",
		async (id) => {
			calls.answerWith({ items: [{ id, type: 'person', email: 'ada@example.com' }] });
			const { error } = await calls.run({
				operation: 'upsert',
				parameters: { matchBy: 'email', email: 'ada@example.com', ...person },
			});
			expect(error?.message).toBe('ComplyCube did not say which ID the client has');
			expect(error?.description).toContain('Nothing was changed for this item.');
			expect(calls.posts()).toBe(0);
		},
	);
});
