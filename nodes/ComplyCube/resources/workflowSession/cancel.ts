import type { Operation } from '../resource';
import { SESSION_PATH, sessionLocator } from './session';

/** API page "Cancel a workflow session". */
export const cancel: Operation = {
	name: 'Cancel',
	value: 'cancel',
	action: 'Cancel workflow session',
	description:
		'End a session that the client has not finished. It only works while the status is started, and cannot be undone.',
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
	fields: [sessionLocator],
};
