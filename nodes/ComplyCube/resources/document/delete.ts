import { operation } from '../../pipeline/pipeline';
import type { Operation } from '../resource';
import { DOCUMENT_PATH, documentId } from './fields';

/** API page "Delete a document". */
export const remove: Operation = {
	name: 'Delete',
	value: 'delete',
	action: 'Delete document',
	description:
		'Delete a document with its images. It cannot be undone. One that was used in a check cannot be deleted, only redacted.',
	routing: {
		request: { method: 'DELETE', url: DOCUMENT_PATH },
		operations: {
			pagination: operation({
				idFrom: 'documentId',
				deletion: { object: 'document', look: DOCUMENT_PATH },
			}),
		},
	},
	hint: 'Delete removes the document and its images at ComplyCube. It cannot be undone.',
	properties: [documentId],
};
