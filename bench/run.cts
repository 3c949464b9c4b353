/**
 * `npm run bench`: compares the nodes with n8n's own and with the official client, and writes docs/benchmarks.md and its
 * chart. `npm run bench -- --rounds 2` does so from fewer rounds. `npm run bench -- --short` only checks that everything works,
 * and `npm run bench -- limits` runs one part; neither of these writes a file.
 */
import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { installN8n } from '../sandbox/n8n/installation.cts';
import { PROJECT_FOLDER } from '../sandbox/n8n/paths.cts';
import { N8N_VERSION } from '../sandbox/n8n/versions.cts';
import { drawChart } from './chart.cts';
import { measureDeliveries } from './deliveries.cts';
import { measureFields } from './fields.cts';
import { measureGets } from './gets.cts';
import { measureLimits } from './limits.cts';
import { measureLoading } from './loading.cts';
import { FULL, SHORT, type Findings, type Part, type Scale } from './part.cts';
import { targetsText, machineText, page, tableText } from './report.cts';

const PARTS: Record<string, Part> = {
	gets: measureGets,
	limits: measureLimits,
	deliveries: measureDeliveries,
	fields: measureFields,
	loading: measureLoading,
};

const CHART = 'benchmarks.svg';

/** @returns Whether nothing went wrong. A missed target does not count as a problem */
async function runBenchmarks(scale: Scale, chosen: string[]): Promise<boolean> {
	const unknown = chosen.filter((name) => !(name in PARTS));
	if (unknown.length) {
		throw new Error(
			`No such part: ${unknown.join(', ')}. The parts are ${Object.keys(PARTS).join(', ')}`,
		);
	}
	const { node } = await installN8n({ version: N8N_VERSION, onProgress: console.log });
	const findings: Findings[] = [];
	for (const [name, part] of Object.entries(PARTS)) {
		if (chosen.length && !chosen.includes(name)) continue;
		console.log(`Measuring ${name}`);
		const found = await part(scale);
		findings.push(found);
		console.log(`\n${found.tables.map(tableText).join('\n\n')}\n`);
	}
	const targets = findings.flatMap((found) => found.targets);
	if (targets.length) console.log(`${targetsText(targets)}\n`);
	const problems = findings.flatMap((found) => found.problems);
	for (const problem of problems) console.error(`PROBLEM ${problem}`);

	if (scale !== SHORT && !chosen.length && !problems.length) {
		const docs = join(PROJECT_FOLDER, 'docs');
		const bars = findings.find((found) => found.bars)!.bars!;
		await writeFile(join(docs, CHART), drawChart(bars));
		const version = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim();
		const machine = machineText({ n8n: N8N_VERSION, 'Node.js': version });
		const day = new Date().toISOString().slice(0, 10);
		await writeFile(join(docs, 'benchmarks.md'), page(machine, findings, scale.rounds, day, CHART));
		console.log('Wrote docs/benchmarks.md');
	}
	return problems.length === 0;
}

const { values, positionals } = parseArgs({
	options: {
		short: { type: 'boolean', default: false },
		rounds: { type: 'string', default: String(FULL.rounds) },
	},
	allowPositionals: true,
});
const rounds = Number(values.rounds);
if (!Number.isInteger(rounds) || rounds < 1) throw new Error('--rounds takes a number from 1');
runBenchmarks(values.short ? SHORT : { ...FULL, rounds }, positionals).then(
	(succeeded) => process.exit(succeeded ? 0 : 1),
	(error: unknown) => {
		console.error(error);
		process.exit(1);
	},
);
