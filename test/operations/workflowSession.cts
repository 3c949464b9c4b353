import { byId } from '../../sandbox/rig/workflows.cts';
import { ID, seedClientWith, seedOne, type Rows } from './row.cts';

/** Lists leave out the rest. */
const SUMMARY = {
	id: '5eb2b61e02df0a0008f1cf2a',
	clientId: '5eb1276d96be4a0008713af5',
	entityName: 'John Doe',
	status: 'complete',
	workflowTemplateId: '68566be2a37a78622f4f7be3',
	workflowId: '68566be3a37a78622f4f7be7',
	workflowTemplateName: 'AML + Liveness + Document Verification flow',
	workflowVersion: 1,
	outcome: 'clear',
	createdAt: '2025-01-13T11:35:20.592Z',
	completedAt: '2025-01-13T11:37:30.124Z',
	updatedAt: '2025-01-13T11:39:30.124Z',
};
const SESSION = {
	...SUMMARY,
	workflowTemplateDescription: 'Onboarding of new clients',
	workflowDescription: 'Initial version',
	compliancePolicies: [],
	policyAssurance: [],
	tasks: [],
	lastCompletedTaskId: 'task_id_123',
	allRelatedChecks: [
		{ checkId: '689c78f619987c0002774921', type: 'document_check', taskId: '...' },
		{ checkId: '689c78f619987c0002774922', type: 'identity_check', taskId: '...' },
		{ checkId: '689c78f619987c0002774923', type: 'extensive_screening_check', taskId: '...' },
	],
};

export const workflowSession: Rows = {
	cancel: {
		method: 'POST',
		parameters: { workflowSessionId: byId(ID) },
		seed: seedOne('workflowSessions'),
		looks: true,
		replies: [{ id: SESSION.id, status: 'cancelled' }],
	},
	complete: {
		method: 'POST',
		parameters: { workflowSessionId: byId(ID) },
		seed: seedOne('workflowSessions'),
		looks: true,
		// The second one comes with 'Wait for Outcome'
		replies: [{ id: SESSION.id, status: 'processing' }, SESSION],
	},
	get: {
		method: 'GET',
		parameters: { workflowSessionId: byId(ID) },
		seed: seedOne('workflowSessions'),
		replies: [SESSION],
	},
	getAll: {
		method: 'GET',
		parameters: { filters: { clientId: ID } },
		seed: seedClientWith('workflowSessions'),
		replies: [SUMMARY],
	},
};
