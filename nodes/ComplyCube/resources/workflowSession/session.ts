import type { INodeProperties } from 'n8n-workflow';
import type { Polling } from '../../request/polling';
import { locator } from '../locator';

/** The path of one session (API page "Get a workflow session"). */
export const SESSION_PATH = '/workflowSessions/:workflowSessionId';

/** Statuses in which a session stays (API page "Workflow Sessions"). */
const FINAL_STATUSES = ['complete', 'abandoned', 'cancelled'];

/** Waiting for a session to end. */
export const untilFinal: Polling = {
	object: 'session',
	look: SESSION_PATH,
	final: FINAL_STATUSES,
};

/** The fields of a session that most workflows go on with; a list has no more to choose from than these and a few. */
export const SIMPLIFIED_FIELDS = [
	'id',
	'clientId',
	'entityName',
	'status',
	'outcome',
	'workflowTemplateId',
	'workflowTemplateName',
	'createdAt',
	'completedAt',
	'updatedAt',
];

/** The field that chooses the session. */
export const sessionLocator = locator({
	displayName: 'Workflow Session',
	name: 'workflowSessionId',
	description:
		'Pick a session from the list, newest first, or enter its ID. The Web Portal shows the ID.',
	search: 'searchWorkflowSessions',
	placeholder: 'Select a session…',
});

/** The option to stay until the session has ended: the collection `options` with `waitForOutcome` and `maxWait`. */
export const waitOptions: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	options: [
		{
			displayName: 'Wait for Outcome',
			name: 'waitForOutcome',
			type: 'boolean',
			default: false,
			description:
				'Whether to wait until the session is complete, abandoned or cancelled, and return it with its outcome. The execution stays open meanwhile; for outcomes that take longer than minutes use the ComplyCube Trigger.',
		},
		{
			displayName: 'Max Wait',
			name: 'maxWait',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 10,
			description:
				"How many minutes to wait for the outcome before the item fails. Only used with 'Wait for Outcome'.",
		},
	],
};
