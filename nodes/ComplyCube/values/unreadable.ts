/** Why a value cannot be read as what it has to be. The value itself is not in it, because it may be personal. */
export class Unreadable {
	/**
	 * @param problem what is wrong, to follow the field's name in a sentence, e.g. "is not a date"
	 * @param advice what to enter instead, one sentence
	 */
	constructor(
		readonly problem: string,
		readonly advice: string,
	) {}
}
