/**
 * The official client in a plain loop, one Get after the other, in a process of its own. It is told the address and the
 * key, then lists of IDs; it answers each with what became of them.
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
		const outcome = await get(ids);
		process.send({ ...outcome, peakKB: process.resourceUsage().maxRSS });
		return;
	}
	client = new ComplyCube({ apiKey });
	// It has no option for its address, but shows its HTTP client
	client.axiosInstance.defaults.baseURL = url;
	process.send({});
});
process.on('disconnect', () => process.exit());
