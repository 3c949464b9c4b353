import { ResourceCalls } from './resourceCalls.cts';

let calls: ResourceCalls;
beforeAll(async () => {
	calls = await ResourceCalls.start('document');
});
beforeEach(() => calls.simulator.reset());
afterAll(async () => await calls.simulator.close());

describe.each(['searchDocuments', 'searchAddresses', 'searchLivePhotos', 'searchLiveVideos'])(
	'%s',
	(list) => {
		it.each([[['a', 'b']], [{ a: 1 }], [NaN], [true], ['\t\n'], [null], [undefined], [[]]])(
			'does not take %j for a client',
			async (value) => {
				const parameters = { clientId: { __rl: true, mode: 'id', value } as never };
				await expect(calls.searchList(list, { parameters })).rejects.toThrow(
					"Choose the client in the field 'Client' first",
				);
				expect(calls.sent()).toEqual([]);
			},
		);
	},
);
