import { LIVE_KEY, sendJson } from './client.cts';
import { startSimulator } from '../../simulator/server.cts';
import type { Simulator } from '../../simulator/server.cts';

let simulator: Simulator;

beforeAll(async () => {
	simulator = await startSimulator({ rateLimit: null });
});
beforeEach(() => simulator.reset());
afterAll(() => simulator.close());

const call = (method: string, path: string, body?: unknown, key?: string) =>
	sendJson(simulator, method, path, body, key);

const person = {
	type: 'person',
	email: 'john@example.com',
	personDetails: { firstName: 'John', lastName: 'Doe' },
};
const company = {
	type: 'company',
	email: 'info@example.com',
	companyDetails: { name: 'Example Ltd' },
};

test('are created, read, changed and deleted', async () => {
	const created = await call('POST', '/clients', {
		...person,
		joinedDate: '2020-01-01',
		metadata: { tier: 'gold' },
		unknown: 1,
	});
	expect(created).toMatchObject({ status: 200 });
	const { id } = created.body;
	expect(created.body).toEqual({
		...person,
		id: expect.stringMatching(/^[0-9a-f]{24}$/),
		entityName: 'John Doe',
		joinedDate: '2020-01-01',
		metadata: { tier: 'gold' },
		createdAt: expect.any(String),
		updatedAt: created.body.createdAt,
	});
	expect((await call('GET', `/clients/${id}`)).body).toEqual(created.body);

	const changes = { joinedDate: null, id: null, personDetails: { middleName: 'Q.' } };
	const { body } = await call('POST', `/clients/${id}`, changes);
	expect(body).toMatchObject({
		id,
		entityName: 'John Q. Doe',
		personDetails: { firstName: 'John', middleName: 'Q.', lastName: 'Doe' },
		metadata: { tier: 'gold' },
	});
	expect(body).not.toHaveProperty('joinedDate');

	await expect(call('DELETE', `/clients/${id}`)).resolves.toMatchObject({ status: 204, text: '' });
	for (const method of ['GET', 'POST', 'DELETE']) {
		await expect(call(method, `/clients/${id}`)).resolves.toMatchObject({
			status: 404,
			body: { type: 'resource_not_found', message: `Invalid client id '${id}'` },
		});
	}
});

test('an update replaces the metadata, or adds to it', async () => {
	const { body } = await call('POST', '/clients', { ...person, metadata: { a: '1', b: '2' } });
	const update = async (metadata: object) =>
		(await call('POST', `/clients/${body.id}`, { metadata })).body.metadata;
	expect(await update({ b: '3' })).toEqual({ b: '3' });
	simulator.settings.metadataUpdate = 'merge';
	expect(await update({ c: '4' })).toEqual({ b: '3', c: '4' });
});

const cases: Array<[object | unknown[] | undefined, string | undefined]> = [
	[undefined, 'type'],
	[[], undefined],
	[{ ...person, type: 'robot' }, 'type'],
	[{ ...person, email: undefined }, 'email'],
	[{ ...person, email: null }, 'email'],
	[{ ...person, email: 'nobody' }, 'email'],
	[{ ...person, personDetails: undefined }, 'personDetails'],
	[{ ...person, type: 'company' }, 'companyDetails'],
	[{ ...person, personDetails: { firstName: 'John' } }, 'personDetails.lastName'],
	[{ ...person, personDetails: { lastName: 'Doe', firstName: '' } }, 'personDetails.firstName'],
	[
		{ ...person, personDetails: { ...person.personDetails, dob: '01.02.1990' } },
		'personDetails.dob',
	],
	[
		{ ...person, personDetails: { ...person.personDetails, nationality: 'GBR' } },
		'personDetails.nationality',
	],
	[{ ...company, companyDetails: {} }, 'companyDetails.name'],
	[{ ...person, joinedDate: '2020-13-01' }, 'joinedDate'],
	[{ ...person, metadata: ['a'] }, 'metadata'],
	[{ ...person, metadata: { a: 1 } }, 'metadata'],
	[{ ...person, metadata: { ['k'.repeat(41)]: '' } }, 'metadata'],
	[{ ...person, metadata: { a: 'v'.repeat(501) } }, 'metadata'],
	[
		{ ...person, metadata: Object.fromEntries(Array.from({ length: 51 }, (_, i) => [i, 'v'])) },
		'metadata',
	],
];

test.each(cases)('%j is refused for %s', async (body, param) => {
	const reply = await call('POST', '/clients', body);
	expect(reply).toMatchObject({ status: 400, body: { type: 'invalid_request' } });
	expect(reply.body.param).toBe(param);
	expect(simulator.clients.list()).toEqual([]);
});

test('a refusal has the documented wording', async () => {
	await expect(
		call('POST', '/clients', { ...person, personDetails: undefined }),
	).resolves.toMatchObject({
		text: `{"type":"invalid_request","message":"'personDetails' must be provided when client type is \`person\`","param":"personDetails"}`,
	});
	const { body } = await call('POST', '/clients', { ...person, type: 'robot' });
	expect(body.message).toBe("'type' should be equal to one of the allowed values:person, company");
});

test('an update is refused for the same reasons as a creation', async () => {
	const [{ id }] = simulator.clients.seed();
	for (const [body, param] of [
		[{ email: null }, 'email'],
		[{ personDetails: { lastName: null } }, 'personDetails.lastName'],
		[{ type: 'company' }, 'companyDetails'],
	] as const) {
		const reply = await call('POST', `/clients/${id}`, body);
		expect(reply).toMatchObject({ status: 400, body: { param } });
	}
});

test.each([
	['type=company', 'company'],
	['email=info%40example.com', 'company'],
	['personDetails.lastName=Doe', 'person'],
	['companyDetails.name=Example+Ltd', 'company'],
	['metadata.tier=gold', 'person'],
	['metadata.tier=gold&type=company', undefined],
	['metadata.a.b=dotted', 'company'],
	['externalId=e1', undefined],
])('the list filtered by %s has %s', async (query, expected) => {
	const [, , found] = simulator.clients.seed([
		{ ...person, type: 'person', externalId: 'e1', metadata: { tier: 'gold' } },
		{ ...company, type: 'company', metadata: { 'a.b': 'dotted' } },
		{ mode: 'live', email: 'info@example.com' },
	]);
	const { body } = await call('GET', `/clients?${query}`);
	expect(body.items.map(({ type }: { type: string }) => type)).toEqual(expected ? [expected] : []);
	expect(JSON.stringify(body)).not.toContain(found.id);
});

test('are visible in their own mode only', async () => {
	const { body } = await call('POST', '/clients', company, LIVE_KEY);
	await expect(call('GET', `/clients/${body.id}`)).resolves.toMatchObject({ status: 404 });
	await expect(call('GET', '/clients')).resolves.toMatchObject({ body: { totalItems: 0 } });
	await expect(call('GET', '/clients', undefined, LIVE_KEY)).resolves.toMatchObject({
		body: { items: [{ id: body.id, entityName: 'Example Ltd' }] },
	});
});

describe('risk profile', () => {
	const riskOf = async (client: object, key?: string) =>
		(await call('GET', `/clients/${(client as { id: string }).id}/riskProfile`, undefined, key))
			.body;
	const details = (more: object) => ({
		personDetails: { firstName: 'John', lastName: 'Doe', ...more },
	});

	test.each([
		[{}, 'not_set'],
		[{ nationality: 'GB' }, 'low'],
		[{ birthCountry: 'GB', middleName: 'medium-risk' }, 'medium'],
		[{ nationality: 'GB', middleName: 'high-risk' }, 'high'],
		[{ middleName: 'high-risk' }, 'not_set'],
	])('of %j is %s', async (more, overall) => {
		const [client] = simulator.clients.seed(details(more));
		await expect(riskOf(client)).resolves.toMatchObject({
			overall,
			countryRisk: { risk: overall },
			watchlistRisk: { risk: 'not_set' },
		});
	});

	test('uses the country of an address, and ignores names in live mode', async () => {
		const fields = { mode: 'live' as const, ...details({ middleName: 'high-risk' }) };
		const [client] = simulator.clients.seed(fields);
		await expect(riskOf(client, LIVE_KEY)).resolves.toMatchObject({ overall: 'not_set' });
		simulator.addresses.seed({ mode: 'live', clientId: client.id, country: 'FR' });
		await expect(riskOf(client, LIVE_KEY)).resolves.toMatchObject({
			overall: 'low',
			countryRisk: { country: 'FR' },
		});
	});
});
