import type { Operation } from '../resource';
import { DOCUMENT_PATH, documentId } from './fields';

/** API page "Get a document". */
export const get: Operation = {
	name: 'Get',
	value: 'get',
	action: 'Get document',
	description:
		'Read one document: its client, type and issuing country, and which images it has. Reading is free.',
	request: { method: 'GET', path: DOCUMENT_PATH },
	plan: { kind: 'read' },
	fields: [documentId],
};
