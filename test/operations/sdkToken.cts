import { byId } from '../../sandbox/rig/workflows.cts';
import { ID, seedClient, type Rows } from './row.cts';

export const sdkToken: Rows = {
	create: {
		method: 'POST',
		parameters: { clientId: byId(ID), platform: 'web', referrer: 'https://www.example.com/*' },
		seed: seedClient,
		repeatable: true,
		anonymous: true,
		replies: [{ token: 'header.payload.signature' }],
	},
};
