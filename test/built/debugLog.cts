import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { inspect } from 'node:util';

const FILE = join(mkdtempSync(join(tmpdir(), 'complycube-faults-')), 'n8n.log');

// n8n reads these when it is loaded
process.env.N8N_LOG_LEVEL = 'debug';
process.env.N8N_LOG_OUTPUT = 'file';
process.env.N8N_LOG_FILE_LOCATION = FILE;

const printed: string[] = [];
for (const level of ['debug', 'error', 'info', 'log', 'warn'] as const) {
	const print = console[level];
	console[level] = (...words) => {
		printed.push(inspect(words, { depth: Infinity }));
		print(...words);
	};
}

const LAST_LINE = 'End of the log';

/**
 * Reads the log once n8n has written all of it.
 *
 * @returns everything logged so far, n8n's debug messages included, and everything printed to the console
 */
export async function readLog(): Promise<string> {
	const { LoggerProxy } = await import('n8n-workflow');
	LoggerProxy.info(LAST_LINE);
	for (;;) {
		const text = readFileSync(FILE, 'utf8');
		if (text.includes(LAST_LINE)) return text + printed.join('\n');
		await sleep(50);
	}
}
