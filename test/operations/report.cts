import { byId } from '../../sandbox/rig/workflows.cts';
import { ID, seedClient, seedOne, type Rows } from './row.cts';

const reportOn = (object: string) => ({
	contentType: 'application/pdf',
	fileName: `report-${object}-5eb04fcd0f3e360008035eb1.pdf`,
});

export const report: Rows = {
	generateForCheck: {
		method: 'GET',
		parameters: { checkId: byId(ID) },
		seed: seedOne('checks'),
		replies: [reportOn('check')],
	},
	generateForClient: {
		method: 'GET',
		parameters: { clientId: byId(ID) },
		seed: seedClient,
		replies: [reportOn('client')],
	},
	generateForWorkflowSession: {
		method: 'GET',
		parameters: { workflowSessionId: byId(ID) },
		seed: seedOne('workflowSessions'),
		replies: [reportOn('session')],
	},
};
