import { runGetCompleteBranch, sessionTable } from '../../sandbox/journey/engineDemonstration.cts';

/** What `npm start` shows first. */
describe('the example get-complete-branch in the engine', () => {
	it('sends each session down the branch of its outcome', async () => {
		expect(await runGetCompleteBranch({ processingMs: 0 })).toEqual([
			{ client: 'Ada Example', status: 'started', outcome: 'clear', branch: 'Welcome the client' },
			{
				client: 'Grace attention',
				status: 'started',
				outcome: 'attention',
				branch: 'Ask a person',
			},
			{ client: 'Alan Example', status: 'started', outcome: 'clear', branch: 'Welcome the client' },
		]);
	});

	it('waits until an outcome is known', async () => {
		const begin = performance.now();
		const [{ outcome }] = await runGetCompleteBranch({ processingMs: 500 });
		expect(outcome).toBe('clear');
		expect(performance.now() - begin).toBeGreaterThan(500);
	});

	it('is shown as a table', () => {
		const run = { client: 'Ada', status: 'started', outcome: 'clear', branch: 'Welcome' };
		expect(sessionTable([run])).toBe(
			'Client  Get: status  Complete: outcome  Branch\n' +
				'Ada     started      clear              Welcome',
		);
	});
});
