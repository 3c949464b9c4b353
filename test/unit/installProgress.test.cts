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

it('counts the packages that npm has made a folder for, and those that are unpacked', async () => {
	const packages = {
		'': {},
		'node_modules/a': {},
		'node_modules/a/node_modules/b': {},
		'node_modules/not-for-this-machine': {},
	};
	writeFileSync(join(folder, 'package-lock.json'), JSON.stringify({ packages }));
	expect(await readInstallProgress(folder)).toEqual({ done: 0, total: 0 });
	mkdirSync(join(folder, 'node_modules/a/node_modules/b'), { recursive: true });
	expect(await readInstallProgress(folder)).toEqual({ done: 0, total: 2 });
	writeFileSync(join(folder, 'node_modules/a/package.json'), '{}');
	expect(await readInstallProgress(folder)).toEqual({ done: 1, total: 2 });
});

it.each([
	[0, 0, 'npm is getting ready, 1 min 0 s so far'],
	[4, 100, '4 of 100 packages after 1 min 0 s'],
	[17, 100, '17 of 100 packages after 1 min 0 s, about 9 min 0 s left'],
	[85, 100, '85 of 100 packages after 1 min 0 s, about 1 min 0 s left'],
	[100, 100, '100 of 100 packages after 1 min 0 s, about 0 s left'],
])('tells of %i of %i packages what is known', (done, total, sentence) => {
	expect(progressSentence({ done, total }, 60_000)).toBe(sentence);
});

it.each([
	[400, '0 s'],
	[59_400, '59 s'],
	[59_600, '1 min 0 s'],
	[125_000, '2 min 5 s'],
])('formats %i ms as %s', (ms, text) => {
	expect(formatDuration(ms)).toBe(text);
});
