import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { operation } from '../../request/operation';
import { SESSION_PATH, sessionLocator, untilFinal, waitOptions } from './session';

/** API page "Complete a workflow session". */
export const complete: INodePropertyOptions = {
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
};

export const completeProperties: INodeProperties[] = [
	sessionLocator('complete'),
	waitOptions('complete'),
];
