import type { Operation } from '../resource';
import { splitField } from './fields';

/** API page "Supported documents". */
export const getSupportedDocuments: Operation = {
	name: 'Get Supported Documents',
	value: 'getSupportedDocuments',
	action: 'Get supported documents',
	description:
		'Get which documents checks accept from which countries, and how many sides they need',
	request: { method: 'GET', path: '/static/supportedDocuments' },
	plan: { kind: 'split', entries: { levels: ['checkType', 'documentType', 'country'] } },
	fields: [splitField],
};
