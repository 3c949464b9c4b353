import { markdownTable } from 'markdown-table';
import type { Point } from './openPoints.cts';
import { isOutcome, type Comparison } from './verification.cts';

/** A cell has to stay in its line. */
const cell = (text: string) => text.replaceAll('|', '\\|').replace(/\s+/g, ' ');

const table = (head: string[], rows: string[][]): string =>
	markdownTable([head, ...rows.map((row) => row.map(cell))], {
		alignDelimiters: false,
		padding: true,
	});

/** @returns A row for each difference: call, field, simulator, service */
export const differenceRows = (comparisons: Comparison[]): string[][] =>
	comparisons.flatMap(({ call, differences }) =>
		differences.map(({ field, simulator, service }) => [call.name, field, simulator, service]),
	);

/** @returns Why calls were not made on both sides, by their names */
export const unmade = (comparisons: Comparison[]): Array<[call: string, reason: string]> =>
	comparisons.flatMap(({ call, simulator, service }) =>
		Object.entries({ simulator, service }).flatMap(
			([side, attempt]): Array<[string, string]> =>
				isOutcome(attempt) ? [] : [[call.name, `${side} has no ${attempt.missing.join(', ')}`]],
		),
	);

/**
 * Writes what a verification found, in Markdown.
 *
 * @param service What the service is called
 */
export function report(service: string, comparisons: Comparison[], points: Point[]): string {
	const rows = differenceRows(comparisons);
	const left = unmade(comparisons);
	const title = `### ${comparisons.length} calls, ${rows.length} differences`;
	return [
		title,
		...(rows.length > 0 ? [table(['Call', 'Field', 'Simulator', service], rows)] : []),
		...(left.length > 0 ? ['### Calls that could not be made', table(['Call', 'Why'], left)] : []),
		'### What the documentation leaves open',
		table(
			['Point', service],
			points.map(({ point, answer }) => [point, answer]),
		),
	].join('\n\n');
}
