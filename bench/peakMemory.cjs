/** Loaded into n8n: writes down how much memory it had at most, in KB, when it ends. Its task runners don't. */
const { writeFileSync } = require('node:fs');

if (process.argv[2] === 'start') {
	process.on('exit', () =>
		writeFileSync(process.env.PEAK_MEMORY_FILE, String(process.resourceUsage().maxRSS)),
	);
}
