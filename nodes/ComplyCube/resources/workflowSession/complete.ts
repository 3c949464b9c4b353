import { waitOptions } from '../../fields/waitFields';
import type { Operation } from '../resource';
import { SESSION_PATH, sessionLocator, untilFinal } from './session';

/** API page "Complete a workflow session". */
export const complete: Operation = {
	name: 'Complete',
	value: 'complete',
	action: 'Complete workflow session',
	description:
		'Tell ComplyCube that the client has finished, which starts every check of the workflow. Charged with a live key. The outcome follows later.',
	request: { method: 'POST', path: `${SESSION_PATH}/complete` },
	plan: {
		kind: 'change',
		idFrom: 'workflowSessionId',
		polling: untilFinal,
		inDoubt: {
			object: 'session',
			pastParticiple: 'completed',
			getPath: SESSION_PATH,
			notYet: ['started'],
			tooLate: ['abandoned', 'cancelled'],
		},
	},
	hint: 'Complete starts every check of the workflow. With a live key these checks are charged; with a test key nothing is.',
	fields: [sessionLocator, waitOptions],
};
