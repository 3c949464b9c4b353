import { startSimulator, type Simulator } from '../../simulator/server.cts';
import { sampleImage } from '../../simulator/sampleImages.cts';
import { loadSchema, mismatches } from '../built/outputSchema.cts';
import { runNode } from '../built/engine.cts';
import { fileIn } from './files.cts';
import { description, offeredOperations, rowOf, staleRows, titleOf } from '../operations/index.cts';
import { printFigure } from '../printFigure.cts';
import { INSTANT, TEST_KEY } from './resourceCalls.cts';

/** What the operations sent, e.g. `GET /clients/123` */
const sent: string[] = [];

let simulator: Simulator;
beforeAll(async () => {
	simulator = await startSimulator(INSTANT);
});
beforeEach(() => simulator.reset());
afterAll(async () => await simulator.close());

it('every row belongs to an operation of the node', () => expect(staleRows()).toEqual([]));

describe.each(offeredOperations.map((name) => [titleOf(name), name] as const))('%s', (_, name) => {
	it('sends one request that counts for its item, and returns what its schema declares', async () => {
		const { method, before = [], parameters, seed, sendsFile, anonymous } = rowOf(name);
		const id = seed(simulator);
		const { items, error } = await runNode({
			parameters: { ...name, ...parameters },
			credential: { apiKey: TEST_KEY, baseUrl: simulator.url, requestsPerSecond: 10_000 },
			input: [{ id }],
			...(sendsFile && { binary: fileIn('data', sampleImage('jpg')) }),
		});
		// The whole error would fill a screen
		expect(error?.message ?? error).toBeUndefined();
		expect(simulator.requests.map((request) => request.method)).toEqual([...before, method]);
		expect(simulator.requests.at(-1)?.tookEffect).toBe(method !== 'GET');
		sent.push(...simulator.requests.map(({ method: verb, path }) => `${verb} ${path}`));

		const [{ json, pairedItem }, ...others] = items;
		expect([others, pairedItem]).toEqual([[], { item: 0 }]);
		if (!anonymous) expect(JSON.stringify(json)).toContain(id);
		expect(Object.keys(json)).not.toEqual([]);
		const schema = loadSchema({ version: description.version as number, ...name });
		expect(mismatches(json, schema)).toEqual([]);
	});
});

/** A second address of what Document: Download Image reads by its side. */
const SAME_IMAGE = 'GET /documents/:id/images/:imageId/download';

it('every documented call has an operation, but those of webhooks, which the trigger makes', () => {
	const isMade = (call: string) => {
		const pattern = call.replace(' /', ' /v1/').replace(/:\w+/g, '[^/]+');
		return sent.some((request) => new RegExp(`^${pattern}$`).test(request));
	};
	const left = simulator.calls.filter((call) => !isMade(call));
	expect(left.filter((call) => !call.includes(' /webhooks'))).toEqual([SAME_IMAGE]);
	const { length } = simulator.calls;
	printFigure(
		`${length} documented calls, ${length - left.length} of them made by ${offeredOperations.length} operations`,
	);
});
