import { spawn } from 'node:child_process';
import type { ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Readable } from 'node:stream';

let child: ChildProcessByStdio<null, Readable, null>;

beforeEach(() => {
	// Like `npm run simulator`
	const tsx = require.resolve('tsx/cjs');
	child = spawn(
		process.execPath,
		['--require', tsx, join(__dirname, '../../simulator/cli.cts'), '--port', '0'],
		{
			stdio: ['ignore', 'pipe', 'inherit'],
		},
	);
});
afterEach(() => child.kill('SIGKILL'));

/** Waits for the URL and the first key. Rejects when the process ends before. */
async function readUrlAndKey(): Promise<{ url: string; key: string }> {
	let text = '';
	for await (const chunk of child.stdout) {
		text += String(chunk);
		const url = /http:\S+\/v1/.exec(text)?.[0];
		const key = /Keys: +([^,\s]+)/.exec(text)?.[1];
		if (url && key && text.includes('Ctrl-C')) return { url, key };
	}
	throw new Error(`Ended after: ${text}`);
}

test('prints its URL and keys, and runs until it is interrupted', async () => {
	const { url, key } = await readUrlAndKey();
	const response = await fetch(`${url}/accountInfo`, { headers: { authorization: key } });
	expect(response.status).toBe(200);
	const ended = once(child, 'exit');
	child.kill('SIGINT');
	await expect(ended).resolves.toEqual([0, null]);
});
