import { kindOf } from './kindOf';
import { Unreadable } from './unreadable';

/** Anything that would end the segment of a path, start a query, climb the path or hide in it. */
const NOT_ONE_SEGMENT = /[/\\?#%\s\p{Cc}\p{Cf}\p{Cs}]/u;

/** In characters; ComplyCube's IDs have 24. */
const LONGEST_ID = 256;

/**
 * Reads an ID, by one rule wherever in a request it goes. It may come from a form, a spreadsheet or an AI agent.
 *
 * @param value the value of a field for an ID
 * @returns the ID without blanks around it, which may leave nothing
 */
export function idFrom(value: unknown): string | Unreadable {
	if (typeof value !== 'string' && !Number.isFinite(value)) {
		return new Unreadable(
			`is ${kindOf(value)}, not an ID`,
			'Let the expression give the ID itself, e.g. {{ $json.id }}.',
		);
	}
	const id = String(value).trim();
	if (id === '.' || id === '..' || NOT_ONE_SEGMENT.test(id)) {
		return new Unreadable(
			'is not a valid ID',
			'An ID contains no spaces, no invisible characters and none of the characters / \\ ? # %.',
		);
	}
	return id.length <= LONGEST_ID
		? id
		: new Unreadable(
				'is too long to be an ID',
				`It has ${id.length} characters, and an ID has no more than ${LONGEST_ID}. Check that it is the ID alone.`,
			);
}
