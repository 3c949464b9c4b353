/** A place in a queue. */
export interface Place {
	/** Resolves when everybody before has left */
	turn: Promise<void>;
	/** Lets the next one go */
	leave: () => void;
}

/** Where nobody waits for anybody. */
export const NO_QUEUE: Place = { turn: Promise.resolve(), leave: () => undefined };

/** Lets one go after the other, in the order in which they came. */
export class Queue {
	private last = Promise.resolve();

	/**
	 * Takes the place behind everybody who came before.
	 *
	 * @param ready until this resolves, the place waits even when it is first
	 * @returns the place; whoever takes it has to leave it, or nobody behind it ever goes
	 */
	join(ready: Promise<void> = Promise.resolve()): Place {
		let left = () => {};
		const leaving = new Promise<void>((resolve) => (left = resolve));
		const turn = this.last.then(async () => await ready);
		this.last = turn.then(async () => await leaving);
		return { turn, leave: left };
	}
}
