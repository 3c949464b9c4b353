import { kindOf } from '../values/kindOf';
import { labelOf } from '../values/label';
import { Failure } from './failure';

/** Anything that would end the segment, start a query, climb the path or hide in it. */
const NOT_ONE_SEGMENT = /[/\\?#%\s\p{Cc}\p{Cf}\p{Cs}]/u;

/** How the editor shows the field of an ID. */
export interface IdField {
	label: string;
	/** Whether it can be picked from a list there */
	hasList: boolean;
}

/** In characters; ComplyCube's IDs have 24. */
const LONGEST_ID = 256;

/** What is wrong with a text that should be an ID, e.g. "is not a valid ID". */
export interface IdProblem {
	problem: string;
	advice: string;
}

/**
 * Says why a text cannot be an ID, wherever in a request it would go.
 *
 * @param text the text, trimmed
 * @returns undefined if it can be one
 */
export function idProblemOf(text: string): IdProblem | undefined {
	if (text === '.' || text === '..' || NOT_ONE_SEGMENT.test(text)) {
		return {
			problem: 'is not a valid ID',
			advice:
				'An ID contains no spaces, no invisible characters and none of the characters / \\ ? # %.',
		};
	}
	if (text.length <= LONGEST_ID) return undefined;
	return {
		problem: 'is too long to be an ID',
		advice: `It has ${text.length} characters, and an ID has no more than ${LONGEST_ID}. Check that it is the ID alone.`,
	};
}

/**
 * Makes one path segment of an ID that may come from a form, a spreadsheet or an AI agent.
 *
 * n8n puts an ID into a declarative URL unchanged, so `../clients/x` would reach another resource, and an empty ID the whole
 * collection.
 *
 * @param id the parameter's value, of any type
 * @param parameter the parameter's internal name, e.g. `workflowSessionId`
 * @param field how the editor shows it, if that is known
 * @returns the trimmed, percent-encoded ID, or why it cannot be one
 */
export function pathSegment(
	id: unknown,
	parameter: string,
	{ label, hasList }: IdField = { label: labelOf(parameter), hasList: true },
): string | Failure {
	const isText = typeof id === 'string' || Number.isFinite(id);
	if (!isText && id !== undefined && id !== null) {
		return new Failure(`The '${label}' parameter is ${kindOf(id)}, not an ID`, {
			param: parameter,
			description:
				'Let the expression give the ID itself, e.g. {{ $json.id }}. Nothing was sent for this item.',
		});
	}
	const text = String(id ?? '').trim();
	if (text === '') {
		return new Failure(`The '${label}' parameter is empty`, {
			param: parameter,
			description: `${hasList ? 'Choose one from the list or enter its ID' : 'Enter the ID'}. If the ID comes from an expression, check that the previous node really delivers it for this item.`,
		});
	}
	const wrong = idProblemOf(text);
	if (wrong) {
		return new Failure(`The '${label}' parameter ${wrong.problem}`, {
			param: parameter,
			description: `${wrong.advice} Nothing was sent for this item.`,
		});
	}
	return encodeURIComponent(text);
}

/**
 * Fills the `:name` places of a path, e.g. `/workflowSessions/:workflowSessionId/complete`.
 *
 * @param template the path as an operation declares it
 * @param valueOf reads the parameter of that name
 * @param fieldOf finds out how the editor shows it
 * @returns the path with encoded IDs, or the first ID's failure
 */
export function filledPath(
	template: string,
	valueOf: (parameter: string) => unknown,
	fieldOf: (parameter: string) => IdField | undefined = () => undefined,
): string | Failure {
	const segments: string[] = [];
	for (const segment of template.split('/')) {
		const parameter = segment.slice(1);
		const filled = segment.startsWith(':')
			? pathSegment(valueOf(parameter), parameter, fieldOf(parameter))
			: segment;
		if (filled instanceof Failure) return filled;
		segments.push(filled);
	}
	return segments.join('/');
}
