import { kindOf } from './kindOf';
import { listFrom } from './list';
import { isPlainObject } from './plainObject';
import { Unreadable } from './unreadable';

/** One of the values that can be chosen. */
export interface Choice {
	name: string;
	value: string;
}

/** So many values still fit into a sentence. */
const MOST_NAMED = 8;

/** Often used, but not the ISO code. */
const MEANT: Record<string, string> = { uk: 'GB' };

/**
 * Makes values comparable: spreadsheets, forms and models differ in case, blanks, hyphens and underscores.
 *
 * @param text e.g. `Match-Confirmed`
 * @returns e.g. "match confirmed"
 */
export const spellingOf = (text: string): string =>
	text
		.trim()
		.toLowerCase()
		.replace(/[\s_-]+/g, ' ');

function adviceFor(text: string, choices: Choice[]): string {
	const meant = MEANT[spellingOf(text)];
	if (meant && choices.some(({ value }) => value === meant)) return `${meant} is meant.`;
	return choices.length <= MOST_NAMED
		? `Use one of ${choices.map(({ value }) => value).join(', ')}.`
		: 'Choose in the list; an expression gives the value that the list stands for.';
}

/**
 * Finds a chosen value, regardless of case and blanks, by the value itself or by the name that the editor shows.
 *
 * @param value the value of a field with options
 * @param choices the values of the list
 * @param isOpen whether ComplyCube may know other values, which pass as they are
 */
export function choiceFrom(
	value: unknown,
	choices: Choice[],
	isOpen: boolean,
): string | Unreadable {
	if (typeof value !== 'string' && typeof value !== 'number') {
		return new Unreadable(
			`is ${kindOf(value)}, not one of the values of the list`,
			adviceFor('', choices),
		);
	}
	const text = String(value).trim();
	const wanted = spellingOf(text);
	const found =
		choices.find((choice) => choice.value === text) ??
		choices.find((choice) => spellingOf(choice.value) === wanted) ??
		choices.find((choice) => spellingOf(choice.name) === wanted);
	if (found) return found.value;
	return isOpen
		? text
		: new Unreadable('is not one of the values of the list', adviceFor(text, choices));
}

/** An object of switches, as `{ passport: true }`, for its names that are on. */
const switchedOn = (value: unknown): unknown => {
	if (!isPlainObject(value)) return value;
	const entries = Object.entries(value);
	return entries.length > 0 && entries.every(([, isOn]) => typeof isOn === 'boolean')
		? entries.filter(([, isOn]) => isOn).map(([name]) => name)
		: value;
};

/**
 * Finds several chosen values.
 *
 * @param value the value of a field with several options: a list, or a text that stands for one
 * @param choices the values of the list
 * @param isOpen whether ComplyCube may know other values, which pass as they are
 */
export function choicesFrom(
	value: unknown,
	choices: Choice[],
	isOpen: boolean,
): string[] | Unreadable {
	const entries = listFrom(switchedOn(value));
	if (!entries) return new Unreadable('is not a list', 'Choose in the list, or use e.g. a, b.');
	const found = entries.map((entry) => choiceFrom(entry, choices, isOpen));
	const wrong = found.find((entry) => entry instanceof Unreadable);
	return wrong instanceof Unreadable
		? new Unreadable(`has an entry that ${wrong.problem}`, wrong.advice)
		: (found as string[]);
}
