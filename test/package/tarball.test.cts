import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { ICredentialType, INodeType } from 'n8n-workflow';
import { pack, PACKAGE_ROOT, type Packed } from '../built/packed.cts';

/** The files of `nodes/` and `credentials/` that are published: code is built, the rest is copied. */
const SOURCES = /\.(ts|svg|json)$/;

/** Every file that has to be published. */
const expectedFiles = () =>
	['credentials', 'nodes']
		.flatMap((folder) =>
			readdirSync(join(PACKAGE_ROOT, folder), { recursive: true, encoding: 'utf8' }).map((file) =>
				join('dist', folder, file).replaceAll('\\', '/'),
			),
		)
		.filter((file) => SOURCES.test(file))
		.map((file) => file.replace(/\.ts$/, '.js'))
		.concat('LICENSE', 'README.md', 'package.json')
		.sort();

/** In bytes */
const LARGEST = 125_000;

let tarball: Packed;
beforeAll(() => {
	tarball = pack();
}, 120_000);
afterAll(() => tarball.remove());

const text = (file: string) => readFileSync(join(tarball.folder, file), 'utf8');
const manifest = () => JSON.parse(text('package.json'));
const built = () => tarball.files.filter((file) => file.endsWith('.js'));

describe('the tarball', () => {
	it('holds what n8n needs and nothing else', () => {
		expect(tarball.files).toEqual(expectedFiles());
	});

	it('is small', () => {
		expect(tarball.size).toBeLessThan(LARGEST);
	});

	it('holds no test, map, type, build info or tool', () => {
		const foreign =
			/(^|[/.])(test|tests|sandbox|examples|node_modules|e2e)([/.]|$)|\.(map|d\.ts|ts|cts|mjs|tsbuildinfo|tgz|log|png)$/;
		expect(tarball.files.filter((file) => foreign.test(file))).toEqual([]);
	});

	it('names no folder of the machine it was built on', () => {
		expect(tarball.files.filter((file) => text(file).includes(PACKAGE_ROOT))).toEqual([]);
	});
});

describe('its package.json', () => {
	it('needs n8n-workflow from n8n, and nothing else', () => {
		const { peerDependencies, ...rest } = manifest();
		expect(peerDependencies).toEqual({ 'n8n-workflow': '*' });
		for (const field of [
			'dependencies',
			'optionalDependencies',
			'bundledDependencies',
			'bundleDependencies',
			'overrides',
			'resolutions',
			'peerDependenciesMeta',
			'bin',
		]) {
			expect(rest).not.toHaveProperty(field);
		}
	});

	it('runs nothing when it is installed', () => {
		const scripts = Object.keys(manifest().scripts);
		for (const script of [
			'preinstall',
			'install',
			'postinstall',
			'prepare',
			'preprepare',
			'postprepare',
			'dependencies',
		]) {
			expect(scripts).not.toContain(script);
		}
	});

	it('has what n8n recognises a community node by', () => {
		const { name, keywords, license, version } = manifest();
		expect(name).toBe('n8n-nodes-complycube');
		expect(keywords).toContain('n8n-community-node-package');
		expect(version).toMatch(/^\d+\.\d+\.\d+/);
		expect(license).toBe('MIT');
		expect(text('LICENSE')).toMatch(/^MIT License/);
	});

	it('opts into the strict rules', () => {
		expect(manifest().n8n).toMatchObject({ n8nNodesApiVersion: 1, strict: true });
	});

	it('names exactly the nodes and credentials in the tarball', () => {
		const { nodes, credentials } = manifest().n8n;
		expect([...nodes].sort()).toEqual(tarball.files.filter((file) => file.endsWith('.node.js')));
		expect([...credentials].sort()).toEqual(
			tarball.files.filter((file) => file.endsWith('.credentials.js')),
		);
	});
});

describe('its code', () => {
	/** The arguments of `require`, as written. */
	const required = (file: string) =>
		[...text(file).matchAll(/\brequire\(([^)]*)\)/g)].map(([, argument]) => argument.trim());

	it('requires only its own files, n8n-workflow and node:crypto', () => {
		const found = built().flatMap((file) => required(file).map((what) => [file, what] as const));
		expect(found.length).toBeGreaterThan(30);
		for (const [file, what] of found) {
			const [, module] = /^["']([^"']+)["']$/.exec(what) ?? [];
			if (module?.startsWith('.')) {
				const target = join(dirname(file), module).replaceAll('\\', '/');
				const places = [target, `${target}.js`, `${target}.json`, `${target}/index.js`];
				expect([file, what, places.some((place) => tarball.files.includes(place))]).toEqual([
					file,
					what,
					true,
				]);
			} else {
				expect([file, ['n8n-workflow', 'node:crypto'].includes(module)]).toEqual([file, true]);
			}
		}
	});

	it('imports in no other way', () => {
		for (const file of built()) {
			expect([
				file,
				/\bimport\s*\(|^\s*import\s|\brequire\.|createRequire/m.test(text(file)),
			]).toEqual([file, false]);
		}
	});

	it('contains no file that nothing requires', () => {
		const { nodes, credentials } = manifest().n8n as Record<string, string[]>;
		const reached = new Set<string>();
		const visit = (file: string) => {
			if (reached.has(file)) return;
			reached.add(file);
			for (const what of required(file).map((argument) => argument.slice(1, -1))) {
				if (!what.startsWith('.')) continue;
				const target = join(dirname(file), what).replaceAll('\\', '/');
				visit(tarball.files.includes(`${target}.js`) ? `${target}.js` : `${target}/index.js`);
			}
		};
		[...nodes, ...credentials].forEach(visit);
		expect([...reached].sort()).toEqual(built());
	});
});

describe('its classes', () => {
	// Loaded from the build, because n8n-workflow cannot be found from the unpacked tarball
	const load = <T,>(file: string): T => {
		const name = basename(file).split('.')[0];
		const { [name]: Class } = require(join(PACKAGE_ROOT, file)) as Record<string, new () => T>;
		return new Class();
	};

	function expectIcons(file: string, icon: unknown) {
		const { light, dark } = icon as { light: string; dark: string };
		const pictures = [light, dark].map((path) => {
			expect(path).toMatch(/^file:.+\.svg$/);
			const picture = join(dirname(file), path.slice('file:'.length)).replaceAll('\\', '/');
			expect(tarball.files).toContain(picture);
			return text(picture);
		});
		expect(pictures[0]).not.toBe(pictures[1]);
		for (const picture of pictures) {
			expect(picture).toMatch(/<svg[\s>]/);
			// Everybody who opens a workflow loads the icons into a browser
			expect(picture).not.toMatch(/<script|\son\w+=|<foreignObject|(href|src)="(?!#)/i);
		}
	}

	it('have different icons for light and dark', () => {
		const { nodes, credentials } = manifest().n8n as Record<string, string[]>;
		for (const file of nodes) expectIcons(file, load<INodeType>(file).description.icon);
		for (const file of credentials) expectIcons(file, load<ICredentialType>(file).icon);
		expect(nodes.length + credentials.length).toBe(3);
	});

	it('name the credentials that exist', () => {
		const { nodes, credentials } = manifest().n8n as Record<string, string[]>;
		const names = credentials.map((file) => load<ICredentialType>(file).name);
		for (const file of nodes) {
			const used = load<INodeType>(file).description.credentials ?? [];
			expect(used.length).toBeGreaterThan(0);
			for (const { name } of used) expect(names).toContain(name);
		}
	});

	it('come with categories for each node', () => {
		const names = (manifest().n8n.nodes as string[]).map((file) => {
			const codex = JSON.parse(text(file.replace(/\.js$/, '.json')));
			expect(codex.categories.length).toBeGreaterThan(0);
			return codex.node;
		});
		expect(names).toEqual([
			'n8n-nodes-complycube.complyCube',
			'n8n-nodes-complycube.complyCubeTrigger',
		]);
	});
});
