import type { IDataObject } from 'n8n-workflow';
import { StandIn, type Answer } from './standIn.cts';

let standIn: StandIn;
beforeAll(async () => {
	standIn = await StandIn.start();
	// Full jitter at its shortest
	jest.spyOn(Math, 'random').mockReturnValue(0);
});
afterAll(() => standIn.close());

const CALLS: Array<[string, IDataObject]> = [
	['an object', { resource: 'client', operation: 'get', clientId: 'c1' }],
	['a list', { resource: 'client', operation: 'getAll' }],
	[
		'a change',
		{
			resource: 'client',
			operation: 'update',
			clientId: 'c1',
			clientUpdates: { email: 'a@example.com' },
		},
	],
];

describe.each<[string, Answer]>([
	[
		'is not compressed as it says',
		(response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end('no gzip'),
	],
	[
		'has endless headers',
		(response) => response.writeHead(200, { 'x-long': 'x'.repeat(100_000) }).end('{}'),
	],
	['is no HTTP', (response) => response.socket!.end('220 smtp.example.com ready\r\n\r\n')],
])('an answer that %s', (_, kind) => {
	it.each(CALLS)('is not told as none: %s', async (name, parameters) => {
		standIn.answer = kind;
		const { error } = await standIn.run(parameters);
		expect(error?.message).toBe('The answer could not be understood');
		expect(error?.httpCode).toMatch(/^(HPE|Z)_/);
		expect(error?.description).toContain(
			name === 'a change' ? 'may have been changed all the same' : "'Base URL'",
		);
	});
});

describe('a file that a reply links to', () => {
	const REPORT = {
		resource: 'report',
		operation: 'generateForWorkflowSession',
		workflowSessionId: 's1',
	};

	let open = 0;
	let status = 200;

	beforeEach(() => {
		status = 200;
		standIn.answer = (response, request) => {
			if (!request.url?.endsWith('/file')) {
				response.end(JSON.stringify({ data: `${standIn.origin}/file` }));
				return;
			}
			open += 1;
			response.on('close', () => (open -= 1));
			response.writeHead(status, {
				'content-length': 100_000,
				location: `${standIn.origin}/v1/file`,
			});
			response.write('%PDF-1.7');
		};
	});

	it('ends with the timeout if it falls silent in the middle, and so does its connection', async () => {
		const { error } = await standIn.run({ ...REPORT, requestOptions: { timeout: 300 } });
		expect(error?.message).toBe(
			'The file could not be fetched from where ComplyCube keeps it: it did not come in time',
		);
		await new Promise((resolve) => setTimeout(resolve, 100));
		expect(open).toBe(0);
	}, 15_000);

	it.each([302, 404])('is left at once if it comes with %i', async (other) => {
		status = other;
		const { error } = await standIn.run(REPORT);
		expect(error?.message).toMatch(/^The file could not be fetched/);
		await new Promise((resolve) => setTimeout(resolve, 100));
		expect(open).toBe(0);
	});

	it('ends with the cancel', async () => {
		const { status } = await standIn.run(REPORT, 300);
		expect(status).toBe('canceled');
		await new Promise((resolve) => setTimeout(resolve, 100));
		expect(open).toBe(0);
	});
});
