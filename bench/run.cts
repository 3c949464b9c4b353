/**
 * `npm run bench`: the nodes against n8n's own and against the official client. Writes docs/benchmarks.md and its chart.
 * `npm run bench -- --short` only sees whether everything works; `npm run bench -- limits` runs one part. Neither writes
 * anything.
 */
import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { installN8n } from '../sandbox/n8n/installation.cts';
import { PROJECT_FOLDER } from '../sandbox/n8n/paths.cts';
import { N8N_VERSION } from '../sandbox/n8n/versions.cts';
import { drawChart } from './chart.cts';
import { deliveries } from './deliveries.cts';
import { measureFields } from './fields.cts';
import { measureGets } from './gets.cts';
import { measureLimits } from './limits.cts';
import { measureLoading } from './loading.cts';
import { FULL, SHORT, type Findings, type Part } from './part.cts';
import { targetsText, machineText, page, tableText } from './report.cts';

const PARTS: Record<string, Part> = {
	gets: measureGets,
	limits: measureLimits,
	deliveries,
	fields: measureFields,
	loading: measureLoading,
};

const CHART = 'benchmarks.svg';

/** @returns Whether nothing went wrong; an aim that was missed is no fault */
async function runBenchmarks(short: boolean, chosen: string[]): Promise<boolean> {
	const unknown = chosen.filter((name) => !(name in PARTS));
	if (unknown.length) {
		throw new Error(
			`No such part: ${unknown.join(', ')}. There are ${Object.keys(PARTS).join(', ')}`,
		);
	}
	const { node } = await installN8n({ version: N8N_VERSION, onProgress: console.log });
	const findings: Findings[] = [];
	for (const [name, part] of Object.entries(PARTS)) {
		if (chosen.length && !chosen.includes(name)) continue;
		console.log(`Measuring ${name}`);
		const found = await part(short ? SHORT : FULL);
		findings.push(found);
		console.log(`\n${found.tables.map(tableText).join('\n\n')}\n`);
	}
	const aims = findings.flatMap((found) => found.targets);
	if (aims.length) console.log(`${targetsText(aims)}\n`);
	const faults = findings.flatMap((found) => found.problems);
	for (const fault of faults) console.error(`FAULT ${fault}`);

	if (!short && !chosen.length && !faults.length) {
		const docs = join(PROJECT_FOLDER, 'docs');
		const bars = findings.find((found) => found.bars)!.bars!;
		await writeFile(join(docs, CHART), drawChart(bars));
		const version = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim();
		const machine = machineText({ n8n: N8N_VERSION, 'Node.js': version });
		const day = new Date().toISOString().slice(0, 10);
		await writeFile(join(docs, 'benchmarks.md'), page(machine, findings, day, CHART));
		console.log('Wrote docs/benchmarks.md');
	}
	return faults.length === 0;
}

const { values, positionals } = parseArgs({
	options: { short: { type: 'boolean', default: false } },
	allowPositionals: true,
});
runBenchmarks(values.short, positionals).then(
	(good) => process.exit(good ? 0 : 1),
	(error: unknown) => {
		console.error(error);
		process.exit(1);
	},
);
