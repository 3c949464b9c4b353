import { clientLocator, locator } from '../../fields/locator';
import { inBody } from '../../fields/routing';
import type { Operation } from '../resource';
import { SESSION_HINT, sessionFields, sessionSteps } from './fields';

/** API pages "Create a session (via workflows)", "Create a session (check-driven)". */
export const create: Operation = {
	name: 'Create',
	value: 'create',
	action: 'Create hosted session',
	description:
		'Make a link to pages of ComplyCube that lead a client through a workflow or checks. Returns only the link: the ID of the workflow session that begins when the client follows it comes from the ComplyCube Trigger, or from Get Many of workflow sessions with the client. The checks are charged with a live key.',
	request: { method: 'POST', path: '/flow/sessions' },
	plan: {
		kind: 'change',
		requiredIds: ['clientId'],
		body: sessionSteps,
		inDoubt:
			'A link may have been made all the same, but nobody has it and nothing starts until a client follows it. It is safe to run this item again.',
	},
	hint: SESSION_HINT,
	fields: [locator({ ...clientLocator, routing: inBody('clientId') }), ...sessionFields],
};
