import { inputDataField } from '../../fields/binaryFields';
import type { Operation } from '../resource';
import { IMAGE_TYPES } from './fields';

/** API page "Autofill". */
export const extractData: Operation = {
	name: 'Extract Data',
	value: 'extractData',
	action: 'Extract data from document (paid quota)',
	description:
		'Uses paid quota. Reads the data off an image of an identity document; no client is needed.',
	request: { method: 'POST', path: '/autofill' },
	plan: {
		kind: 'change',
		upload: { types: IMAGE_TYPES },
		imagesToBinary: true,
		inDoubt:
			'ComplyCube may have read the document, and counted it in the quota, all the same. Look at the quota in the Web Portal before you run this item again: that counts once more.',
	},
	hint: "Extract Data counts in the quota of ComplyCube's plan, each item once, and is not part of every plan.",
	fields: [inputDataField],
};
