import type { Operation } from '../resource';
import { DOCUMENT_PATH, documentId } from './fields';

/** API page "Redact image attachment". */
export const redact: Operation = {
	name: 'Redact',
	value: 'redact',
	action: 'Redact document permanently',
	description:
		'Cannot be undone. Removes all images of a document, including those in checks. The data stays.',
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
	hint: 'Redacting cannot be undone: all images of the document are removed at ComplyCube, including those in checks.',
	fields: [documentId],
};
