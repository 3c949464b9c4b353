import type { IDataObject } from 'n8n-workflow';
import { byId, ResourceCalls } from './resourceCalls.cts';

const PERSON = { email: 'ada@example.com', firstName: 'Ada', lastName: 'Example' };

let calls: ResourceCalls;
const started: ResourceCalls[] = [];

async function start(resource: string): Promise<void> {
	calls = await ResourceCalls.start(resource);
	started.push(calls);
}

afterEach(async () => {
	for (const each of started.splice(0)) await each.simulator.close();
});

const body = (): IDataObject => calls.sent()[0]?.body as IDataObject;

describe('A date', () => {
	beforeEach(async () => await start('client'));

	const create = async (dob: string, input: IDataObject[] = [{}]) =>
		await calls.run({
			operation: 'create',
			parameters: { ...PERSON, clientFields: { dob } },
			input,
		});

	// The workflow is in Europe/Berlin
	it.each([
		['a Data Table row', '={{ $json.dob }}', { dob: new Date('1990-01-30T23:00:00Z') }],
		['the same as JSON', '={{ $json.dob }}', { dob: '1990-01-30T23:00:00.000Z' }],
		['a DateTime of UTC midnight', "={{ DateTime.fromISO('1990-01-31T00:00:00.000Z') }}", {}],
		['a DateTime of the workflow', "={{ DateTime.fromISO('1990-01-31') }}", {}],
		['milliseconds', '={{ $json.dob }}', { dob: Date.UTC(1990, 0, 31) }],
		['a text to a date', '={{ "1990-01-31".toDate() }}', {}],
	])('is the day that was meant: %s', async (_what, dob, input) => {
		await create(dob, [input as unknown as IDataObject]);
		expect(body().personDetails).toMatchObject({ dob: '1990-01-31' });
	});

	it('is refused where it is a different day on different clocks', async () => {
		const { error } = await create('={{ "1990-01-30T23:30:00Z" }}');
		expect(error?.message).toMatch(
			/^'Date of Birth' is a moment that falls on different days: 23:30 of the day before in UTC, 00:30 in Europe\/Berlin$/,
		);
		expect(calls.sent()).toEqual([]);
	});
});

describe('A value from a sheet or a database', () => {
	it('is sent as a text where a text is wanted', async () => {
		await start('client');
		await calls.run({
			operation: 'create',
			parameters: {
				...PERSON,
				clientFields: {
					externalId: '={{ 10045 }}',
					mobile: '={{ 447700900123 }}',
					ssn: '={{ 123 }}',
				},
			},
		});
		expect(body()).toMatchObject({
			externalId: '10045',
			mobile: '447700900123',
			personDetails: { ssn: '123' },
		});
	});

	it('is a text in an address, too', async () => {
		await start('address');
		const [{ id: clientId }] = calls.simulator.clients.seed();
		await calls.run({
			operation: 'create',
			parameters: {
				clientId: byId(clientId),
				line: 'Street',
				city: 'Berlin',
				country: '={{ "de" }}',
				addressFields: { postalCode: '={{ 10115 }}', propertyNumber: '={{ 7 }}' },
			},
		});
		expect(body()).toMatchObject({ postalCode: '10115', propertyNumber: '7', country: 'DE' });
	});

	it.each([
		['FALSE', false],
		[' true ', true],
	])('is a switch: %j', async (value, isOn) => {
		await start('check');
		await calls.run({
			operation: 'update',
			parameters: { checkId: byId('c1'), enableMonitoring: `={{ "${value}" }}` },
		});
		expect(body()).toEqual({ enableMonitoring: isOn });
	});

	it('is refused as a switch if it is neither true nor false', async () => {
		await start('check');
		const { error } = await calls.run({
			operation: 'update',
			parameters: { checkId: byId('c1'), enableMonitoring: '={{ "no" }}' },
		});
		expect(error?.message).toBe("'Enable Monitoring' is neither true nor false");
		expect(calls.sent()).toEqual([]);
	});

	it.each([
		['UK', "'Country' is not one of the values of the list"],
		['Atlantis', "'Country' is not one of the values of the list"],
	])('is refused as a country: %s', async (country, sentence) => {
		await start('address');
		const { error } = await calls.run({
			operation: 'create',
			parameters: { clientId: byId('c1'), line: 'S', city: 'C', country: `={{ "${country}" }}` },
		});
		expect(error?.message).toBe(sentence);
		expect(error?.description).toContain(country === 'UK' ? 'GB is meant' : 'Choose in the list');
		expect(calls.sent()).toEqual([]);
	});
});

describe("'Return All'", () => {
	it.each([
		['={{ "false" }}', 1],
		['={{ "True" }}', 3],
	])('is a switch: %s', async (returnAll, count) => {
		await start('client');
		calls.simulator.clients.seed({ count: 3 });
		const { items } = await calls.run({ operation: 'getAll', parameters: { returnAll, limit: 1 } });
		expect(items).toHaveLength(count);
	});

	it.each(['={{ undefined }}', '={{ "yes" }}', '={{ 1 }}'])('is refused: %s', async (returnAll) => {
		await start('client');
		const { error } = await calls.run({ operation: 'getAll', parameters: { returnAll } });
		expect(error?.message).toBe("'Return All' is neither true nor false");
		expect(calls.sent()).toEqual([]);
	});
});

describe("'Wait for Outcome'", () => {
	it('is a switch', async () => {
		await start('workflowSession');
		const [{ id }] = calls.simulator.workflowSessions.seed({ status: 'processing' });
		const run = async (waitForOutcome: string) =>
			await calls.run({
				operation: 'get',
				parameters: { workflowSessionId: byId(id), options: { waitForOutcome, maxWait: 1 } },
			});
		expect((await run('={{ "false" }}')).items).toHaveLength(1);
		expect(calls.sent()).toHaveLength(1);
		expect((await run('={{ "maybe" }}')).error?.message).toBe(
			"'Wait for Outcome' is neither true nor false",
		);
	});
});

describe('A list in a text', () => {
	it('chooses the fields, as a model writes it', async () => {
		await start('client');
		const [{ id }] = calls.simulator.clients.seed();
		const { items } = await calls.run({
			operation: 'get',
			parameters: { clientId: byId(id), output: 'selected', fields: `={{ '["email","type"]' }}` },
		});
		expect(Object.keys(items[0].json).sort()).toEqual(['email', 'id', 'type']);
	});

	it('chooses the check types', async () => {
		await start('flowSession');
		await calls.run({
			operation: 'create',
			parameters: {
				clientId: byId('c1'),
				sessionType: 'checks',
				checkTypes: `={{ '["Identity Check", "document_check"]' }}`,
				successUrl: 'https://example.com/a',
				cancelUrl: 'https://example.com/b',
			},
		});
		expect(body().checkTypes).toEqual(['identity_check', 'document_check']);
	});
});

describe('Metadata of an update', () => {
	beforeEach(async () => await start('client'));

	const update = async (updateFields: IDataObject) => {
		const [{ id }] = calls.simulator.clients.seed();
		return await calls.run({
			operation: 'update',
			parameters: { clientId: byId(id), clientUpdates: updateFields },
		});
	};

	it.each(['null', 'undefined'])('is left alone by the JSON %s', async (nothing) => {
		await update({ externalId: 'x', metadataJson: `={{ ${nothing} }}` });
		expect(body()).toEqual({ externalId: 'x' });
	});

	it.each(["={{ '' }}", '{}', '={{ {} }}'])('is cleared by the JSON %s', async (metadataJson) => {
		await update({ metadataJson });
		expect(body()).toEqual({ metadata: {} });
	});

	it('consists of texts', async () => {
		await update({ metadataJson: '{ "seats": 5, "paid": true, "plan": null }' });
		expect(body()).toEqual({ metadata: { seats: '5', paid: 'true' } });
	});

	it('is refused as a plain object, which n8n takes out before the node sees it', async () => {
		const { error } = await update({ metadata: { plan: 'gold' } });
		expect(error?.message).toBe("'Metadata' has no pairs");
		expect(calls.sent()).toEqual([]);
	});
});

describe('A choice in a path', () => {
	it('is found regardless of case, or refused: ComplyCube answers an unknown side with the front', async () => {
		await start('document');
		const run = async (side: string) =>
			await calls.run({
				operation: 'downloadImage',
				parameters: { documentId: 'd1', documentSide: `={{ "${side}" }}` },
			});
		await run('Back ');
		expect(calls.sent()[0].path).toBe('/documents/d1/download/back');
		const { error } = await run('bakc');
		expect(error?.message).toBe("'Document Side' is not one of the values of the list");
		expect(calls.sent()).toHaveLength(1);
	});
});

describe("'Output'", () => {
	it.each(['={{ undefined }}', "={{ '' }}", "={{ 'simplifed' }}", '={{ null }}'])(
		'never hands out everything for %s',
		async (output) => {
			await start('client');
			const [{ id }] = calls.simulator.clients.seed();
			const { error, items } = await calls.run({
				operation: 'get',
				parameters: { clientId: byId(id), output },
			});
			expect(items).toEqual([]);
			expect(error?.message).toBe("The 'Output' parameter is none of raw, simplified and selected");
		},
	);
});
