import type { IDataObject } from 'n8n-workflow';
import { byId, ResourceCalls } from './resourceCalls.cts';

let calls: ResourceCalls;
beforeAll(async () => {
	calls = await ResourceCalls.start('report');
});
beforeEach(() => calls.simulator.reset());
afterAll(async () => await calls.simulator.close());

const OPERATIONS = [
	['generateForClient', 'clientId', 'client'],
	['generateForCheck', 'checkId', 'check'],
] as const;

/** The first characters of a file. */
const beginning = (data: string) => Buffer.from(data, 'base64').subarray(0, 5).toString();

describe.each(OPERATIONS)('%s', (operation, name, object) => {
	const run = async (id: unknown, parameters: IDataObject = {}, more = {}) =>
		await calls.run({ operation, parameters: { [name]: byId(id), ...parameters }, ...more });
	const seed = () => {
		const [client] = calls.simulator.clients.seed({});
		const [check] = calls.simulator.checks.seed({ clientId: client.id });
		return { client, check }[object].id;
	};

	it('requests the file by ID, and returns it as binary data', async () => {
		const id = seed();
		const { items } = await run(` ${id} `);
		expect(calls.sent()).toEqual([{ method: 'GET', path: '/reports', query: { [name]: id } }]);
		const fileName = `report-${object}-${id}.pdf`;
		expect(items).toEqual([
			{
				json: { contentType: 'application/pdf', fileName },
				binary: { data: expect.objectContaining({ fileName, mimeType: 'application/pdf' }) },
				pairedItem: { item: 0 },
			},
		]);
		expect(beginning(items[0].binary!.data.data)).toBe('%PDF-');
	});

	it('returns it in another field, and corrects a wrong type', async () => {
		calls.simulator.settings.reportContentType = 'images/jpg';
		const { items } = await run(seed(), { outputDataFieldName: 'report' });
		expect(Object.keys(items[0].binary!)).toEqual(['report']);
		expect(items[0].binary!.report.mimeType).toBe('application/pdf');
	});

	it.each(['={{ $json.nothing }}', '={{ "a&b#c" }}', '={{ "a/b" }}'])(
		'sends nothing for %s',
		async (id) => {
			const { error } = await run(id);
			expect(error?.message.toLowerCase()).toContain(`'${object}'`);
			expect(calls.sent()).toEqual([]);
		},
	);

	it('reports an answer without a file', async () => {
		calls.answerWith({ contentType: 'application/pdf' });
		const { error } = await run(seed());
		expect(error?.message).toContain('no file');
	});

	it('pairs every item, refused ones too', async () => {
		const ids = [seed(), '5eb2b61e02df0a0008f1cf2a', seed()];
		const input = ids.map((id) => ({ id }));
		const { items } = await run('={{ $json.id }}', {}, { input, onError: 'continueRegularOutput' });
		expect(items.map(({ json, pairedItem }) => [json.fileName, pairedItem])).toEqual([
			[`report-${object}-${ids[0]}.pdf`, { item: 0 }],
			[undefined, { item: 1 }],
			[`report-${object}-${ids[2]}.pdf`, { item: 2 }],
		]);
		expect(items[1].json.error).toContain(ids[1]);
	});
});
