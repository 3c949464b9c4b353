import type { Execution } from '../n8n/execution.cts';

const COLUMNS = ['node', 'id', 'status', 'outcome'];

/**
 * An execution's items as a table for the terminal.
 *
 * @returns A line of headings, and a line for each item, in the order in which the nodes ran
 */
export function itemTable({ data }: Execution): string {
	const rows = Object.entries(data).flatMap(([node, branches]) =>
		branches
			.flat()
			.map(({ json }) => [
				node,
				...[json.id ?? json.sessionId, json.status, json.outcome].map((cell) => String(cell ?? '')),
			]),
	);
	const table = [COLUMNS, ...rows];
	const widths = COLUMNS.map((_, column) => Math.max(...table.map((row) => row[column].length)));
	return table
		.map((row) =>
			row
				.map((cell, column) => cell.padEnd(widths[column] + 2))
				.join('')
				.trimEnd(),
		)
		.join('\n');
}
