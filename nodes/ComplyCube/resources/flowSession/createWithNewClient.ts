import { asRequired } from '../../fields/asRequired';
import { inBody } from '../../fields/routing';
import { emailField, personNameFields } from '../client/fields';
import type { Operation } from '../resource';
import { SESSION_HINT, sessionFields, sessionSteps } from './fields';

/** Where the fields of the client are in the body. */
const CLIENT = 'newClient';

const clientFields = [emailField, ...personNameFields].map((field) => ({
	...field,
	routing: inBody(`${CLIENT}.${field.routing?.send?.property}`),
}));

/** API pages "Create a client", "Create a session (via workflows)", "Create a session (check-driven)". */
export const createWithNewClient: Operation = {
	name: 'Create with New Client',
	value: 'createWithNewClient',
	action: 'Create hosted session with new client',
	description:
		'Add a person, and make a link for them as Create does. The checks are charged with a live key.',
	request: { method: 'POST', path: '/flow/sessions' },
	plan: {
		kind: 'createFor',
		owner: {
			object: 'client',
			fields: CLIENT,
			id: 'clientId',
			path: '/clients',
			body: [(fields) => ({ type: 'person', ...fields })],
			inDoubt:
				"The client may have been created all the same. Before you run this item again, look for it: Get Many of clients with the filter 'Email'.",
		},
		object: 'link',
		body: sessionSteps,
		halfDone:
			'Use Create with this client to make the link, or delete the client before you run this item again: it would create another one.',
	},
	hint: SESSION_HINT,
	fields: [...asRequired(clientFields), ...sessionFields],
};
