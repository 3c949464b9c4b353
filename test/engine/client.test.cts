import type { IDataObject } from 'n8n-workflow';
import { deletes, endsInDoubt, refusesHostileIds, updates } from './commonBehaviour.cts';
import { byId, ResourceCalls } from './resourceCalls.cts';

let calls: ResourceCalls;
beforeAll(async () => {
	calls = await ResourceCalls.start('client');
});
beforeEach(() => calls.simulator.reset());
afterAll(async () => await calls.simulator.close());

const seed = (fields = {}) => calls.simulator.clients.seed(fields)[0];
const target = (operation: string, below = '') => ({
	calls: () => calls,
	operation,
	chosen: (id: unknown) => ({ clientId: byId(id) }),
	seed: () => seed().id,
	path: (id: string) => `/clients/${id}${below}`,
	object: 'client',
});

const PERSON = {
	type: 'person',
	email: 'ada@example.com',
	firstName: 'Ada',
	lastName: 'Example',
};
const COMPANY = { type: 'company', email: 'info@example.com', companyName: 'Example Ltd' };

describe('create', () => {
	const run = async (parameters: IDataObject, more = {}) =>
		await calls.run({ operation: 'create', parameters, ...more });

	it('sends a person with the required fields only, and returns it', async () => {
		const { items } = await run(PERSON);
		expect(calls.sent()).toEqual([
			{
				method: 'POST',
				path: '/clients',
				body: {
					type: 'person',
					email: 'ada@example.com',
					personDetails: { firstName: 'Ada', lastName: 'Example' },
				},
			},
		]);
		const [{ id }] = calls.simulator.clients.list();
		expect(items).toEqual([
			{
				json: expect.objectContaining({ id, entityName: 'Ada Example', type: 'person' }),
				pairedItem: { item: 0 },
			},
		]);
	});

	it('sends a person with every field', async () => {
		await run({
			...PERSON,
			clientFields: {
				birthCountry: 'GB',
				dob: '1990-01-31T00:00:00',
				externalId: 'x-1',
				gender: 'female',
				joinedDate: '2020-02-29T23:00:00.000+02:00',
				metadata: { pairs: [{ key: 'plan', value: 'gold' }] },
				metadataJson: '{ "plan": "silver", "region": "EU" }',
				middleName: 'B.',
				mobile: '+12345678910',
				nationalIdentityNumber: 'n',
				nationality: 'FR',
				socialInsuranceNumber: 's',
				ssn: '123',
				taxIdentificationNumber: 't',
				telephone: '+12 345',
			},
		});
		expect(calls.sent()[0].body).toEqual({
			type: 'person',
			email: 'ada@example.com',
			mobile: '+12345678910',
			telephone: '+12 345',
			externalId: 'x-1',
			joinedDate: '2020-02-29',
			personDetails: {
				firstName: 'Ada',
				middleName: 'B.',
				lastName: 'Example',
				dob: '1990-01-31',
				gender: 'female',
				nationality: 'FR',
				birthCountry: 'GB',
				ssn: '123',
				socialInsuranceNumber: 's',
				nationalIdentityNumber: 'n',
				taxIdentificationNumber: 't',
			},
			metadata: { plan: 'gold', region: 'EU' },
		});
	});

	it('sends a company with every field', async () => {
		const { items } = await run({
			...COMPANY,
			clientFields: {
				incorporationCountry: 'GB',
				incorporationType: 'holding_company',
				registrationNumber: '123',
				website: 'https://www.example.com',
			},
		});
		expect(calls.sent()[0].body).toEqual({
			type: 'company',
			email: 'info@example.com',
			companyDetails: {
				name: 'Example Ltd',
				incorporationCountry: 'GB',
				incorporationType: 'holding_company',
				registrationNumber: '123',
				website: 'https://www.example.com',
			},
		});
		expect(items[0].json.entityName).toBe('Example Ltd');
	});

	it('sends neither empty fields nor those of the other type', async () => {
		await run({
			...PERSON,
			companyName: 'Example Ltd',
			clientFields: {
				middleName: '',
				dob: '',
				website: 'https://www.example.com',
				mobile: null,
			},
		});
		expect(calls.sent()[0].body).toEqual({
			type: 'person',
			email: 'ada@example.com',
			personDetails: { firstName: 'Ada', lastName: 'Example' },
		});
	});

	it('accepts metadata as an object from an expression', async () => {
		await run(
			{ ...PERSON, clientFields: { metadataJson: '={{ $json.facts }}' } },
			{ input: [{ facts: { plan: 'gold' } }] },
		);
		expect(calls.sent()[0].body).toMatchObject({ metadata: { plan: 'gold' } });
	});

	it.each<[what: string, clientFields: IDataObject, sentence: string]>([
		['a day that does not exist', { dob: '1990-02-30' }, "'Date of Birth' is not a date"],
		['a text as a date', { joinedDate: 'soon' }, "'Joined Date' is not a date"],
		['invalid JSON', { metadataJson: '{' }, "'Metadata (JSON)' is not a JSON object"],
		[
			'a key that is too long',
			{ metadata: { pairs: [{ key: 'k'.repeat(41), value: '' }] } },
			'Metadata entry 1 has too long a key',
		],
		[
			'a value that is too long',
			{ metadata: { pairs: [{ key: 'k', value: 'v'.repeat(501) }] } },
			'Metadata entry 1 has too long a value',
		],
		[
			'too many keys',
			{ metadataJson: Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`k${i}`, ''])) },
			'There are more than 50 metadata entries',
		],
	])('sends nothing with %s', async (_, clientFields, sentence) => {
		const { error } = await run({ ...PERSON, clientFields });
		expect(error?.message).toContain(sentence);
		expect(error?.description).toContain('Nothing was sent');
		expect(calls.sent()).toEqual([]);
	});

	it("reports ComplyCube's own reason", async () => {
		const { error } = await run({ ...PERSON, email: 'nobody' });
		expect(error?.message).toContain("'email' is invalid");
		expect(error?.description).toContain("'email'");
	});

	it('is not repeated after a lost answer, and says where to look', async () => {
		expect(await endsInDoubt(calls, 'create', PERSON)).toContain(
			"Before you run this item again, look for it: Get Many with the filter 'Email'",
		);
		expect(calls.simulator.clients.list()).toHaveLength(1);
	});

	it('pairs every item, refused ones too', async () => {
		const { items } = await run(
			{ ...PERSON, email: '={{ $json.email }}' },
			{
				input: [{ email: 'a@example.com' }, { email: 'nobody' }, { email: 'c@example.com' }],
				onError: 'continueRegularOutput',
			},
		);
		expect(items.map(({ json, pairedItem }) => [json.email, pairedItem])).toEqual([
			['a@example.com', { item: 0 }],
			[undefined, { item: 1 }],
			['c@example.com', { item: 2 }],
		]);
		expect(items[1].json).toMatchObject({ details: { itemIndex: 1, param: 'email' } });
	});
});

describe('get', () => {
	const run = async (id: unknown, more: IDataObject = {}) =>
		await calls.run({ operation: 'get', parameters: { clientId: byId(id), ...more } });

	it('returns the client as it is', async () => {
		const { id } = seed({ metadata: { plan: 'gold' } });
		const { items } = await run(` ${id} `);
		const { mode: _, ...client } = calls.simulator.clients.list()[0];
		expect(items).toEqual([{ json: client, pairedItem: { item: 0 } }]);
		expect(calls.sent()).toEqual([{ method: 'GET', path: `/clients/${id}` }]);
	});

	it('returns it simplified or reduced to chosen fields', async () => {
		const { id } = seed();
		const simplified = (await run(id, { output: 'simplified' })).items[0].json;
		expect(Object.keys(simplified)).toEqual([
			'id',
			'type',
			'entityName',
			'email',
			'createdAt',
			'updatedAt',
		]);
		const { items } = await run(id, { output: 'selected', fields: ['email'] });
		expect(items[0].json).toEqual({ id, email: 'ada@example.com' });
	});

	refusesHostileIds(target('get'));
});

describe('getAll', () => {
	const run = async (clientFilters: IDataObject, more = {}) =>
		await calls.run({ operation: 'getAll', parameters: { clientFilters }, ...more });

	it("sends every filter by ComplyCube's name for it", async () => {
		await run({
			birthCountry: 'GB',
			companyName: 'Example Ltd',
			createdAfter: '2026-01-31T09:00:00',
			createdBefore: '2026-07-01T00:00:00+02:00',
			dob: '1990-01-31',
			email: 'ada+1@example.com',
			firstName: 'Ada',
			gender: 'female',
			incorporationCountry: 'FR',
			incorporationType: 'holding_company',
			joinedDate: '2020-01-31',
			lastName: 'Example',
			metadata: { pairs: [{ key: 'plan', value: 'gold' }] },
			middleName: 'B.',
			mobile: '+1',
			nationality: 'DE',
			registrationNumber: '123',
			telephone: '+2',
			type: 'person',
			updatedAfter: '2026-01-01',
			website: 'https://www.example.com',
		});
		expect(calls.sent()).toEqual([
			{
				method: 'GET',
				path: '/clients',
				query: {
					'companyDetails.incorporationCountry': 'FR',
					'companyDetails.incorporationType': 'holding_company',
					'companyDetails.name': 'Example Ltd',
					'companyDetails.registrationNumber': '123',
					'companyDetails.website': 'https://www.example.com',
					// The workflow's time zone is Europe/Berlin
					createdAfter: '2026-01-31T08:00:00.000Z',
					createdBefore: '2026-06-30T22:00:00.000Z',
					email: 'ada+1@example.com',
					joinedDate: '2020-01-31',
					'metadata.plan': 'gold',
					mobile: '+1',
					page: '1',
					pageSize: '50',
					'personDetails.birthCountry': 'GB',
					'personDetails.dob': '1990-01-31',
					'personDetails.firstName': 'Ada',
					'personDetails.gender': 'female',
					'personDetails.lastName': 'Example',
					'personDetails.middleName': 'B.',
					'personDetails.nationality': 'DE',
					telephone: '+2',
					type: 'person',
					updatedAfter: '2025-12-31T23:00:00.000Z',
				},
			},
		]);
	});

	it('finds by nested attributes and several metadata', async () => {
		const { id } = seed({ metadata: { plan: 'gold', region: 'EU' } });
		seed({ metadata: { plan: 'gold' } });
		seed({ personDetails: { lastName: 'Other' }, metadata: { plan: 'gold', region: 'EU' } });
		const { items } = await run({
			lastName: 'Example',
			metadata: {
				pairs: [
					{ key: 'plan', value: 'gold' },
					{ key: 'region', value: 'EU' },
				],
			},
		});
		expect(items.map(({ json }) => json.id)).toEqual([id]);
	});

	it('does not send empty filters', async () => {
		seed();
		const { items } = await run({ email: '', nationality: '', createdAfter: '' });
		expect(items).toHaveLength(1);
		expect(calls.sent()[0].query).toEqual({ page: '1', pageSize: '50' });
	});

	it('returns all, newest first, or up to the limit', async () => {
		const seeded = calls.simulator.clients.seed({ count: 3 });
		const all = await calls.run({ operation: 'getAll', parameters: { returnAll: true } });
		expect(all.items.map(({ json }) => json.id)).toEqual(seeded.map(({ id }) => id).reverse());
		const one = await calls.run({
			operation: 'getAll',
			parameters: { limit: 1, output: 'selected', fields: ['type'] },
		});
		expect(one.items.map(({ json }) => json)).toEqual([{ id: seeded[2].id, type: 'person' }]);
	});
});

describe('getRiskProfile', () => {
	it('returns the risks, with the ID of the client', async () => {
		const { id } = seed({ personDetails: { nationality: 'GB', middleName: 'high-risk' } });
		const { items } = await calls.run({
			operation: 'getRiskProfile',
			parameters: { clientId: byId(id) },
		});
		expect(items).toEqual([
			{
				json: expect.objectContaining({ id, overall: 'high' }),
				pairedItem: { item: 0 },
			},
		]);
		expect(calls.sent()).toEqual([{ method: 'GET', path: `/clients/${id}/riskProfile` }]);
	});

	refusesHostileIds(target('getRiskProfile'));
});

describe('update', () => {
	const run = async (id: string, clientUpdates: IDataObject) =>
		await calls.run({
			operation: 'update',
			parameters: { clientId: byId(id), clientUpdates },
		});

	updates(target('update'), 'clientUpdates', { telephone: '1' }, 'mobile');

	it('sends nested fields and metadata', async () => {
		const { id } = seed();
		const { items } = await run(id, {
			lastName: 'Other',
			dob: '1990-01-31T00:00:00',
			email: 'other@example.com',
			metadata: { pairs: [{ key: 'plan', value: 'gold' }] },
		});
		expect(calls.sent()).toEqual([
			{
				method: 'POST',
				path: `/clients/${id}`,
				body: {
					email: 'other@example.com',
					personDetails: { lastName: 'Other', dob: '1990-01-31' },
					metadata: { plan: 'gold' },
				},
			},
		]);
		expect(items[0].json).toMatchObject({ id, entityName: 'Ada Other' });
	});

	it('can change every field', async () => {
		const { id } = seed({ type: 'company' });
		await run(id, {
			companyName: 'Other Ltd',
			incorporationCountry: 'GB',
			incorporationType: 'holding_company',
			registrationNumber: '1',
			website: 'https://www.example.com',
			firstName: 'Ada',
			joinedDate: '2020-01-31',
			telephone: '1',
		});
		expect(calls.sent()[0].body).toEqual({
			companyDetails: {
				name: 'Other Ltd',
				incorporationCountry: 'GB',
				incorporationType: 'holding_company',
				registrationNumber: '1',
				website: 'https://www.example.com',
			},
			personDetails: { firstName: 'Ada' },
			joinedDate: '2020-01-31',
			telephone: '1',
		});
	});

	it('sends an emptied field as empty', async () => {
		const { id } = seed({ mobile: '+1', personDetails: { middleName: 'B.' } });
		await run(id, { mobile: '', middleName: '' });
		expect(calls.sent()[0].body).toEqual({ mobile: '', personDetails: { middleName: '' } });
		expect(calls.simulator.clients.list()[0].mobile).toBe('');
	});
});

describe('delete', () => deletes(target('delete')));
