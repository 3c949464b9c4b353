import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeTemporaryFolder, pack, PACKAGE_ROOT, type Packed } from '../built/packed.cts';

interface Scan {
	files: string[];
	messages: Array<{ filePath: string; line: number; ruleId: string; severity: 1 | 2 }>;
}

const MINUTES = 60_000;
const WARNING = 1;
const ERROR = 2;

/** Holds everything that this test writes, the scanner's own temporary files included. */
const scratch = makeTemporaryFolder();

function scan(folder: string, kind: 'source' | 'package'): Scan {
	const output = execFileSync(process.execPath, [join(__dirname, 'scan.mjs'), folder, kind], {
		cwd: PACKAGE_ROOT,
		encoding: 'utf8',
		// With jest's NODE_ENV some rules treat every file as one of their own tests
		env: { ...process.env, NODE_ENV: undefined, TMPDIR: scratch },
		maxBuffer: 64 * 1024 * 1024,
	});
	return JSON.parse(output) as Scan;
}

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe("n8n's verification scanner", () => {
	it(
		'finds neither errors nor warnings in the source',
		() => {
			const { files, messages } = scan(PACKAGE_ROOT, 'source');
			expect(messages).toEqual([]);
			expect(files.length).toBeGreaterThan(10);
			for (const file of [
				'package.json',
				'nodes/ComplyCube/ComplyCube.node.ts',
				'nodes/ComplyCube/ComplyCube.node.json',
				'nodes/ComplyCube/pipeline/pipeline.ts',
				'credentials/ComplyCubeApi.credentials.ts',
			]) {
				expect(files).toContain(join(PACKAGE_ROOT, file));
			}
		},
		5 * MINUTES,
	);

	describe('in the published package', () => {
		let tarball: Packed;
		beforeAll(() => {
			tarball = pack();
		}, 2 * MINUTES);
		afterAll(() => tarball.remove());

		it(
			'finds neither errors nor warnings',
			() => {
				const { files, messages } = scan(tarball.folder, 'package');
				expect(messages).toEqual([]);
				expect(files.length).toBeGreaterThan(10);
				for (const file of [
					'package.json',
					'dist/nodes/ComplyCube/ComplyCube.node.js',
					'dist/credentials/ComplyCubeApi.credentials.js',
				]) {
					expect(files).toContain(join(tarball.folder, file));
				}
			},
			5 * MINUTES,
		);
	});
});

describe('the scanner as it runs here', () => {
	/** A package with mistakes of each kind, which its comments try to hide. */
	const fixture = join(scratch, 'fixture');
	const FILES = {
		'package.json': JSON.stringify({
			name: 'not-a-node',
			version: '1.0.0',
			keywords: [],
			dependencies: { axios: '1.0.0' },
			n8n: { n8nNodesApiVersion: 1, nodes: [], credentials: [] },
		}),
		'nodes/Bad/Bad.node.ts': [
			'/* eslint-disable */',
			'export class Bad implements INodeType {',
			'	description: INodeTypeDescription = {',
			"		properties: [{ displayName: 'Limit', name: 'limit', type: 'number', default: 7 }],",
			'	};',
			'	async execute() {',
			'		// eslint-disable-next-line no-console',
			"		console.log('x');",
			'		setTimeout(() => undefined, 1);',
			'	}',
			'}',
			'',
		].join('\n'),
		'dist/nodes/Bad/Bad.node.js': [
			'/* eslint-disable */',
			"const fs = require('node:fs'); // eslint-disable-line",
			'console.log(fs, process.env);',
			'',
		].join('\n'),
	};

	let scans: Record<'source' | 'package', Scan>;
	beforeAll(() => {
		for (const [file, text] of Object.entries(FILES)) {
			mkdirSync(join(fixture, file, '..'), { recursive: true });
			writeFileSync(join(fixture, file), text);
		}
		scans = { source: scan(fixture, 'source'), package: scan(fixture, 'package') };
	}, 4 * MINUTES);

	const found = (kind: 'source' | 'package', file: string, severity: number) =>
		scans[kind].messages
			.filter((each) => each.filePath === join(fixture, file))
			.filter((each) => each.severity === severity)
			.map(({ ruleId }) => ruleId);

	it('finds errors in source, whatever comments say', () => {
		const rules = found('source', 'nodes/Bad/Bad.node.ts', ERROR);
		expect(rules).toContain('no-console');
		expect(rules).toContain('@n8n/community-nodes/no-restricted-globals');
		// A rule for source only
		expect(rules).toContain('n8n-nodes-base/node-param-default-wrong-for-limit');
	});

	it('finds errors in built code, whatever comments say', () => {
		const rules = found('package', 'dist/nodes/Bad/Bad.node.js', ERROR);
		expect(rules).toContain('no-console');
		expect(rules).toContain('@n8n/community-nodes/no-restricted-globals');
	});

	it.each(['source', 'package'] as const)(
		'finds errors and warnings in package.json: %s',
		(kind) => {
			expect(found(kind, 'package.json', ERROR)).toContain(
				'@n8n/community-nodes/no-runtime-dependencies',
			);
			expect(found(kind, 'package.json', WARNING)).not.toEqual([]);
		},
	);
});
