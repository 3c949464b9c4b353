import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { ICredentialType, INodeType } from 'n8n-workflow';
import { packed, PACKAGE_ROOT, type Packed } from './packed.cts';

/** What a source file of `nodes/` and `credentials/` becomes in `dist/`: code is built, the rest is copied. */
const SOURCES = /\.(ts|svg|json)$/;

/** Every file that is published: these three, and what each source file becomes. */
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

const LARGEST = 75_000;

let tarball: Packed;
beforeAll(() => {
	tarball = packed();
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

	it('holds every source file, built', () => {
		for (const file of built()) {
			const source = file.replace(/^dist\//, '').replace(/\.js$/, '.ts');
			expect([file, existsSync(join(PACKAGE_ROOT, source))]).toEqual([file, true]);
		}
	});

	it('names no folder of the machine it was built on', () => {
		for (const file of tarball.files) expect(text(file)).not.toContain(PACKAGE_ROOT);
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

	it('is what n8n knows a community node by', () => {
		const { name, keywords, license, version } = manifest();
		expect(name).toBe('n8n-nodes-complycube');
		expect(keywords).toContain('n8n-community-node-package');
		expect(version).toMatch(/^\d+\.\d+\.\d+/);
		expect(license).toBe('MIT');
		expect(text('LICENSE')).toMatch(/^MIT License/);
	});

	it('keeps to the strict rules', () => {
		expect(manifest().n8n).toMatchObject({ n8nNodesApiVersion: 1, strict: true });
	});

	it('names exactly the nodes and credentials that are there', () => {
		const { nodes, credentials } = manifest().n8n;
		expect([...nodes].sort()).toEqual(tarball.files.filter((file) => file.endsWith('.node.js')));
		expect([...credentials].sort()).toEqual(
			tarball.files.filter((file) => file.endsWith('.credentials.js')),
		);
	});
});

describe('its code', () => {
	/** What `require` is called with; n8n's own loader finds the class of a file by the file's name. */
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

	it('leaves no file behind that nothing requires', () => {
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
	// Loaded from where they were built: only there is n8n-workflow to be found
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
			// An icon is shown in the browser of everybody who opens a workflow
			expect(picture).not.toMatch(/<script|\son\w+=|<foreignObject|(href|src)="(?!#)/i);
		}
	}

	it('have icons for light and dark that are there and differ', () => {
		const { nodes, credentials } = manifest().n8n as Record<string, string[]>;
		for (const file of nodes) expectIcons(file, load<INodeType>(file).description.icon);
		for (const file of credentials) expectIcons(file, load<ICredentialType>(file).icon);
		expect(nodes.length + credentials.length).toBe(3);
	});

	it('know each other by name', () => {
		const { nodes, credentials } = manifest().n8n as Record<string, string[]>;
		const names = credentials.map((file) => load<ICredentialType>(file).name);
		for (const file of nodes) {
			const used = load<INodeType>(file).description.credentials ?? [];
			expect(used.length).toBeGreaterThan(0);
			for (const { name } of used) expect(names).toContain(name);
		}
	});

	it('come with the words by which n8n files each node', () => {
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
