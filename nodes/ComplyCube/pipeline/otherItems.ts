import type { Others } from './run';

/** Joins indexes that follow one another, e.g. [0, 1, 2, 4] to [[0, 2], [4, 4]]. */
function rangesOf(items: number[]): Array<[first: number, last: number]> {
	const ranges: Array<[number, number]> = [];
	for (const item of items) {
		const range = ranges.at(-1);
		if (range && item === range[1] + 1) range[1] = item;
		else ranges.push([item, item]);
	}
	return ranges;
}

/** Joins words, e.g. "a, b and c". */
const enumerated = (words: string[]) =>
	[words.slice(0, -1).join(', '), ...words.slice(-1)].filter(Boolean).join(' and ');

/** Names items, e.g. "item 3" or "items 0 to 2 and 4". */
function namesOf(items: number[]): string {
	const ranges = rangesOf(items).map(([first, last]) =>
		first === last ? `${first}` : `${first}${last - first > 1 ? ' to ' : ' and '}${last}`,
	);
	return `${items.length === 1 ? 'item' : 'items'} ${enumerated(ranges)}`;
}

const DISCARDED =
	"n8n discards what came of them: look at ComplyCube before you run the workflow again. With On Error set to 'Continue' nothing is lost.";

/**
 * Says what became of the other items when one stops the node: n8n then discards the results of all of them.
 *
 * @param others the other items
 * @returns what to add to the advice; undefined if there are no others that count
 */
export function adviceOnOthers({ done, unknown, refused, unsent }: Others): string | undefined {
	const was = (count: number) => (count === 1 ? 'was' : 'were');
	const [first, ...rest] = [
		{ count: done.length, end: `${was(done.length)} carried out (${namesOf(done)})` },
		{ count: unknown.length, end: `may have been carried out (${namesOf(unknown)})` },
		{
			count: refused.length,
			end: `failed and ${was(refused.length)} not carried out (${namesOf(refused)})`,
		},
		{ count: unsent, end: `${was(unsent)} not sent` },
	].filter(({ count }) => count > 0);
	if (!first) return undefined;
	const others = `${first.count} other item${first.count === 1 ? '' : 's'} of this run ${first.end}`;
	const sentence = `${[others, ...rest.map(({ count, end }) => `${count} ${end}`)].join('; ')}.`;
	return done.length + unknown.length > 0 ? `${sentence} ${DISCARDED}` : sentence;
}
