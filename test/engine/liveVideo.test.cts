import type { IDataObject } from 'n8n-workflow';
import { deletes, listsOfClient, redacts, refusesHostileIds } from './commonBehaviour.cts';
import { byId, ResourceCalls } from './resourceCalls.cts';

let calls: ResourceCalls;
beforeAll(async () => {
	calls = await ResourceCalls.start('liveVideo');
});
beforeEach(() => calls.simulator.reset());
afterAll(async () => await calls.simulator.close());

const seed = (fields = {}) => calls.simulator.liveVideos.seed(fields)[0];
const target = (operation: string, below = '') => ({
	calls: () => calls,
	operation,
	chosen: (liveVideoId: unknown) => ({ liveVideoId }) as IDataObject,
	seed: () => seed().id,
	path: (id: string) => `/liveVideos/${id}${below}`,
	object: 'live video',
});

describe('get', () => {
	it('returns the video', async () => {
		const { id, challenges } = seed();
		const { items } = await calls.run({ operation: 'get', parameters: { liveVideoId: id } });
		expect(items).toEqual([
			{
				json: expect.objectContaining({ id, language: 'en', challenges }),
				pairedItem: { item: 0 },
			},
		]);
		expect(calls.sent()).toEqual([{ method: 'GET', path: `/liveVideos/${id}` }]);
	});

	refusesHostileIds(target('get'));
});

describe('getAll', () =>
	listsOfClient(
		() => calls,
		'captureFilters',
		'/liveVideos',
		(clientId) => seed({ clientId }).id,
		(id) => ({ clientId: byId(id) }),
	));

describe('delete', () => deletes(target('delete')));

describe('redact', () => redacts(target('redact', '/redact')));
