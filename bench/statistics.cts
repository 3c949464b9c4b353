/** @returns The value in the middle; the upper one of two */
export const median = (values: number[]): number =>
	[...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

/**
 * Lets each of several runners have a turn in every round, another one first each time, so that all meet the same other
 * work on the machine.
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
