import { clientLocator, locator } from '../../fields/locator';
import type { Operation } from '../resource';
import { CLIENT_PATH } from './fields';

/** API page "Delete a client". */
export const remove: Operation = {
	name: 'Delete',
	value: 'delete',
	action: 'Delete client permanently',
	description: 'Cannot be undone. Deletes a client.',
	request: { method: 'DELETE', path: CLIENT_PATH },
	plan: {
		kind: 'delete',
		idFrom: 'clientId',
		object: 'client',
		getPath: CLIENT_PATH,
	},
	hint: 'Deleting a client at ComplyCube cannot be undone.',
	fields: [locator(clientLocator)],
};
