import { operation } from '../../pipeline/pipeline';
import { clientLocator, locator } from '../../fields/locator';
import { outputProperties } from '../../fields/outputFields';
import type { Operation } from '../resource';
import { CLIENT_FIELDS, CLIENT_PATH, SIMPLIFIED_FIELDS } from './fields';

/** API page "Get a client". */
export const get: Operation = {
	name: 'Get',
	value: 'get',
	action: 'Get client',
	description: 'Read one client: type, name, contact details and metadata. Reading is free.',
	routing: {
		request: { method: 'GET', url: CLIENT_PATH },
		operations: { pagination: operation({ simplified: SIMPLIFIED_FIELDS }) },
	},
	properties: [locator(clientLocator), ...outputProperties(CLIENT_FIELDS)],
};
