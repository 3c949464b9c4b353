import { byId } from '../../sandbox/rig/workflows.cts';
import { deleted, ID, redacted, seedClient, seedClientWith, seedOne, type Rows } from './row.cts';

const LIVE_PHOTO = {
	id: '5eb1b5f231778a0008d1c3f6',
	clientId: '5eb1276d96be4a0008713af5',
	downloadLink: '/livePhotos/5eb1b5f231778a0008d1c3f6/download',
	contentType: 'images/jpg',
	performLivenessCheck: true,
	size: 44896,
	createdAt: '2020-01-01T14:06:44.756Z',
	updatedAt: '2020-01-01T14:06:44.756Z',
};

export const livePhoto: Rows = {
	delete: {
		method: 'DELETE',
		parameters: { livePhotoId: ID },
		seed: seedOne('livePhotos'),
		looks: true,
		repeatable: true,
		replies: [deleted(LIVE_PHOTO)],
	},
	download: {
		method: 'GET',
		parameters: { livePhotoId: ID },
		seed: seedOne('livePhotos'),
		replies: [
			{ id: LIVE_PHOTO.id, fileName: 'selfie_1588704754226.jpg', contentType: 'image/jpg' },
		],
	},
	get: {
		method: 'GET',
		parameters: { livePhotoId: ID },
		seed: seedOne('livePhotos'),
		replies: [LIVE_PHOTO],
	},
	getAll: {
		method: 'GET',
		parameters: { clientId: byId(ID) },
		seed: seedClientWith('livePhotos'),
		replies: [LIVE_PHOTO],
	},
	redact: {
		method: 'POST',
		parameters: { livePhotoId: ID },
		seed: seedOne('livePhotos'),
		repeatable: true,
		replies: [redacted(LIVE_PHOTO)],
	},
	upload: {
		method: 'POST',
		parameters: { clientId: byId(ID) },
		seed: seedClient,
		sendsFile: true,
		replies: [LIVE_PHOTO],
	},
};
