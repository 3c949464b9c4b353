/**
 * `npm run test:compat`: runs the end-to-end tests with one tarball in every n8n that the sandbox pins, one after another.
 * `npm run test:compat -- 1.123.81` runs them in that one only.
 */
import { execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs, promisify } from 'node:util';

import { installN8n, type Installation } from './n8n/installation.cts';
import { PROJECT_FOLDER } from './n8n/paths.cts';
import { buildTarball } from './n8n/tarball.cts';
import { N8N_VERSIONS } from './n8n/versions.cts';

/** The results in one n8n: a row of the table that is printed at the end. */
interface Row {
	n8n: string;
	'Node.js': string;
	passed: number;
	failed: number;
	skipped: number;
	minutes: number;
}

/** The part of jest's summary that is needed here. */
interface JestResult {
	/** False if anything failed, even outside a test. */
	success: boolean;
	numPassedTests: number;
	numFailedTests: number;
	numPendingTests: number;
	numTodoTests: number;
	/** Test files that could not be loaded. */
	numRuntimeErrorTestSuites: number;
}

/** @returns The pinned versions named on the command line, or all of them */
function chosenVersions(): string[] {
	const { positionals } = parseArgs({ allowPositionals: true });
	const unknown = positionals.filter((version) => !N8N_VERSIONS.includes(version));
	if (unknown.length > 0) {
		throw new Error(
			`The sandbox does not pin n8n ${unknown.join(', ')}. It pins ${N8N_VERSIONS.join(', ')}`,
		);
	}
	return positionals.length > 0 ? positionals : N8N_VERSIONS;
}

/**
 * Runs the end-to-end tests in one n8n.
 *
 * @param tarball Path of the packed package
 * @param resultFile Where jest is to write its summary
 * @throws Error when jest ends without a summary
 */
async function runTests(version: string, tarball: string, resultFile: string): Promise<JestResult> {
	const report = ['--json', '--outputFile', resultFile];
	// Two files at a time, because much of it is waiting
	const args = ['--config', 'jest.e2e.config.cjs', '--maxWorkers=2', ...report, 'test/e2e'];
	const jest = spawn(process.execPath, [require.resolve('jest/bin/jest'), ...args], {
		cwd: PROJECT_FOLDER,
		env: { ...process.env, SANDBOX_N8N_VERSION: version, SANDBOX_TARBALL: tarball },
		stdio: 'inherit',
	});
	const [code] = (await once(jest, 'close')) as [number | null];
	const summary = await readFile(resultFile, 'utf8').catch(() => undefined);
	if (summary === undefined) throw new Error(`jest ended with code ${code} and without a summary`);
	const result = JSON.parse(summary) as JestResult;
	return { ...result, success: result.success && code === 0 };
}

/** Runs the end-to-end tests in one n8n, and sums them up. */
async function testVersion(
	{ version, node }: Installation,
	tarball: string,
	folder: string,
): Promise<{ row: Row; success: boolean }> {
	const { stdout: nodeVersion } = await promisify(execFile)(node, ['--version']);
	const startedAt = Date.now();
	const result = await runTests(version, tarball, join(folder, `${version}.json`));
	return {
		row: {
			n8n: version,
			'Node.js': nodeVersion.trim().replace('v', ''),
			passed: result.numPassedTests,
			failed: result.numFailedTests + result.numRuntimeErrorTestSuites,
			skipped: result.numPendingTests + result.numTodoTests,
			minutes: Number(((Date.now() - startedAt) / 60_000).toFixed(1)),
		},
		success: result.success,
	};
}

async function main(): Promise<void> {
	const installations: Installation[] = [];
	for (const version of chosenVersions()) {
		installations.push(await installN8n({ version, onProgress: console.log }));
	}
	const folder = await mkdtemp(join(tmpdir(), 'n8n-compat-'));
	try {
		console.log('Building and packing the node');
		const packed = await buildTarball();
		// A copy, which stays the same if something else is packed in the meantime
		const tarball = join(folder, basename(packed));
		await copyFile(packed, tarball);
		const hash = createHash('sha256').update(await readFile(tarball));
		const name = `${basename(tarball)}, sha256 ${hash.digest('hex').slice(0, 12)}`;

		const rows: Row[] = [];
		for (const installation of installations) {
			console.log(`\nn8n ${installation.version} with ${name}`);
			const { row, success } = await testVersion(installation, tarball, folder);
			rows.push(row);
			if (!success) process.exitCode = 1;
		}
		console.log(`\n${name}`);
		console.table(rows);
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

main().catch((error: Error) => {
	console.error(error.message);
	process.exitCode = 1;
});
