import type { IDataObject } from 'n8n-workflow';
import { byId } from '../engine/resourceCalls.cts';
import { sampleImage } from '../../simulator/sampleImages.cts';
import type { Simulator } from '../../simulator/server.cts';
import { newId } from '../../simulator/store.cts';

/** How an operation is called, and what may be expected of it. */
export interface Operation {
	/** Of its own request; others are looks at the object */
	method: 'GET' | 'POST' | 'DELETE';
	/** Beside resource and operation; `$json.id` is what `seed` returned for the item */
	parameters: IDataObject;
	/** Puts in place what one item needs. Returns the ID that every request about the item mentions */
	seed: (simulator: Simulator) => string;
	/** It looks what became of the object when its request ended in doubt */
	looks?: true;
	/** Carried out twice it does no more harm than once */
	repeatable?: true;
	/** Its output does not say what it is about */
	anonymous?: true;
	/** It sends the item's file */
	sendsFile?: true;
}

const ID = '={{ $json.id }}';
const EMAIL = '={{ $json.id }}@example.com';

type OfClient =
	| 'addresses'
	| 'checks'
	| 'documents'
	| 'liveVideos'
	| 'livePhotos'
	| 'workflowSessions';

const client = ({ clients }: Simulator) => clients.seed()[0].id;

const clientWithEmail = ({ clients }: Simulator) => {
	const id = newId();
	clients.seed({ email: `${id}@example.com` });
	return id;
};

/** An object of a client who is there. */
const one =
	(resource: OfClient, fields: object = {}) =>
	(simulator: Simulator) =>
		simulator[resource].seed({ clientId: client(simulator), ...fields })[0].id;

/** A client who has such an object: lists are asked for by client. */
const clientWith = (resource: OfClient) => (simulator: Simulator) => {
	const clientId = client(simulator);
	simulator[resource].seed({ clientId });
	return clientId;
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

/** By resource and operation. */
export const OPERATIONS: Record<string, Operation> = {
	'client create': {
		method: 'POST',
		parameters: { email: EMAIL, firstName: 'Ada', lastName: 'Example' },
		seed: newId,
	},
	'client delete': {
		method: 'DELETE',
		parameters: { clientId: byId(ID) },
		seed: client,
		looks: true,
		repeatable: true,
	},
	'client get': { method: 'GET', parameters: { clientId: byId(ID) }, seed: client },
	'client getAll': {
		method: 'GET',
		parameters: { filters: { email: EMAIL } },
		seed: clientWithEmail,
	},
	'client getRiskProfile': { method: 'GET', parameters: { clientId: byId(ID) }, seed: client },
	'client update': {
		method: 'POST',
		parameters: { clientId: byId(ID), updateFields: { mobile: '+12345678910' } },
		seed: client,
		repeatable: true,
	},
	'flowSession create': {
		method: 'POST',
		parameters: {
			clientId: byId(ID),
			sessionType: 'checks',
			checkTypes: ['extensive_screening_check'],
			successUrl: 'https://www.example.com/done',
			cancelUrl: 'https://www.example.com/cancelled',
		},
		seed: client,
		repeatable: true,
		anonymous: true,
	},
	'workflowSession cancel': {
		method: 'POST',
		parameters: { workflowSessionId: byId(ID) },
		seed: one('workflowSessions'),
		looks: true,
	},
	'workflowSession complete': {
		method: 'POST',
		parameters: { workflowSessionId: byId(ID) },
		seed: one('workflowSessions'),
		looks: true,
	},
	'workflowSession get': {
		method: 'GET',
		parameters: { workflowSessionId: byId(ID) },
		seed: one('workflowSessions'),
	},
	'workflowSession getAll': {
		method: 'GET',
		parameters: { filters: { clientId: ID } },
		seed: clientWith('workflowSessions'),
	},
	'check create': {
		method: 'POST',
		parameters: { clientId: byId(ID), type: 'extensive_screening_check' },
		seed: client,
	},
	'check get': { method: 'GET', parameters: { checkId: byId(ID) }, seed: one('checks') },
	'check getAll': {
		method: 'GET',
		parameters: { filters: { clientId: ID } },
		seed: clientWith('checks'),
	},
	'check redact': {
		method: 'POST',
		parameters: { checkId: byId(ID), images: ['face'] },
		seed: one('checks', { type: 'document_check' }),
		repeatable: true,
	},
	'check update': {
		method: 'POST',
		parameters: { checkId: byId(ID), enableMonitoring: true },
		seed: one('checks'),
		repeatable: true,
	},
	'check validate': {
		method: 'POST',
		parameters: { checkId: byId(ID), outcome: 'confirmed' },
		seed: one('checks', { type: 'document_check' }),
	},
	'report generateForCheck': {
		method: 'GET',
		parameters: { checkId: byId(ID) },
		seed: one('checks'),
	},
	'report generateForClient': { method: 'GET', parameters: { clientId: byId(ID) }, seed: client },
	'document create': { method: 'POST', parameters: { clientId: byId(ID) }, seed: client },
	'document delete': {
		method: 'DELETE',
		parameters: { documentId: ID },
		seed: one('documents'),
		looks: true,
		repeatable: true,
	},
	'document deleteImage': {
		method: 'DELETE',
		parameters: { documentId: ID },
		seed: one('documents', withImage),
		looks: true,
		repeatable: true,
	},
	'document downloadImage': {
		method: 'GET',
		parameters: { documentId: ID },
		seed: one('documents', withImage),
	},
	'document get': { method: 'GET', parameters: { documentId: ID }, seed: one('documents') },
	'document getAll': {
		method: 'GET',
		parameters: { clientId: byId(ID) },
		seed: clientWith('documents'),
	},
	'document redact': {
		method: 'POST',
		parameters: { documentId: ID },
		seed: one('documents', withImage),
		repeatable: true,
	},
	'document update': {
		method: 'POST',
		parameters: { documentId: ID, updateFields: { classification: 'proof_of_identity' } },
		seed: one('documents'),
		repeatable: true,
	},
	'document uploadImage': {
		method: 'POST',
		parameters: { documentId: ID },
		seed: one('documents'),
		sendsFile: true,
		anonymous: true,
	},
	'livePhoto delete': {
		method: 'DELETE',
		parameters: { livePhotoId: ID },
		seed: one('livePhotos'),
		looks: true,
		repeatable: true,
	},
	'livePhoto download': {
		method: 'GET',
		parameters: { livePhotoId: ID },
		seed: one('livePhotos'),
	},
	'livePhoto get': { method: 'GET', parameters: { livePhotoId: ID }, seed: one('livePhotos') },
	'livePhoto getAll': {
		method: 'GET',
		parameters: { clientId: byId(ID) },
		seed: clientWith('livePhotos'),
	},
	'livePhoto redact': {
		method: 'POST',
		parameters: { livePhotoId: ID },
		seed: one('livePhotos'),
		repeatable: true,
	},
	'livePhoto upload': {
		method: 'POST',
		parameters: { clientId: byId(ID) },
		seed: client,
		sendsFile: true,
	},
	'liveVideo delete': {
		method: 'DELETE',
		parameters: { liveVideoId: ID },
		seed: one('liveVideos'),
		looks: true,
		repeatable: true,
	},
	'liveVideo get': { method: 'GET', parameters: { liveVideoId: ID }, seed: one('liveVideos') },
	'liveVideo getAll': {
		method: 'GET',
		parameters: { clientId: byId(ID) },
		seed: clientWith('liveVideos'),
	},
	'liveVideo redact': {
		method: 'POST',
		parameters: { liveVideoId: ID },
		seed: one('liveVideos'),
		repeatable: true,
	},
	'address create': {
		method: 'POST',
		parameters: { clientId: byId(ID), line: 'Common Street', city: 'London', country: 'GB' },
		seed: client,
	},
	'address delete': {
		method: 'DELETE',
		parameters: { addressId: ID },
		seed: one('addresses'),
		looks: true,
		repeatable: true,
	},
	'address get': { method: 'GET', parameters: { addressId: ID }, seed: one('addresses') },
	'address getAll': {
		method: 'GET',
		parameters: { clientId: byId(ID) },
		seed: clientWith('addresses'),
	},
	'address update': {
		method: 'POST',
		parameters: { addressId: ID, updateFields: { city: 'Leeds' } },
		seed: one('addresses'),
		repeatable: true,
	},
};
