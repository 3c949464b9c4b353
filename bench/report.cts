import { cpus, totalmem, type } from 'node:os';
import { markdownTable } from 'markdown-table';

import type { Target, Findings, Table } from './part.cts';

/** @returns The table as Markdown, which reads well on a terminal, too */
export function tableText({ title, rows, notes }: Table): string {
	const align = rows[0].map((_, column) => (column === 0 ? 'l' : 'r'));
	return [`### ${title}`, markdownTable(rows, { align }), ...notes].join('\n\n');
}

/** @returns What was aimed at and what came of it, as Markdown */
export const targetsText = (aims: Target[]): string =>
	tableText({
		title: 'Aims',
		rows: [
			['Aim', 'Measured', 'Met'],
			...aims.map(({ text, figure, met }) => [text, figure, met ? 'yes' : 'no']),
		],
		notes: [],
	});

/** @returns What the figures depend on */
export function machineText(versions: Record<string, string>): string {
	const [{ model }] = cpus();
	const machine = `${cpus().length} cores (${model.trim()}), ${Math.round(totalmem() / 1024 ** 3)} GB, ${type()}`;
	const software = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
	return `${machine}; ${software.join(', ')}.`;
}

/**
 * The page `docs/benchmarks.md`.
 *
 * @param machine From `machineText`
 * @param parts What each part found
 * @param day As `2026-01-31`
 * @param chart File name of the chart
 */
export function page(machine: string, parts: Findings[], day: string, chart: string): string {
	const tables = parts.flatMap((part) => part.tables).map(tableText);
	return [
		'# Benchmarks',
		'Written by `npm run bench`, which measures everything anew. Medians, in turn, against the simulator of this repository on the ' +
			'same machine: what ComplyCube itself takes comes on top, and is the same for all.',
		`Measured on ${day}: ${machine}`,
		`![Time per item](${chart})`,
		targetsText(parts.flatMap(({ targets }) => targets)),
		...tables,
		'',
	].join('\n\n');
}
