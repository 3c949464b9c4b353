import n8nWorkflow = require('n8n-workflow');

/** How many times faster the node's own waits pass. */
export const HURRY = 10;

/**
 * Shortens the node's own waits, whose real length the unit tests check. Request timeouts stay as they are, so that a busy
 * machine does not cause any.
 *
 * @param act what to do meanwhile; it may run several things at once, but calls of `hurried` must not overlap
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
