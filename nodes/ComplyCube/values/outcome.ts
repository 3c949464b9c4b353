import type { IDataObject } from 'n8n-workflow';

/**
 * Reads the outcome of a session or check, or of a summary of one (API pages "Workflow Sessions", "Checks").
 *
 * @param object the session or check
 * @returns undefined or null if there is none (yet)
 */
export const outcomeOf = ({ outcome, result }: IDataObject): unknown =>
	outcome ?? (result as IDataObject | undefined)?.outcome;
