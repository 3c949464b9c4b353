import { clientLocator, locator } from '../../fields/locator';
import { inBody } from '../../fields/routing';
import type { Operation } from '../resource';
import { SESSION_HINT, sessionFields, sessionSteps } from './fields';

/** API pages "Create a session (via workflows)", "Create a session (check-driven)". */
export const create: Operation = {
	name: 'Create',
	value: 'create',
	action: 'Create hosted session (charged)',
	description:
		'Charged with a live key once the client goes through the checks. Creates a verification link.',
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
