import type { Operation } from '../resource';
import { DOCUMENT_PATH, documentId } from './fields';

/** API page "Delete a document". */
export const remove: Operation = {
	name: 'Delete',
	value: 'delete',
	action: 'Delete document permanently',
	description:
		'Cannot be undone. Deletes a document and its images. If a check has used it, use Redact instead.',
	request: { method: 'DELETE', path: DOCUMENT_PATH },
	plan: {
		kind: 'delete',
		idFrom: 'documentId',
		object: 'document',
		getPath: DOCUMENT_PATH,
	},
	hint: 'Deleting a document and its images at ComplyCube cannot be undone.',
	fields: [documentId],
};
