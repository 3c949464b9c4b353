import n8nWorkflow = require('n8n-workflow');

/** How much faster than others the node's waits pass. */
export const HURRY = 10;

/**
 * Lets the node's own waits, whose length the unit tests know, pass ten times as fast. Timeouts of requests stay as they
 * are, so that a busy machine makes none of its own.
 *
 * @param act what to do meanwhile; several runs in it may go at once, several `hurried` may not
 */
export async function hurried<T>(act: () => Promise<T>): Promise<T> {
	const { sleep } = n8nWorkflow;
	const { now } = Date;
	const begin = now();
	const spies = [
		jest.spyOn(Date, 'now').mockImplementation(() => begin + (now() - begin) * HURRY),
		jest
			.spyOn(n8nWorkflow as { sleep: unknown }, 'sleep', 'get')
			.mockReturnValue(async (ms: number) => await sleep(ms / HURRY)),
	];
	return await act().finally(() => spies.forEach((spy) => spy.mockRestore()));
}
