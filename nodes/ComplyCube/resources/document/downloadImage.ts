import { outputDataField } from '../../fields/binaryFields';
import type { Operation } from '../resource';
import { documentId, documentSide, DOWNLOAD_PATH } from './fields';

/** API page "Download image attachment". */
export const downloadImage: Operation = {
	name: 'Download Image',
	value: 'downloadImage',
	action: 'Download image of document',
	description: 'Get the image of one side of a document as a file',
	request: { method: 'GET', path: DOWNLOAD_PATH },
	plan: { kind: 'download', fileName: 'document/:documentId/:documentSide' },
	fields: [documentId, documentSide, outputDataField],
};
