import type { INodeProperties } from 'n8n-workflow';
import type { Polling } from '../../request/polling';

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

/**
 * The field that chooses the session.
 *
 * @param operation the value of the operation that shows it
 * @returns the resource locator `workflowSessionId`
 */
export function sessionLocator(operation: string): INodeProperties {
	return {
		displayName: 'Workflow Session',
		name: 'workflowSessionId',
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		required: true,
		description:
			'Pick a session from the list, newest first, or enter its ID. The Web Portal shows the ID.',
		displayOptions: { show: { resource: ['workflowSession'], operation: [operation] } },
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: 'Select a session…',
				typeOptions: {
					searchListMethod: 'searchWorkflowSessions',
					searchable: true,
				},
			},
			{
				displayName: 'By ID',
				name: 'id',
				type: 'string',
				placeholder: 'e.g. 5eb2b61e02df0a0008f1cf2a',
				validation: [
					{
						type: 'regex',
						properties: {
							regex: '^\\s*[^\\s/\\\\?#%]+\\s*$',
							errorMessage: 'An ID contains no spaces and none of the characters / \\ ? # %',
						},
					},
				],
			},
		],
	};
}

/**
 * The option to stay until the session has ended.
 *
 * @param operation the value of the operation that shows it
 * @returns the collection `options` with `waitForOutcome` and `maxWait`
 */
export function waitOptions(operation: string): INodeProperties {
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		displayOptions: { show: { resource: ['workflowSession'], operation: [operation] } },
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
}
