import { clientLocator, locator } from '../../fields/locator';
import { outputProperties } from '../../fields/outputFields';
import type { Operation } from '../resource';
import { CLIENT_FIELDS, CLIENT_PATH, SIMPLIFIED_FIELDS } from './fields';

/** API page "Get a client". */
export const get: Operation = {
	name: 'Get',
	value: 'get',
	action: 'Get client',
	description: 'Get one client: type, name, contact details and metadata',
	request: { method: 'GET', path: CLIENT_PATH },
	plan: { kind: 'read', simplified: SIMPLIFIED_FIELDS },
	outputFields: CLIENT_FIELDS,
	fields: [locator(clientLocator), ...outputProperties],
};
