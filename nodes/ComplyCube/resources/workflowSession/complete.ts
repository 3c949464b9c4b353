import { waitOptions } from '../../fields/waitFields';
import type { Operation } from '../resource';
import { SESSION_PATH, sessionLocator, untilFinal } from './session';

/** API page "Complete a workflow session". */
export const complete: Operation = {
	name: 'Complete',
	value: 'complete',
	action: 'Complete workflow session (charged)',
	description:
		'Charged with a live key. Starts all checks of the workflow. The outcome comes later.',
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
	hint: 'Complete starts all checks of the workflow. With a live key, they are charged. With a test key, nothing is. While you build, pin the output, so that test runs do not start the checks again.',
	fields: [sessionLocator, waitOptions],
};
