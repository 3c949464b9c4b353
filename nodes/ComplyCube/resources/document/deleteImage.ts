import type { Operation } from '../resource';
import { DOCUMENT_PATH, documentId, documentSide, DOWNLOAD_PATH } from './fields';

/** API page "Delete image attachment". */
export const deleteImage: Operation = {
	name: 'Delete Image',
	value: 'deleteImage',
	action: 'Delete image of document permanently',
	description:
		'Cannot be undone. Deletes the image of one side. If a check has used it, use Redact instead.',
	request: { method: 'DELETE', path: `${DOCUMENT_PATH}/:documentSide` },
	plan: {
		kind: 'delete',
		idFrom: 'documentId',
		object: 'image',
		getPath: DOWNLOAD_PATH,
	},
	hint: 'Deleting an image at ComplyCube cannot be undone.',
	fields: [documentId, documentSide],
};
