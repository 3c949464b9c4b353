import type { INodePropertyOptions } from 'n8n-workflow';

/** The fields of an entry that most workflows go on with: without the values that changed, which may be personal. */
export const SIMPLIFIED_FIELDS = [
	'id',
	'memberId',
	'action',
	'trigger',
	'resourceType',
	'resourceId',
	'clientId',
	'createdAt',
];

/** What an entry can have beside its ID (API page "Audit Logs"); a list leaves the changed values out. */
export const LIST_FIELDS: INodePropertyOptions[] = [
	{ name: 'Action', value: 'action' },
	{ name: 'Client ID', value: 'clientId' },
	{ name: 'Created At', value: 'createdAt' },
	{ name: 'Member ID', value: 'memberId' },
	{ name: 'Resource ID', value: 'resourceId' },
	{ name: 'Resource Type', value: 'resourceType' },
	{ name: 'Trigger', value: 'trigger' },
];

/** API page "Audit Logs"; the list is open. */
export const ACTIONS: INodePropertyOptions[] = [
	{ name: 'Add', value: 'add' },
	{ name: 'Create', value: 'create' },
	{ name: 'Delete', value: 'delete' },
	{ name: 'Update', value: 'update' },
];

/** API page "Audit Logs"; the list is open. */
export const RESOURCE_TYPES: INodePropertyOptions[] = [
	{ name: 'Access Restriction List', value: 'accessRestrictionList' },
	{ name: 'Account Service Settings', value: 'accountServiceSettings' },
	{ name: 'Address', value: 'address' },
	{ name: 'Allowed IPs', value: 'allowedIps' },
	{ name: 'API Keys', value: 'apiKeys' },
	{ name: 'Autofill', value: 'autofill' },
	{ name: 'Banned Face', value: 'bannedFace' },
	{ name: 'Check', value: 'check' },
	{ name: 'Client', value: 'client' },
	{ name: 'Company Lookup', value: 'companyLookup' },
	{ name: 'Custom List', value: 'customList' },
	{ name: 'Document', value: 'document' },
	{ name: 'OTP Email', value: 'otpEmail' },
	{ name: 'OTP SMS', value: 'otpSMS' },
	{ name: 'Workflow', value: 'workflow' },
	{ name: 'Workflow Session', value: 'workflowSession' },
	{ name: 'Workflow Template', value: 'workflowTemplate' },
];
