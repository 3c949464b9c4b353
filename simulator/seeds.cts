/**
 * @param seeds One or many; each may ask for a `count` of its like.
 * @param plant Puts one in place; `createdMs` is the creation time unless the seed has its own.
 * @returns What was planted. Those of one seed were created a second after each other, the last now.
 */
export function eachSeed<S extends { count?: number }, View>(
	seeds: S | S[],
	plant: (seed: Omit<S, 'count'>, createdMs: number) => View,
): View[] {
	const list = Array.isArray(seeds) ? seeds : [seeds];
	return list.flatMap(({ count = 1, ...seed }) =>
		Array.from({ length: count }, (_, index) =>
			plant(seed, Date.now() - (count - 1 - index) * 1000),
		),
	);
}
