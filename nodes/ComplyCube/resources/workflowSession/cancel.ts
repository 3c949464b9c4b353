import type { Operation } from '../resource';
import { SESSION_PATH, sessionLocator } from './session';

/** API page "Cancel a workflow session". */
export const cancel: Operation = {
	name: 'Cancel',
	value: 'cancel',
	action: 'Cancel workflow session permanently',
	description:
		"Cannot be undone. Ends a session that the client has not finished (status 'started').",
	request: { method: 'POST', path: `${SESSION_PATH}/cancel` },
	plan: {
		kind: 'change',
		idFrom: 'workflowSessionId',
		inDoubt: {
			object: 'session',
			pastParticiple: 'cancelled',
			getPath: SESSION_PATH,
			notYet: ['started'],
			tooLate: ['processing', 'complete', 'abandoned'],
		},
	},
	hint: 'Cancelling a session at ComplyCube cannot be undone.',
	fields: [sessionLocator],
};
