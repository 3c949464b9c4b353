import { inputDataField } from '../../fields/binaryFields';
import type { Operation } from '../resource';
import { DOCUMENT_PATH, documentId, documentSide, IMAGE_TYPES } from './fields';

/** API page "Upload image attachment". */
export const uploadImage: Operation = {
	name: 'Upload Image',
	value: 'uploadImage',
	action: 'Upload image of document',
	description:
		'Add the image of one side of a document: JPG, PNG or PDF, 34 kB to 4 MB. Does not start a check.',
	request: { method: 'POST', path: `${DOCUMENT_PATH}/upload/:documentSide` },
	plan: {
		kind: 'change',
		// The name of the user's file may be personal
		upload: {
			types: IMAGE_TYPES,
			fileName: ':documentSide',
		},
		inDoubt:
			'The image may have been uploaded all the same. Before you run this item again, look at the document: Get shows its images.',
	},
	fields: [documentId, documentSide, inputDataField],
};
