import type { IDataObject } from 'n8n-workflow';
import type { OnError } from '../built/engine.cts';
import { fileIn } from './files.cts';
import { byId, ResourceCalls, startSessionCalls } from './resourceCalls.cts';
import { sampleImage } from '../../simulator/sampleImages.cts';

let calls: ResourceCalls;
let clients: ResourceCalls;
let documents: ResourceCalls;
const all = () => [calls, clients, documents];
beforeAll(async () => {
	calls = await startSessionCalls();
	clients = await ResourceCalls.start('client');
	documents = await ResourceCalls.start('document');
});
beforeEach(() => all().forEach(({ simulator }) => simulator.reset()));
afterAll(
	async () => await Promise.all(all().map(async ({ simulator }) => await simulator.close())),
);

const NOTHING = '5eb2b61e02df0a0008f1cf2a';
const RETRY = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
const IN_BATCHES = { requestOptions: { batching: { batch: { batchSize: 20, batchInterval: 1 } } } };

const seed = (count: number) =>
	calls.simulator.workflowSessions.seed({ count }).map(({ id }) => ({ id }));

const complete = async (input: IDataObject[], parameters: IDataObject = {}, onError?: OnError) =>
	await calls.run({
		operation: 'complete',
		input,
		parameters,
		credential: { apiKey: calls.addKey() },
		nodeSettings: RETRY,
		onError,
	});

/** How often each session was to be completed, by ID. */
const postsTo = ({ simulator }: ResourceCalls, id: string, method = 'POST') =>
	simulator.requests.filter((request) => request.method === method && request.path.includes(id))
		.length;

const posts = (input: Array<{ id: string }>) => input.map(({ id }) => postsTo(calls, id));

const MODES: OnError[] = ['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'];

describe.each([{}, IN_BATCHES])('of 20 Completes, %j', (options) => {
	it.each(MODES)('one keeps failing, the others are sent once: %s', async (onError) => {
		const input = seed(20);
		// n8n also tries again if it continues, but only when the first item is a failed one
		const failing = onError === 'stopWorkflow' ? 19 : 0;
		input[failing] = { id: NOTHING };
		const { items, errorItems } = await complete(input, options, onError);
		expect(posts(input)).toEqual(input.map(({ id }) => (id === NOTHING ? 3 : 1)));
		expect(calls.effects()).toBe(19);
		const stops = onError === 'stopWorkflow';
		expect(items.length + errorItems.length).toBe(stops ? 0 : 20);
	});

	it.each(MODES)('one fails at first, and all come out in the end: %s', async (onError) => {
		const input = seed(20);
		const failing = input[onError === 'stopWorkflow' ? 10 : 0]!;
		calls.simulator.faults.add({
			kind: 'reply',
			status: 400,
			method: 'POST',
			times: 1,
			mentions: failing.id,
		});
		const { items, error } = await complete(input, options, onError);
		expect(error).toBe(undefined);
		expect(items).toEqual(
			input.map(({ id }, item) => ({
				json: { id, status: 'processing' },
				pairedItem: { item },
			})),
		);
		expect(posts(input)).toEqual(input.map((session) => (session === failing ? 2 : 1)));
		expect(calls.effects()).toBe(20);
	});
});

it('an item in doubt is looked at, not sent again, and comes out when it was carried out', async () => {
	calls.simulator.settings.processingMs = 3_600_000;
	const input = seed(3);
	const { id } = input[1]!;
	calls.simulator.faults.add({ kind: 'dropAfter', method: 'POST', mentions: id });
	calls.simulator.faults.add({ kind: 'reply', status: 403, method: 'GET', times: 1, mentions: id });
	const { items } = await complete(input);
	expect(items.map(({ json }) => json.status)).toEqual(Array(3).fill('processing'));
	expect(posts(input)).toEqual([1, 1, 1]);
	expect(postsTo(calls, id, 'GET')).toBe(2);
});

it('an item in doubt that turns out not to have been carried out is not sent again either, and says so', async () => {
	const [{ id }] = seed(1) as [{ id: string }];
	calls.simulator.faults.add({ kind: 'dropBefore', method: 'POST' });
	calls.simulator.faults.add({ kind: 'reply', status: 403, method: 'GET', times: 1 });
	const { error } = await complete([{ id }]);
	expect(postsTo(calls, id)).toBe(1);
	expect(error?.message).toContain('The session was not completed.');
	expect(error?.description).toContain("n8n's Retry On Fail did not send this item again.");
});

it('an item that was looked at at once, and not carried out, is sent again', async () => {
	const input = seed(1);
	calls.simulator.faults.add({ kind: 'dropBefore', method: 'POST', times: 1 });
	const { items } = await complete(input);
	expect(items[0]?.json.status).toBe('processing');
	expect(posts(input)).toEqual([2]);
});

it('an item in doubt that cannot be looked at fails again, and says that it was not sent again', async () => {
	const ids = clients.simulator.clients.seed({ count: 3 }).map(({ id }) => id);
	clients.simulator.faults.add({ kind: 'dropAfter', mentions: ids[1] });
	const { error } = await clients.run({
		operation: 'update',
		parameters: { clientId: byId('={{ $json.id }}'), clientUpdates: { mobile: '+12345678910' } },
		input: ids.map((id) => ({ id })),
		nodeSettings: RETRY,
	});
	expect(ids.map((id) => postsTo(clients, id))).toEqual([1, 1, 0]);
	expect(error?.context?.itemIndex).toBe(1);
	expect(error?.description).toContain("n8n's Retry On Fail did not send this item again.");
	expect(error?.description).toContain(
		'1 other item of this run was carried out (item 0); 1 was not sent.',
	);
});

it('a deletion that was carried out is not sent again', async () => {
	const ids = clients.simulator.clients.seed({ count: 2 }).map(({ id }) => id);
	const { error } = await clients.run({
		operation: 'delete',
		parameters: { clientId: byId('={{ $json.id }}') },
		input: [...ids, NOTHING].map((id) => ({ id })),
		nodeSettings: RETRY,
	});
	expect(error?.context?.itemIndex).toBe(2);
	expect(ids.map((id) => postsTo(clients, id, 'DELETE'))).toEqual([1, 1]);
});

it('an upload that was accepted is not sent again', async () => {
	const ids = documents.simulator.documents.seed({ count: 2 }).map(({ id }) => id);
	const { error } = await documents.run({
		operation: 'uploadImage',
		parameters: { documentId: '={{ $json.id }}' },
		input: [...ids, NOTHING].map((id) => ({ id })),
		binary: fileIn('data', sampleImage('jpg')),
		nodeSettings: RETRY,
	});
	expect(error?.context?.itemIndex).toBe(2);
	expect(ids.map((id) => postsTo(documents, id))).toEqual([1, 1]);
});

it('an outcome that did not come in time is waited for again, without completing again', async () => {
	calls.simulator.settings.processingMs = 2_000;
	const input = seed(2);
	const { items } = await complete(input, { options: { waitForOutcome: true, maxWait: 0.01 } });
	expect(items.map(({ json }) => json.outcome)).toEqual(['clear', 'clear']);
	expect(posts(input)).toEqual([1, 1]);
});

it('another run of the node sends its items', async () => {
	const input = seed(2);
	await complete(input);
	await complete(input);
	expect(posts(input)).toEqual([2, 2]);
});

it('reads are read again', async () => {
	const input = [...seed(1), { id: NOTHING }] as Array<{ id: string }>;
	await calls.run({ operation: 'get', input, nodeSettings: RETRY });
	expect(postsTo(calls, input[0]!.id, 'GET')).toBe(3);
});
