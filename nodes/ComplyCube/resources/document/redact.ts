import type { Operation } from '../resource';
import { DOCUMENT_PATH, documentId } from './fields';

/** API page "Redact image attachment". */
export const redact: Operation = {
	name: 'Redact',
	value: 'redact',
	action: 'Redact document permanently',
	description:
		'Cannot be undone. Removes all images of a document, those used in checks too, and keeps the rest.',
	request: {
		method: 'POST',
		path: `${DOCUMENT_PATH}/redact`,
		// The only attribute there is
		body: { attributes: ['images'] },
	},
	plan: {
		kind: 'change',
		idFrom: 'documentId',
		addToReply: { redacted: true },
		inDoubt:
			'The images may have been redacted all the same. It is safe to run this item again: what is redacted stays redacted.',
	},
	hint: 'Redact removes all images of the document at ComplyCube, those that were used in checks too. It cannot be undone.',
	fields: [documentId],
};
