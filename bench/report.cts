import { cpus, totalmem, type } from 'node:os';
import { markdownTable } from 'markdown-table';

import type { Target, Findings, Table } from './part.cts';

/** A table as Markdown, which is readable in a terminal too. */
export function tableText({ title, rows, notes }: Table): string {
	const align = rows[0].map((_, column) => (column === 0 ? 'l' : 'r'));
	return [`### ${title}`, markdownTable(rows, { align }), ...notes].join('\n\n');
}

/** The targets and the measured figures, as a Markdown table. */
export const targetsText = (targets: Target[]): string =>
	tableText({
		title: 'Targets',
		rows: [
			['Target', 'Measured', 'Met'],
			...targets.map(({ text, figure, met }) => [text, figure, met ? 'yes' : 'no']),
		],
		notes: [],
	});

/** The machine and the versions that the figures depend on. */
export function machineText(versions: Record<string, string>): string {
	const [{ model }] = cpus();
	const machine = `${cpus().length} cores (${model.trim()}), ${Math.round(totalmem() / 1024 ** 3)} GB, ${type()}`;
	const software = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
	return `${machine}; ${software.join(', ')}.`;
}

/**
 * The content of `docs/benchmarks.md`.
 *
 * @param machine The result of `machineText`
 * @param parts The findings of each part
 * @param rounds How often everything was measured
 * @param day Today as `2026-01-31`
 * @param chart File name of the chart
 */
export function page(
	machine: string,
	parts: Findings[],
	rounds: number,
	day: string,
	chart: string,
): string {
	const tables = parts.flatMap((part) => part.tables).map(tableText);
	return [
		'# Benchmarks',
		`Written by \`npm run bench\`. All figures are medians of ${rounds} rounds, in which the contenders take turns. They use the simulator ` +
			'of this repository on the same machine; the time ComplyCube itself takes comes on top and is the same for all.',
		`Measured on ${day}: ${machine}`,
		`![Time per item](${chart})`,
		targetsText(parts.flatMap(({ targets }) => targets)),
		...tables,
		'',
	].join('\n\n');
}
