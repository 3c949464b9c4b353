import type { Operation } from '../resource';
import { splitField } from './fields';

/** API page "Supported documents". */
export const getSupportedDocuments: Operation = {
	name: 'Get Supported Documents',
	value: 'getSupportedDocuments',
	action: 'Get supported documents',
	description:
		'Read which documents of which countries checks take, and how many sides. Reading is free.',
	request: { method: 'GET', path: '/static/supportedDocuments' },
	plan: { kind: 'split', entries: { levels: ['checkType', 'documentType', 'country'] } },
	fields: [splitField],
};
