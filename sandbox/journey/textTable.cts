/**
 * Formats rows as a table for the terminal.
 *
 * @param rows The first one holds the headings. All have the same number of cells
 */
export function textTable(rows: string[][]): string {
	const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
	return rows
		.map((row) =>
			row
				.map((cell, column) => cell.padEnd(widths[column] + 2))
				.join('')
				.trimEnd(),
		)
		.join('\n');
}
