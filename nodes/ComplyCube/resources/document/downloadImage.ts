import { operation } from '../../pipeline/pipeline';
import { outputDataField } from '../../fields/binaryFields';
import type { Operation } from '../resource';
import { documentId, documentSide, DOWNLOAD_PATH } from './fields';

/** API page "Download image attachment". */
export const downloadImage: Operation = {
	name: 'Download Image',
	value: 'downloadImage',
	action: 'Download image of document',
	description: 'Get the image of one side of a document as a file. Reading is free.',
	routing: {
		request: { method: 'GET', url: DOWNLOAD_PATH },
		operations: { pagination: operation({ file: 'document/:documentId/:documentSide' }) },
	},
	properties: [documentId, documentSide, outputDataField],
};
