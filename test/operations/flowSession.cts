import { newId } from '../../simulator/store.cts';
import { byId } from '../../sandbox/rig/workflows.cts';
import { ID, seedClient, type Rows } from './row.cts';

const LINK = {
	sessionType: 'checks',
	checkTypes: ['extensive_screening_check'],
	cancelUrl: 'https://www.example.com/cancelled',
};

export const flowSession: Rows = {
	create: {
		method: 'POST',
		parameters: {
			clientId: byId(ID),
			...LINK,
			successUrl: 'https://www.example.com/done',
		},
		seed: seedClient,
		repeatable: true,
		anonymous: true,
		replies: [{ redirectUrl: 'https://example.com/flow/42' }],
	},
	createWithNewClient: {
		method: 'POST',
		before: ['POST'],
		path: '/flow/sessions',
		parameters: {
			clientEmail: `${ID}@example.com`,
			clientFirstName: 'Ada',
			clientLastName: 'Example',
			...LINK,
			successUrl: `=https://www.example.com/done?item={{ $json.id }}`,
		},
		seed: newId,
		anonymous: true,
		replies: [{ clientId: '5eb04fcd0f3e360008035eb1', redirectUrl: 'https://example.com/flow/42' }],
	},
};
