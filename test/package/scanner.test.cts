import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packed, PACKAGE_ROOT, temporaryFolder, type Packed } from './packed.cts';

interface Scan {
	files: string[];
	messages: Array<{ filePath: string; line: number; ruleId: string; severity: 1 | 2 }>;
}

const MINUTES = 60_000;
const WARNING = 1;
const ERROR = 2;

/** Everything this test leaves behind, the scanner's own temporary folder included. */
const scratch = temporaryFolder();

function scan(folder: string, kind: 'source' | 'package'): Scan {
	const output = execFileSync(process.execPath, [join(__dirname, 'scan.mjs'), folder, kind], {
		cwd: PACKAGE_ROOT,
		encoding: 'utf8',
		// With jest's NODE_ENV, some of the rules take every file for one of their own tests
		env: { ...process.env, NODE_ENV: undefined, TMPDIR: scratch },
		maxBuffer: 64 * 1024 * 1024,
	});
	return JSON.parse(output) as Scan;
}

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe("n8n's verification scanner", () => {
	it(
		'has neither errors nor warnings about the source',
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

	describe('about the published package', () => {
		let tarball: Packed;
		beforeAll(() => {
			tarball = packed();
		}, 2 * MINUTES);
		afterAll(() => tarball.remove());

		it(
			'has neither errors nor warnings',
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

describe('this test', () => {
	/** A package with faults of each kind, none of which its comments may hide. */
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

	it('can fail over source, whatever comments say', () => {
		const rules = found('source', 'nodes/Bad/Bad.node.ts', ERROR);
		expect(rules).toContain('no-console');
		expect(rules).toContain('@n8n/community-nodes/no-restricted-globals');
		// One of the rules that only source is held to
		expect(rules).toContain('n8n-nodes-base/node-param-default-wrong-for-limit');
	});

	it('can fail over built code, whatever comments say', () => {
		const rules = found('package', 'dist/nodes/Bad/Bad.node.js', ERROR);
		expect(rules).toContain('no-console');
		expect(rules).toContain('@n8n/community-nodes/no-restricted-globals');
	});

	it.each(['source', 'package'] as const)(
		'can fail over package.json, and sees warnings: %s',
		(kind) => {
			expect(found(kind, 'package.json', ERROR)).toContain(
				'@n8n/community-nodes/no-runtime-dependencies',
			);
			expect(found(kind, 'package.json', WARNING)).not.toEqual([]);
		},
	);
});
