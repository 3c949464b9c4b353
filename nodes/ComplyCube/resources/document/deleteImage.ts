import type { Operation } from '../resource';
import { DOCUMENT_PATH, documentId, documentSide, DOWNLOAD_PATH } from './fields';

/** API page "Delete image attachment". */
export const deleteImage: Operation = {
	name: 'Delete Image',
	value: 'deleteImage',
	action: 'Delete image of document',
	description:
		'Delete the image of one side of a document. It cannot be undone. One that was used in a check cannot be deleted, only redacted.',
	request: { method: 'DELETE', path: `${DOCUMENT_PATH}/:documentSide` },
	plan: {
		kind: 'delete',
		idFrom: 'documentId',
		object: 'image',
		getPath: DOWNLOAD_PATH,
	},
	hint: 'Delete Image removes the image of this side at ComplyCube. It cannot be undone.',
	fields: [documentId, documentSide],
};
