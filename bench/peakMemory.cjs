/** Loaded into n8n to write its peak memory, in KB, to a file when it exits. n8n's task runners load it too, but write nothing. */
const { writeFileSync } = require('node:fs');

if (process.argv[2] === 'start') {
	process.on('exit', () =>
		writeFileSync(process.env.PEAK_MEMORY_FILE, String(process.resourceUsage().maxRSS)),
	);
}
