/**
 * Runs the official client in a plain loop, one Get after another, in a process of its own. The first message has the
 * address and the key, every further one a list of IDs; the reply to that is the result of getting them.
 */
const { ComplyCube } = require('@complycube/api');

let client;

async function get(ids) {
	const start = performance.now();
	let failed = 0;
	for (const id of ids) {
		await client.workflowSession.get(id).catch(() => failed++);
	}
	return { ms: performance.now() - start, failed };
}

process.on('message', async ({ url, apiKey, ids }) => {
	if (ids) {
		const result = await get(ids);
		process.send({ ...result, peakKB: process.resourceUsage().maxRSS });
		return;
	}
	client = new ComplyCube({ apiKey });
	// The client has no option for the address, but its HTTP client is accessible
	client.axiosInstance.defaults.baseURL = url;
	process.send({});
});
process.on('disconnect', () => process.exit());
