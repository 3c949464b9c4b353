import { locator } from '../../fields/locator';
import type { Polling } from '../../pipeline/polling';

/** The path of one session (API page "Get a workflow session"). */
export const SESSION_PATH = '/workflowSessions/:workflowSessionId';

/** Statuses in which a session stays (API page "Workflow Sessions"). */
const FINAL_STATUSES = ['complete', 'abandoned', 'cancelled'];

/** Waiting for a session to end. */
export const untilFinal: Polling = {
	object: 'session',
	getPath: SESSION_PATH,
	final: FINAL_STATUSES,
};

/** The fields of a session that most workflows go on with; a list has no more to choose from than these and a few. */
export const SIMPLIFIED_FIELDS = [
	'id',
	'status',
	'outcome',
	'clientId',
	'entityName',
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
	description: 'The Web Portal shows the ID',
	search: 'searchWorkflowSessions',
	placeholder: 'Select a session…',
});
