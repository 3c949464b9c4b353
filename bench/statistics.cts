/** The value in the middle; of an even number of values, the upper one of the two. */
export const median = (values: number[]): number =>
	[...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

/**
 * Gives each of several runners a turn in every round. Another one comes first each time, so that other work on the machine
 * affects all of them alike.
 */
export async function takeTurns<T>(
	rounds: number,
	runners: T[],
	run: (runner: T, round: number) => Promise<void>,
): Promise<void> {
	for (let round = 0; round < rounds; round++) {
		for (let place = 0; place < runners.length; place++) {
			await run(runners[(round + place) % runners.length], round);
		}
	}
}
