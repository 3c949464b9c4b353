import { operation } from '../../pipeline/pipeline';
import { clientLocator, locator } from '../../fields/locator';
import type { Operation } from '../resource';
import { CLIENT_PATH } from './fields';

/** API page "Delete a client". */
export const remove: Operation = {
	name: 'Delete',
	value: 'delete',
	action: 'Delete client',
	description: 'Delete a client. It cannot be undone.',
	routing: {
		request: { method: 'DELETE', url: CLIENT_PATH },
		operations: {
			pagination: operation({
				idFrom: 'clientId',
				deletion: { object: 'client', look: CLIENT_PATH },
			}),
		},
	},
	hint: 'Delete removes the client at ComplyCube. It cannot be undone.',
	properties: [locator(clientLocator)],
};
