import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { inspect } from 'node:util';

const FILE = join(mkdtempSync(join(tmpdir(), 'complycube-faults-')), 'n8n.log');

// n8n reads these as soon as it is loaded
process.env.N8N_LOG_LEVEL = 'debug';
process.env.N8N_LOG_OUTPUT = 'file';
process.env.N8N_LOG_FILE_LOCATION = FILE;

const said: string[] = [];
for (const level of ['debug', 'error', 'info', 'log', 'warn'] as const) {
	const say = console[level];
	console[level] = (...words) => {
		said.push(inspect(words, { depth: Infinity }));
		say(...words);
	};
}

const LAST = 'That was all';

/**
 * Waits for n8n's log to be written.
 *
 * @returns everything logged until now, down to n8n's debug messages, and all that went to the console
 */
export async function logged(): Promise<string> {
	const { LoggerProxy } = await import('n8n-workflow');
	LoggerProxy.info(LAST);
	for (;;) {
		const text = readFileSync(FILE, 'utf8');
		if (text.includes(LAST)) return text + said.join('\n');
		await sleep(50);
	}
}
