import type { INodeProperties } from 'n8n-workflow';
import { withoutPreset } from './withoutPreset';

/** The node's method that fills the list. */
const COUNTRIES = { loadOptionsMethod: 'getCountries' };

const IN_EXPRESSIONS = 'Expressions use the two-letter ISO code';

/**
 * A field for a country, none at first. The node's method `getCountries` fills its list.
 *
 * @param displayName e.g. "Nationality"
 * @param name the parameter, e.g. `nationality`
 * @param routing where the two-letter code goes
 * @param description what the country is, if its name does not say it
 */
export const countryField = (
	displayName: string,
	name: string,
	routing: INodeProperties['routing'],
	description?: string,
): INodeProperties =>
	withoutPreset({
		displayName,
		name,
		type: 'options',
		default: '',
		typeOptions: COUNTRIES,
		description: description ? `${description} ${IN_EXPRESSIONS}.` : IN_EXPRESSIONS,
		routing,
	});
