import { byId } from '../../sandbox/rig/workflows.cts';
import { deleted, ID, redacted, seedClientWith, seedOne, type Rows } from './row.cts';

const LIVE_VIDEO = {
	id: '5eb1b5f231778a0008d1c3f6',
	clientId: '5eb1276d96be4a0008713af5',
	language: 'en-GB',
	challenges: [
		{ type: 'voice', value: ['7', '9', '1', '7'] },
		{ type: 'actions', value: ['turnHeadLeft'] },
	],
	createdAt: '2020-01-01T14:06:44.756Z',
	updatedAt: '2020-01-01T14:06:44.756Z',
};

export const liveVideo: Rows = {
	delete: {
		method: 'DELETE',
		parameters: { liveVideoId: ID },
		seed: seedOne('liveVideos'),
		looks: true,
		repeatable: true,
		replies: [deleted(LIVE_VIDEO)],
	},
	get: {
		method: 'GET',
		parameters: { liveVideoId: ID },
		seed: seedOne('liveVideos'),
		replies: [LIVE_VIDEO],
	},
	getAll: {
		method: 'GET',
		parameters: { clientId: byId(ID) },
		seed: seedClientWith('liveVideos'),
		replies: [LIVE_VIDEO],
	},
	redact: {
		method: 'POST',
		parameters: { liveVideoId: ID },
		seed: seedOne('liveVideos'),
		repeatable: true,
		replies: [redacted(LIVE_VIDEO)],
	},
};
