import type { Resource } from '../resource';
import { create } from './create';
import { remove } from './delete';
import { deleteImage } from './deleteImage';
import { downloadImage } from './downloadImage';
import { extractData } from './extractData';
import { get } from './get';
import { getAll } from './getAll';
import { redact } from './redact';
import { update } from './update';
import { uploadImage } from './uploadImage';

/** What a client proves its identity, address or funds with (API page "Documents"). */
export const document: Resource = {
	name: 'Document',
	value: 'document',
	description: 'Proof of identity, address or funds, with its images',
	operations: [
		create,
		remove,
		deleteImage,
		downloadImage,
		extractData,
		get,
		getAll,
		redact,
		update,
		uploadImage,
	],
	default: 'create',
};
