import { byId, type Call } from './call.cts';

const CLIENT = byId('={{ $json.clientId }}');
const DOCUMENT = '={{ $json.documentId }}';

/** More than gateways usually let through, in Base64 characters. What ComplyCube lets through is not documented. */
const TOO_LARGE = 11 * 2 ** 20;

/** Documents and photos of the client. */
export const fileCalls: Call[] = [
	{
		name: 'Document: Create',
		does: {
			resource: 'document',
			operation: 'create',
			parameters: {
				clientId: CLIENT,
				// It has two sides, of which it gets one
				type: 'national_identity_card',
			},
			optional: { classification: 'proof_of_identity', issuingCountry: 'BE' },
		},
		keeps: { documentId: 'id' },
	},
	{
		name: 'Document: Upload Image',
		does: {
			resource: 'document',
			operation: 'uploadImage',
			parameters: { documentId: DOCUMENT, documentSide: 'front' },
			sendsPicture: true,
		},
	},
	{
		name: 'upload an image that is too small',
		does: {
			method: 'POST',
			path: '/documents/{{ $json.documentId }}/upload/back',
			body: { fileName: 'back.jpg', data: '/9j/4AAQSkZJRg==' },
		},
	},
	{
		name: 'upload far too much',
		does: {
			method: 'POST',
			path: '/documents/{{ $json.documentId }}/upload/back',
			body: { fileName: 'back.jpg', data: 'A'.repeat(TOO_LARGE) },
		},
	},
	{
		name: 'Document: Get',
		does: { resource: 'document', operation: 'get', parameters: { documentId: DOCUMENT } },
	},
	{
		name: 'Document: Get Many',
		does: { resource: 'document', operation: 'getAll', parameters: { clientId: CLIENT } },
	},
	{
		name: 'Document: Download Image',
		does: {
			resource: 'document',
			operation: 'downloadImage',
			parameters: { documentId: DOCUMENT, documentSide: 'front' },
		},
	},
	{
		name: 'Live Photo: Upload',
		does: {
			resource: 'livePhoto',
			operation: 'upload',
			parameters: { clientId: CLIENT },
			optional: { performLivenessCheck: false },
			sendsPicture: true,
		},
		keeps: { livePhotoId: 'id' },
	},
	{
		name: 'Live Photo: Get Many',
		does: { resource: 'livePhoto', operation: 'getAll', parameters: { clientId: CLIENT } },
	},
	{
		name: 'Live Photo: Download',
		does: {
			resource: 'livePhoto',
			operation: 'download',
			parameters: { livePhotoId: '={{ $json.livePhotoId }}' },
		},
	},
	{
		name: 'Document: Extract Data',
		does: { resource: 'document', operation: 'extractData', sendsPicture: true },
	},
];
