import type { Execution } from '../n8n/execution.cts';
import { textTable } from './textTable.cts';

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
	return textTable([COLUMNS, ...rows]);
}
