import { byId } from '../../sandbox/rig/workflows.cts';
import { ID, seedClient, type Rows } from './row.cts';

export const flowSession: Rows = {
	create: {
		method: 'POST',
		parameters: {
			clientId: byId(ID),
			sessionType: 'checks',
			checkTypes: ['extensive_screening_check'],
			successUrl: 'https://www.example.com/done',
			cancelUrl: 'https://www.example.com/cancelled',
		},
		seed: seedClient,
		repeatable: true,
		anonymous: true,
		replies: [{ redirectUrl: 'https://example.com/flow/42' }],
	},
};
