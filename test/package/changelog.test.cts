import { execFileSync, execSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { makeTemporaryFolder, PACKAGE_ROOT } from '../built/packed.cts';

/** Commands by which `n8n-node release` has changelogs written from the commits. */
const commands = readFileSync(
	join(PACKAGE_ROOT, 'node_modules/@n8n/node-cli/dist/commands/release.js'),
	'utf8',
).match(/npx auto-changelog[^"']*/g)!;

let folder: string;
const git = (...args: string[]) => execFileSync('git', args, { cwd: folder, encoding: 'utf8' });
const read = (file: string) => readFileSync(join(folder, file), 'utf8');

beforeEach(() => {
	folder = makeTemporaryFolder();
	for (const file of ['package.json', 'CHANGELOG.md', '.gitignore']) {
		copyFileSync(join(PACKAGE_ROOT, file), join(folder, file));
	}
	git('init', '--quiet');
	git('add', '.');
	git(
		'-c',
		'user.name=Test',
		'-c',
		'user.email=test@example.com',
		'commit',
		'--quiet',
		'-m',
		'All',
	);
	const program = join('node_modules', '.bin', 'auto-changelog');
	mkdirSync(join(folder, 'node_modules', '.bin'), { recursive: true });
	symlinkSync(join(PACKAGE_ROOT, program), join(folder, program));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const run = (command: string) =>
	execSync(command, {
		cwd: folder,
		encoding: 'utf8',
		stdio: ['ignore', 'pipe', 'ignore'],
		// Nothing is downloaded: the program is installed here
		env: { ...process.env, npm_config_offline: 'true' },
	});

it('a release writes two of them', () => {
	expect(commands).toHaveLength(2);
});

it.each(commands)('%s leaves CHANGELOG.md as it is, and nothing to commit', (command) => {
	const before = read('CHANGELOG.md');
	const printed = run(command);
	expect(read('CHANGELOG.md')).toBe(before);
	expect(git('status', '--porcelain')).toBe('');
	// It did its work elsewhere
	const { output } = JSON.parse(read('package.json'))['auto-changelog'];
	expect(printed.includes('All') || existsSync(join(folder, output))).toBe(true);
});
