import { inputDataField } from '../../fields/binaryFields';
import { additionalFields } from '../../fields/collections';
import { clientLocator, locator } from '../../fields/locator';
import { inBody } from '../../fields/routing';
import type { Operation } from '../resource';
import { photo } from './photo';

/** API page "Upload a live photo". */
export const upload: Operation = {
	name: 'Upload',
	value: 'upload',
	action: 'Upload live photo',
	description:
		"Add a picture of a client's face, alone and facing the camera: JPG or PNG, 34 kB to 4 MB",
	request: { method: 'POST', path: photo.path },
	plan: {
		kind: 'change',
		requiredIds: ['clientId'],
		upload: { types: ['image/jpeg', 'image/png'] },
		inDoubt:
			'The live photo may have been uploaded all the same. Before you run this item again, look for it: Get Many lists the live photos of the client, newest first.',
	},
	fields: [
		locator({ ...clientLocator, routing: inBody('clientId') }),
		inputDataField,
		additionalFields('livePhotoFields', [
			{
				displayName: 'Perform Liveness Check',
				name: 'performLivenessCheck',
				type: 'boolean',
				default: true,
				description:
					'Whether to check that the picture shows a live person, not another picture. On if not added.',
				routing: inBody('performLivenessCheck'),
			},
		]),
	],
};
