import { sampleImage } from '../../simulator/sampleImages.cts';
import { newId } from '../../simulator/store.cts';
import { byId } from '../../sandbox/rig/workflows.cts';
import { deleted, ID, redacted, seedClient, seedClientWith, seedOne, type Rows } from './row.cts';

const IMAGE = {
	id: '5eb169302d868c0008828591',
	fileName: 'front-test.jpg',
	documentSide: 'front',
	downloadLink: '/documents/5eb158880c19580007310f22/images/5eb169302d868c0008828591/download',
	contentType: 'image/jpg',
	size: 72716,
	createdAt: '2020-01-04T17:24:29.146Z',
	updatedAt: '2020-01-04T17:24:29.146Z',
};
const DOCUMENT = {
	id: '5eb158880c19580007310f22',
	clientId: '5eb1276d96be4a0008713af5',
	type: 'driving_license',
	classification: 'proof_of_identity',
	issuingCountry: 'GB',
	issuingState: 'London',
	documentNumber: 'D1',
	images: [IMAGE],
	createdAt: '2020-01-04T17:24:29.146Z',
	updatedAt: '2020-01-04T17:24:29.146Z',
};

const withImage = {
	images: [
		{
			id: newId(),
			fileName: 'front.jpg',
			documentSide: 'front' as const,
			contentType: 'image/jpg',
			data: sampleImage('jpg', 600),
		},
	],
};

export const document: Rows = {
	create: {
		method: 'POST',
		parameters: { clientId: byId(ID) },
		seed: seedClient,
		replies: [DOCUMENT],
	},
	delete: {
		method: 'DELETE',
		parameters: { documentId: ID },
		seed: seedOne('documents'),
		looks: true,
		repeatable: true,
		replies: [deleted(DOCUMENT)],
	},
	deleteImage: {
		method: 'DELETE',
		parameters: { documentId: ID },
		seed: seedOne('documents', withImage),
		looks: true,
		repeatable: true,
		replies: [deleted(DOCUMENT)],
	},
	downloadImage: {
		method: 'GET',
		parameters: { documentId: ID },
		seed: seedOne('documents', withImage),
		replies: [{ fileName: 'front-test.jpg', contentType: 'image/jpg' }],
	},
	extractData: {
		method: 'POST',
		parameters: {},
		seed: newId,
		sendsFile: true,
		anonymous: true,
		undocumented: true,
		replies: [{ firstName: 'John', face: 'face' }],
	},
	get: {
		method: 'GET',
		parameters: { documentId: ID },
		seed: seedOne('documents'),
		replies: [DOCUMENT],
	},
	getAll: {
		method: 'GET',
		parameters: { clientId: byId(ID) },
		seed: seedClientWith('documents'),
		replies: [DOCUMENT],
	},
	redact: {
		method: 'POST',
		parameters: { documentId: ID },
		seed: seedOne('documents', withImage),
		repeatable: true,
		replies: [redacted(DOCUMENT)],
	},
	update: {
		method: 'POST',
		parameters: { documentId: ID, documentUpdates: { classification: 'proof_of_identity' } },
		seed: seedOne('documents'),
		repeatable: true,
		replies: [DOCUMENT],
	},
	uploadImage: {
		method: 'POST',
		parameters: { documentId: ID },
		seed: seedOne('documents'),
		sendsFile: true,
		anonymous: true,
		replies: [IMAGE],
	},
};
