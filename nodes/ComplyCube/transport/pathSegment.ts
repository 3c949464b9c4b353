import { idFrom } from '../values/id';
import { labelOf } from '../values/label';
import { Unreadable } from '../values/unreadable';
import { Failure } from './failure';

/** How the editor shows the field of an ID. */
export interface IdField {
	label: string;
	/** Whether it can be picked from a list there */
	hasList: boolean;
}

/**
 * Makes one path segment of an ID.
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
	const segment = idFrom(id ?? '');
	if (segment === '') {
		return new Failure(`The '${label}' parameter is empty`, {
			param: parameter,
			description: `${hasList ? 'Choose one from the list or enter its ID' : 'Enter the ID'}. If the ID comes from an expression, check that the previous node really delivers it for this item.`,
		});
	}
	if (segment instanceof Unreadable) {
		return new Failure(`The '${label}' parameter ${segment.problem}`, {
			param: parameter,
			description: `${segment.advice} Nothing was sent for this item.`,
		});
	}
	return encodeURIComponent(segment);
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
