import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
	formatDuration,
	progressSentence,
	readInstallProgress,
} from '../../sandbox/n8n/installProgress.cts';

let folder: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'install-progress-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('counts the packages for this machine, and those that are unpacked', async () => {
	const packages = {
		'': {},
		'node_modules/a': {},
		'node_modules/a/node_modules/b': {},
		'node_modules/here': { os: [process.platform], cpu: [process.arch] },
		'node_modules/elsewhere': { os: ['aix'], cpu: ['ppc64'] },
	};
	writeFileSync(join(folder, 'package-lock.json'), JSON.stringify({ packages }));
	expect(await readInstallProgress(folder)).toEqual({ done: 0, total: 3 });
	for (const place of ['node_modules/a', 'node_modules/a/node_modules/b']) {
		mkdirSync(join(folder, place), { recursive: true });
		writeFileSync(join(folder, place, 'package.json'), '{}');
	}
	expect(await readInstallProgress(folder)).toEqual({ done: 2, total: 3 });
});

it('says how long it still takes, once there is something to go by', () => {
	expect(progressSentence({ done: 4, total: 100 }, 60_000)).toBe(
		'4 of 100 packages after 1 min 0 s',
	);
	expect(progressSentence({ done: 25, total: 100 }, 60_000)).toBe(
		'25 of 100 packages after 1 min 0 s, about 3 min 0 s left',
	);
});

it.each([
	[400, '0 s'],
	[59_400, '59 s'],
	[59_600, '1 min 0 s'],
	[125_000, '2 min 5 s'],
])('formats %i ms as %s', (ms, text) => {
	expect(formatDuration(ms)).toBe(text);
});
