import type { IDataObject } from 'n8n-workflow';
import { byId, ResourceCalls } from './resourceCalls.cts';

let checks: ResourceCalls;
let clients: ResourceCalls;
beforeAll(async () => {
	checks = await ResourceCalls.start('check');
	clients = await ResourceCalls.start('client');
});
beforeEach(() => [checks, clients].forEach(({ simulator }) => simulator.reset()));
afterAll(async () => {
	for (const { simulator } of [checks, clients]) await simulator.close();
});

/** What turns the direction of what follows, breaks the line, and never ends. */
const ODD_TEXT = `so\u202eme\n\n\u0000thing ${'long '.repeat(200)}`;

/** `String` throws for these. */
const NO_TEXTS = [{ toString: null, valueOf: 1 }, [{ toString: 1, valueOf: 1 }]];

const expectOneShortLine = (message = '') => {
	expect(message).toMatch(/^[^\p{Cc}\p{Cf}]+$/u);
	expect(message.length).toBeLessThan(200);
};

describe('the matches of a check', () => {
	async function messageFor(check: IDataObject) {
		checks.answerWith({ id: 'c1', ...check });
		const parameters = { checkId: byId('c1') };
		const { error } = await checks.run({ operation: 'getMatches', parameters });
		return error?.message;
	}

	it('whose type is odd are refused in one short line', async () => {
		const message = await messageFor({ type: ODD_TEXT, status: 'complete' });
		expect(message).toMatch(/^Only screening checks have matches, and this is a some thing long/);
		expectOneShortLine(message);
	});

	it('whose status is odd are refused in one short line', async () => {
		const message = await messageFor({ type: 'standard_screening_check', status: ODD_TEXT });
		expect(message).toMatch(/^The check is 'some thing long .*', so it has no matches$/);
		expectOneShortLine(message);
	});

	it.each([...NO_TEXTS, {}, [], null, true, ' '])(
		'whose status is no text are refused: %j',
		async (status) => {
			const message = await messageFor({ type: 'standard_screening_check', status } as never);
			expect(message).toBe('The check has no status, so it has no matches');
		},
	);
});

describe('Create or Update', () => {
	async function upsert(items: unknown[]) {
		clients.answerWith({ totalItems: items.length, items });
		const { error } = await clients.run({
			operation: 'upsert',
			parameters: { type: 'person', email: 'a@example.com', firstName: 'Ada', lastName: 'Byron' },
		});
		return error?.message;
	}

	const changes = () => clients.sent().filter(({ method }) => method !== 'GET');

	it('says in one short line that the client has another type', async () => {
		const message = await upsert([{ id: ODD_TEXT, email: 'a@example.com', type: ODD_TEXT }]);
		expect(message).toMatch(/^The client with this email is a some thing long .*: some thing long/);
		expectOneShortLine(message);
		expect(changes()).toEqual([]);
	});

	it('says in one short line that there are several clients', async () => {
		const email = 'a@example.com';
		const message = await upsert([
			{ id: ODD_TEXT, email },
			{ id: NO_TEXTS[0], email },
		]);
		expect(message).toMatch(/^2 clients have this email: some thing long .*, one without an ID$/);
		expectOneShortLine(message);
		expect(changes()).toEqual([]);
	});

	it.each(NO_TEXTS)('refuses to change a client whose ID is no text: %j', async (id) => {
		expect(await upsert([{ id, email: 'a@example.com' }])).toBe(
			'ComplyCube did not say which ID the client has',
		);
		expect(changes()).toEqual([]);
	});

	it.each(NO_TEXTS)('creates one beside a client whose email is no text: %j', async (email) => {
		expect(await upsert([{ id: 'x', email }])).toBeUndefined();
		expect(changes()).toEqual([expect.objectContaining({ method: 'POST', path: '/clients' })]);
	});
});
