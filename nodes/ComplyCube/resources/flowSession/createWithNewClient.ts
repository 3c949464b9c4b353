import { clientBasics } from '../client/fields';
import type { Operation } from '../resource';
import { SESSION_HINT, sessionFields, sessionSteps } from './fields';

/** E.g. `clientEmail`. */
const nameOf = (name: string) => `client${name.charAt(0).toUpperCase()}${name.slice(1)}`;

/** API pages "Create a client", "Create a session (via workflows)", "Create a session (check-driven)". */
export const createWithNewClient: Operation = {
	name: 'Create with New Client',
	value: 'createWithNewClient',
	action: 'Create hosted session with new client (charged)',
	description:
		'Charged with a live key once the client goes through the checks. Adds a client and creates the link.',
	request: { method: 'POST', path: '/flow/sessions' },
	plan: {
		kind: 'createFor',
		owner: {
			object: 'client',
			fields: ['type', 'email', 'personDetails', 'companyDetails'],
			id: 'clientId',
			path: '/clients',
			inDoubt:
				"The client may have been created all the same. Before you run this item again, look for it: Get Many of clients with the filter 'Email'.",
		},
		object: 'link',
		body: sessionSteps,
		halfDone:
			'Use Create with this client to make the link, or delete the client before you run this item again: it would create another one.',
	},
	hint: SESSION_HINT,
	fields: [...clientBasics(nameOf, 'Client Type'), ...sessionFields],
};
