import type { Operation } from '../resource';
import { DOCUMENT_PATH, documentId } from './fields';

/** API page "Get a document". */
export const get: Operation = {
	name: 'Get',
	value: 'get',
	action: 'Get document',
	description: 'Get one document: its client, type, issuing country and which images it has',
	request: { method: 'GET', path: DOCUMENT_PATH },
	plan: { kind: 'read' },
	fields: [documentId],
};
