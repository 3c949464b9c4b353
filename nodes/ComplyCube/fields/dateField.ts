import type { INodeProperties } from 'n8n-workflow';

/**
 * A field for a day without a time, `YYYY-MM-DD` (API page "Clients").
 *
 * @param displayName e.g. "Date of Birth"
 * @param name the parameter, e.g. `dob`
 * @param routing where the day goes
 * @param description what the day is, if its name does not say it
 */
export const dateField = (
	displayName: string,
	name: string,
	routing: INodeProperties['routing'],
	description?: string,
): INodeProperties => ({
	displayName,
	name,
	type: 'dateTime',
	typeOptions: { dateOnly: true },
	default: '',
	description,
	routing,
});
