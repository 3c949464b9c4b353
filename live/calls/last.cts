import { byId, type Call } from './call.cts';

const idOf = (name: string) => `={{ $json.${name} }}`;

/** Deletions: whatever else was made is removed without being compared. */
export const deletionCalls: Call[] = [
	{
		name: 'Live Photo: Delete',
		does: {
			resource: 'livePhoto',
			operation: 'delete',
			parameters: { livePhotoId: idOf('livePhotoId') },
		},
	},
	{
		name: 'Document: Delete',
		does: {
			resource: 'document',
			operation: 'delete',
			parameters: { documentId: idOf('documentId') },
		},
	},
	{
		name: 'Address: Delete',
		does: {
			resource: 'address',
			operation: 'delete',
			parameters: { addressId: idOf('addressId') },
		},
	},
	{
		name: 'Client: Delete',
		does: {
			resource: 'client',
			operation: 'delete',
			parameters: { clientId: byId(idOf('clientId')) },
		},
	},
	{
		name: 'get a deleted client',
		does: { method: 'GET', path: '/clients/{{ $json.clientId }}' },
	},
];

/** More requests at once than a test key may make in a second. */
export const BURST: Call = {
	name: 'more requests than the limit',
	does: { method: 'GET', path: '/accountInfo' },
	atOnce: 8,
};
