import { operation } from '../../pipeline/pipeline';
import type { Operation } from '../resource';
import { waitOptions } from '../../fields/waitFields';
import { SESSION_PATH, sessionLocator, untilFinal } from './session';

/** API page "Complete a workflow session". */
export const complete: Operation = {
	name: 'Complete',
	value: 'complete',
	action: 'Complete workflow session',
	description:
		'Tell ComplyCube that the client has finished, which starts every check of the workflow. Charged with a live key. The outcome follows later.',
	routing: {
		request: { method: 'POST', url: `${SESSION_PATH}/complete` },
		operations: {
			pagination: operation({
				idFrom: 'workflowSessionId',
				polling: untilFinal,
				settlement: {
					object: 'session',
					done: 'completed',
					look: SESSION_PATH,
					before: ['started'],
					elsewhere: ['abandoned', 'cancelled'],
				},
			}),
		},
	},
	hint: 'Complete starts every check of the workflow. With a live key these checks are charged; with a test key nothing is.',
	properties: [sessionLocator, waitOptions],
};
