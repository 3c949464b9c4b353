import { MARK } from './clients.cts';
import { byId, type Call } from './call.cts';

const CHECK = byId('={{ $json.checkId }}');
const COMPLETE = { path: 'status', value: 'complete' };

/** Checks: free with a test key, and never to be deleted. They go with their client. */
export const checkCalls: Call[] = [
	{
		name: 'Check: Create',
		does: {
			resource: 'check',
			operation: 'create',
			parameters: { clientId: byId('={{ $json.clientId }}'), type: 'standard_screening_check' },
		},
		keeps: { checkId: 'id' },
	},
	{
		name: 'Check: Get',
		does: { resource: 'check', operation: 'get', parameters: { checkId: CHECK } },
		until: COMPLETE,
	},
	{
		name: 'Check: Get Many',
		does: {
			resource: 'check',
			operation: 'getAll',
			optional: { clientId: '={{ $json.clientId }}' },
		},
	},
	{
		name: 'Check: Update',
		does: {
			resource: 'check',
			operation: 'update',
			parameters: { checkId: CHECK, enableMonitoring: false },
		},
	},
	{
		name: 'Report: Generate for Check',
		does: { resource: 'report', operation: 'generateForCheck', parameters: { checkId: CHECK } },
	},
	{
		name: 'Report: Generate for Client',
		does: {
			resource: 'report',
			operation: 'generateForClient',
			parameters: { clientId: byId('={{ $json.clientId }}') },
		},
	},
	{
		name: 'screen without one list',
		does: {
			method: 'POST',
			path: '/checks',
			body: {
				clientId: '{{ $json.clientId }}',
				type: 'standard_screening_check',
				options: { screeningListsScope: { mode: 'exclusion', lists: ['{{ $json.listName }}'] } },
			},
		},
	},
	{
		name: 'check a document without its back',
		does: {
			method: 'POST',
			path: '/checks',
			body: {
				clientId: '{{ $json.clientId }}',
				type: 'document_check',
				documentId: '{{ $json.documentId }}',
			},
		},
	},
	// With a test key, this last name makes a screening find somebody
	{
		name: 'Client: Create for a match',
		does: {
			resource: 'client',
			operation: 'create',
			parameters: {
				email: '=attention-{{ $json.run }}@example.com',
				firstName: 'Ada',
				lastName: 'attention',
			},
			optional: { metadata: { pairs: [{ key: MARK, value: '={{ $json.run }}' }] } },
		},
		keeps: { attentionId: 'id' },
	},
	{
		name: 'Check: Create for a match',
		does: {
			resource: 'check',
			operation: 'create',
			parameters: { clientId: byId('={{ $json.attentionId }}'), type: 'standard_screening_check' },
		},
		keeps: { attentionCheckId: 'id' },
	},
	{
		name: 'a check with a match',
		does: { method: 'GET', path: '/checks/{{ $json.attentionCheckId }}' },
		until: COMPLETE,
		keeps: { matchId: 'result.breakdown.matches.0.id' },
	},
	{
		name: 'Check: Get Matches',
		does: {
			resource: 'check',
			operation: 'getMatches',
			parameters: { checkId: byId('={{ $json.attentionCheckId }}') },
		},
	},
	{
		name: 'Check: Validate',
		does: {
			resource: 'check',
			operation: 'validate',
			parameters: {
				checkId: byId('={{ $json.attentionCheckId }}'),
				outcome: 'rejected',
				matchId: '={{ $json.matchId }}',
			},
		},
	},
];
