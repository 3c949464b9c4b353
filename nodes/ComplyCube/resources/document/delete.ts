import type { Operation } from '../resource';
import { DOCUMENT_PATH, documentId } from './fields';

/** API page "Delete a document". */
export const remove: Operation = {
	name: 'Delete',
	value: 'delete',
	action: 'Delete document',
	description:
		'Delete a document with its images. It cannot be undone. One that was used in a check cannot be deleted, only redacted.',
	request: { method: 'DELETE', path: DOCUMENT_PATH },
	plan: {
		kind: 'delete',
		idFrom: 'documentId',
		object: 'document',
		getPath: DOCUMENT_PATH,
	},
	hint: 'Delete removes the document and its images at ComplyCube. It cannot be undone.',
	fields: [documentId],
};
