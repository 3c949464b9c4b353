import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../built/packed.cts';

const FOLDER = join(PACKAGE_ROOT, '.github', 'workflows');

const used = readdirSync(FOLDER).flatMap((file) =>
	[...readFileSync(join(FOLDER, file), 'utf8').matchAll(/\buses: *(.*)/g)].map(([, action]) => [
		file,
		action,
	]),
);

it('each workflow checks out the repository', () => {
	expect(new Set(used.map(([file]) => file))).toEqual(new Set(readdirSync(FOLDER)));
});

it.each(used)('%s pins %s by its commit, and names the version', (_file, action) => {
	expect(action).toMatch(/^[\w-]+\/[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
});
