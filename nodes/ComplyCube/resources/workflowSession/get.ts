import { outputProperties } from '../../fields/outputFields';
import { waitOptions } from '../../fields/waitFields';
import type { Operation } from '../resource';
import { SESSION_PATH, sessionLocator, SIMPLIFIED_FIELDS, untilFinal } from './session';

const FIELDS = [
	{ name: 'Outcome', value: 'outcome' },
	{ name: 'Status', value: 'status' },
	{ name: 'All Related Checks', value: 'allRelatedChecks' },
	{ name: 'Client ID', value: 'clientId' },
	{ name: 'Completed At', value: 'completedAt' },
	{ name: 'Compliance Policies', value: 'compliancePolicies' },
	{ name: 'Created At', value: 'createdAt' },
	{ name: 'Entity Name', value: 'entityName' },
	{ name: 'Last Completed Task ID', value: 'lastCompletedTaskId' },
	{ name: 'Policy Assurance', value: 'policyAssurance' },
	{ name: 'Tasks', value: 'tasks' },
	{ name: 'Updated At', value: 'updatedAt' },
	{ name: 'Workflow Description', value: 'workflowDescription' },
	{ name: 'Workflow ID', value: 'workflowId' },
	{ name: 'Workflow Template Description', value: 'workflowTemplateDescription' },
	{ name: 'Workflow Template ID', value: 'workflowTemplateId' },
	{ name: 'Workflow Template Name', value: 'workflowTemplateName' },
	{ name: 'Workflow Version', value: 'workflowVersion' },
];

/** API page "Get a workflow session". */
export const get: Operation = {
	name: 'Get',
	value: 'get',
	action: 'Get workflow session',
	description: 'Get one session: its status, client, checks and, once known, its outcome',
	request: { method: 'GET', path: SESSION_PATH },
	plan: { kind: 'read', simplified: SIMPLIFIED_FIELDS, polling: untilFinal },
	outputFields: FIELDS,
	fields: [sessionLocator, ...outputProperties, waitOptions],
};
