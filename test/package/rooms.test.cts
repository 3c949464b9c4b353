import { dirname } from 'node:path/posix';
import {
	circularSteps,
	forbiddenImports,
	importsOf,
	readSources,
	roomOf,
	type Room,
} from './imports.cts';
import { PACKAGE_ROOT } from '../built/packed.cts';

const FOLDERS = ['credentials', 'nodes', 'simulator', 'sandbox', 'bench', 'live', 'test'];

/** The only packages that published code may import: those n8n's verification allows. */
const N8N = ['n8n-workflow'];
const N8N_AND_CRYPTO = [...N8N, 'node:crypto'];

const node = (place: string) => `nodes/ComplyCube/${place}`;

/** Who may import whom. */
const ROOMS: Room[] = [
	{ place: 'credentials', imports: [node('transport')], packages: N8N },
	{
		place: node('ComplyCube.node.ts'),
		imports: [node('resources'), node('listSearch')],
		packages: N8N,
	},
	{
		place: node('ComplyCubeTrigger.node.ts'),
		imports: [node('trigger'), node('fields'), node('listSearch')],
		packages: N8N,
	},
	{ place: node('resources'), imports: [node('fields'), node('pipeline')], packages: N8N },
	{ place: node('fields'), imports: [], packages: N8N },
	{
		place: node('pipeline'),
		imports: [node('transport'), node('execution'), node('values')],
		packages: N8N,
	},
	{ place: node('listSearch'), imports: [node('transport'), node('values')], packages: N8N },
	{
		place: node('trigger'),
		imports: [node('transport'), node('execution'), node('values')],
		packages: N8N_AND_CRYPTO,
	},
	{ place: node('execution'), imports: [node('values')], packages: N8N },
	{ place: node('transport'), imports: [node('values')], packages: N8N_AND_CRYPTO },
	{ place: node('values'), imports: [], packages: N8N },

	{ place: 'simulator', imports: [] },
	{ place: 'sandbox/process', imports: [] },
	{ place: 'sandbox/n8n', imports: ['sandbox/process'] },
	{ place: 'sandbox/engine', imports: ['sandbox/n8n'] },
	{ place: 'sandbox/editor', imports: ['sandbox/n8n', 'sandbox/process'] },
	{
		place: 'sandbox/journey',
		imports: ['sandbox/engine', 'sandbox/n8n', 'sandbox/process', 'simulator'],
	},
	{ place: 'sandbox/rig', imports: ['sandbox/n8n', 'sandbox/process', 'simulator'] },
	// The commands
	{ place: 'sandbox', imports: ['sandbox', 'simulator'] },
	{ place: 'bench', imports: ['sandbox', 'simulator'] },
	// It runs the node in the engine that tests use
	{ place: 'live', imports: ['simulator', 'test/built'] },
	{ place: 'test', imports: ['credentials', 'nodes', 'simulator', 'sandbox', 'bench', 'live'] },
];

const sources = readSources(PACKAGE_ROOT, FOLDERS);
const imports = importsOf(PACKAGE_ROOT, sources);

const room = (place: string) => ROOMS.find((candidate) => candidate.place === place)!;

/** The forbidden imports that files would add to their rooms if they existed. */
const forbiddenIn = (files: Record<string, string>) => {
	const added = importsOf(PACKAGE_ROOT, new Map([...sources, ...Object.entries(files)])).filter(
		({ from }) => from in files,
	);
	return ROOMS.flatMap((candidate) => forbiddenImports(candidate, added, ROOMS));
};

test('every source file belongs to a room, and every room has one', () => {
	const places = [...sources.keys()].map((file) => roomOf(file, ROOMS)?.place);
	expect([...new Set(places)].sort()).toEqual(ROOMS.map(({ place }) => place).sort());
});

test.each(ROOMS.map(({ place }) => place))('%s imports only what it may', (place) => {
	expect(forbiddenImports(room(place), imports, ROOMS)).toEqual([]);
});

test('no folders import each other in a circle', () => {
	// What each kind of operation does is part of the pipeline, in a folder only to be found easily
	const folderOf = (file: string) => dirname(file).replace(/(pipeline)\/kinds$/, '$1');
	expect(circularSteps(imports, folderOf)).toEqual([]);
});

describe('the check itself', () => {
	it.each([
		['import', "import { startN8n } from '../n8n/n8nInstance.cts';"],
		['import of a type', "import type { N8nInstance } from '../n8n/n8nInstance.cts';"],
		['export', "export * from '../n8n/n8nInstance.cts';"],
		['dynamic import', "const n8n = await import('../n8n/n8nInstance.cts');"],
		['require', "const n8n = require('../n8n/n8nInstance.cts');"],
	])('finds a forbidden %s', (_kind, text) => {
		expect(forbiddenIn({ 'sandbox/process/madeUp.cts': text })).toEqual([
			'sandbox/process/madeUp.cts imports sandbox/n8n/n8nInstance.cts',
		]);
	});

	it('follows an import without an extension, also to the index of a folder', () => {
		const files = {
			[node('fields/madeUp.ts')]: "import '../resources/madeUp';\nimport '../transport/madeUp';",
			[node('resources/madeUp/index.ts')]: '',
			[node('transport/madeUp.ts')]: '',
		};
		expect(forbiddenIn(files)).toEqual([
			`${node('fields/madeUp.ts')} imports ${node('resources/madeUp/index.ts')}`,
			`${node('fields/madeUp.ts')} imports ${node('transport/madeUp.ts')}`,
		]);
	});

	it('finds a forbidden package', () => {
		const text = "import { sleep } from 'n8n-workflow';\nimport axios from 'axios/lib/axios';";
		expect(forbiddenIn({ [node('transport/madeUp.ts')]: text })).toEqual([
			`${node('transport/madeUp.ts')} imports axios`,
		]);
	});

	it('reports a relative import that leads to no file', () => {
		expect(forbiddenIn({ 'bench/madeUp.cts': "import { gone } from './gone.cts';" })).toEqual([
			'bench/madeUp.cts imports ./gone.cts: no such file',
		]);
	});

	it('accepts what the table allows, and text that only looks like an import', () => {
		const text = `
			import { startN8n } from '../sandbox/n8n/n8nInstance.cts';
			import './report.cts';
			import 'axios';
			const script = "require('../test/package/packed.cts')";
			// import '../test/package/packed.cts';
		`;
		expect(forbiddenIn({ 'bench/madeUp.cts': text })).toEqual([]);
	});

	it('finds a circle of folders, however long', () => {
		const circle = new Map([
			['bench/a/one.cts', "import '../b/two.cts';"],
			['bench/b/two.cts', "import '../c/three.cts';"],
			['bench/c/three.cts', "import '../a/four.cts';\nimport '../d/five.cts';"],
			['bench/a/four.cts', ''],
			['bench/d/five.cts', ''],
		]);
		expect(circularSteps(importsOf(PACKAGE_ROOT, circle))).toEqual([
			'bench/a -> bench/b',
			'bench/b -> bench/c',
			'bench/c -> bench/a',
		]);
	});
});
