/** Capitals, blanks, `_` and `-` make no difference. */
const normalized = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/** Every two letters that follow each other. */
const pairsIn = (text: string) =>
	Array.from({ length: Math.max(0, text.length - 1) }, (_, start) => text.slice(start, start + 2));

/** The share of pairs of letters that two names have in common (Dice's coefficient): 1 if they are the same. */
function likeness(one: string, other: string): number {
	const left = pairsIn(other);
	const all = pairsIn(one).length + left.length;
	const common = pairsIn(one).filter((pair) => {
		const place = left.indexOf(pair);
		return place >= 0 && left.splice(place, 1);
	}).length;
	return all === 0 ? 0 : (2 * common) / all;
}

/** Names that have less in common are not alike. */
const ALIKE = 0.4;

/** The most of a text that is compared, in characters. */
const LONGEST = 60;

/**
 * Finds the option that somebody probably meant.
 *
 * @param text what was written
 * @param options to choose from, each with the value that is stored and the name that is shown
 * @returns the option whose value or name is most like the text; undefined if none is
 */
export function nearest<Option extends { name: string; value: string }>(
	text: string,
	options: Option[],
): Option | undefined {
	const written = normalized(text.slice(0, LONGEST));
	const [best] = options
		.map((option) => ({
			option,
			likeness: Math.max(
				...[option.value, option.name].map((name) => likeness(written, normalized(name))),
			),
		}))
		.filter(({ likeness }) => likeness >= ALIKE)
		.sort((a, b) => b.likeness - a.likeness);
	return best?.option;
}
