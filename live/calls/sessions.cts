import { byId, type Call } from './call.cts';

const UNKNOWN_ID = '5eb2b61e02df0a0008f1cf2b';

/** Lists one session with this filter. */
const filterBy = (filter: string, more: Partial<Call> = {}): Call => ({
	name: `workflow sessions with ${filter}`,
	does: { method: 'GET', path: `/workflowSessions?pageSize=1&${filter}` },
	isAccountWide: true,
	...more,
});

/** Workflow sessions: only people begin them, so these calls read those that the account has. */
export const sessionCalls: Call[] = [
	{
		name: 'Workflow Session: Get Many',
		does: { resource: 'workflowSession', operation: 'getAll' },
		keeps: { sessionId: 'items.0.id', templateId: 'items.0.workflowTemplateId' },
		isAccountWide: true,
	},
	// A session that is complete has more to show
	filterBy('status=complete', { keeps: { sessionId: 'items.0.id' } }),
	filterBy('status=started'),
	filterBy('outcome=clear'),
	filterBy('outcome=attention'),
	filterBy('outcome=review'),
	filterBy('outcome=decline'),
	{
		name: 'Workflow Session: Get',
		does: {
			resource: 'workflowSession',
			operation: 'get',
			parameters: { workflowSessionId: byId('={{ $json.sessionId }}') },
		},
	},
	{
		name: 'Report: Generate for Workflow Session',
		does: {
			resource: 'report',
			operation: 'generateForWorkflowSession',
			parameters: { workflowSessionId: byId('={{ $json.sessionId }}') },
		},
	},
	{
		name: 'cancel an unknown session',
		does: { method: 'POST', path: `/workflowSessions/${UNKNOWN_ID}/cancel` },
	},
	{
		name: 'complete a session with an ID that cannot exist',
		does: { method: 'POST', path: '/workflowSessions/nonexistentid/complete' },
	},
];

/** What becomes of sessions that are begun and may be ended. */
export const endingCalls: Call[] = [
	{
		name: 'Workflow Session: Cancel',
		does: {
			resource: 'workflowSession',
			operation: 'cancel',
			parameters: { workflowSessionId: byId('={{ $json.sessionToCancel }}') },
		},
	},
	{
		name: 'cancel a session again',
		does: { method: 'POST', path: '/workflowSessions/{{ $json.sessionToCancel }}/cancel' },
	},
	{
		name: 'complete a cancelled session',
		does: { method: 'POST', path: '/workflowSessions/{{ $json.sessionToCancel }}/complete' },
	},
	{
		name: 'Workflow Session: Complete',
		does: {
			resource: 'workflowSession',
			operation: 'complete',
			parameters: { workflowSessionId: byId('={{ $json.sessionToComplete }}') },
		},
	},
	{
		name: 'complete a session again',
		does: { method: 'POST', path: '/workflowSessions/{{ $json.sessionToComplete }}/complete' },
	},
];
