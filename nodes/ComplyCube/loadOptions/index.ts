import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { countries } from '../values/countries';

/** The functions that fill the lists of fields; a field names the one it uses. They send nothing. */
export const loadOptions = {
	// Written into each field, the countries would be most of the node's description
	async getCountries(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
		return countries;
	},
};
