import { sampleImage } from '../../simulator/sampleImages.cts';
import { startSimulator } from '../../simulator/server.cts';
import type { Simulator } from '../../simulator/server.cts';
import { sendJson } from './client.cts';

let simulator: Simulator;

beforeAll(async () => {
	simulator = await startSimulator({ rateLimit: null });
});
beforeEach(() => simulator.reset());
afterAll(() => simulator.close());

const autofill = (body?: object) => sendJson(simulator, 'POST', '/autofill', body);

test('what a document says comes at once, with an image or without', async () => {
	const { status, body } = await autofill({ data: sampleImage('png') });
	expect(status).toBe(200);
	expect(body).toMatchObject({ firstName: 'Ada', face: expect.any(String) });
	simulator.settings.autofillReply = 'withoutImage';
	expect((await autofill({ data: sampleImage('pdf') })).body).not.toHaveProperty('face');
});

test.each([
	[{}, 400],
	[{ data: '?' }, 400],
	[{ data: sampleImage('jpg', 1_000) }, 400],
	[{ data: sampleImage('txt') }, 422],
])('an unfit file is refused: %#', async (body, status) => {
	expect((await autofill(body)).status).toBe(status);
});

test('it counts in the quota', async () => {
	simulator.settings.quotaExceeded = true;
	const { status, body } = await autofill({ data: sampleImage('jpg') });
	expect([status, body.message]).toEqual([429, expect.stringContaining('quota')]);
});
