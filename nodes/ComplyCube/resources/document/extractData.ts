import { inputDataField } from '../../fields/binaryFields';
import type { Operation } from '../resource';
import { IMAGE_TYPES } from './fields';

/** API page "Autofill". */
export const extractData: Operation = {
	name: 'Extract Data',
	value: 'extractData',
	action: 'Extract data from document (paid quota)',
	description:
		'Uses paid quota. Reads the data from an image of an identity document. No client needed.',
	request: { method: 'POST', path: '/autofill' },
	plan: {
		kind: 'change',
		upload: { types: IMAGE_TYPES },
		imagesToBinary: true,
		inDoubt:
			'ComplyCube may have read the document, and counted it in the quota, all the same. Look at the quota in the Web Portal before you run this item again: that counts once more.',
	},
	hint: "Each item counts against your plan's paid quota. Not every plan includes Extract Data.",
	fields: [inputDataField],
};
