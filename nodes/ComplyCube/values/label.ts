/**
 * The label of a field, derived from its internal name.
 *
 * @param parameter e.g. `createdAfter`; or `workflowSessionId`, because a field that holds an ID is called by what it identifies
 * @returns e.g. "Created After"; "Workflow Session"
 */
export const labelOf = (parameter: string): string =>
	parameter
		.replace(/Id$/, '')
		.replace(/([A-Z])/g, ' $1')
		.replace(/^./, (first) => first.toUpperCase());
