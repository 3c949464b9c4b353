import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { countries } from '../values/countries';

/** Lists the countries, without a request. Written into each field, they would be most of the node's description. */
export async function getCountries(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return countries;
}
