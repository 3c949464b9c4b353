import { operation } from '../../pipeline/pipeline';
import type { Operation } from '../resource';
import { SESSION_PATH, sessionLocator } from './session';

/** API page "Cancel a workflow session". */
export const cancel: Operation = {
	name: 'Cancel',
	value: 'cancel',
	action: 'Cancel workflow session',
	description:
		'End a session that the client has not finished. It only works while the status is started, and cannot be undone.',
	routing: {
		request: { method: 'POST', url: `${SESSION_PATH}/cancel` },
		operations: {
			pagination: operation({
				idFrom: 'workflowSessionId',
				settlement: {
					object: 'session',
					done: 'cancelled',
					look: SESSION_PATH,
					before: ['started'],
					elsewhere: ['processing', 'complete', 'abandoned'],
				},
			}),
		},
	},
	properties: [sessionLocator],
};
