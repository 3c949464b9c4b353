import { actingMember } from '../../fields/actingMember';
import { updateFields } from '../../fields/collections';
import type { Operation } from '../resource';
import { DOCUMENT_PATH, documentId, optionalFields, optionalTypeField } from './fields';

/** API page "Update a document". */
export const update: Operation = {
	name: 'Update',
	value: 'update',
	action: 'Update document',
	description:
		'Change a document. Only the fields you add are sent; a field left empty is sent empty.',
	request: { method: 'POST', path: DOCUMENT_PATH },
	plan: {
		kind: 'change',
		keepsEmptyFields: true,
		inDoubt:
			'The document may have been changed all the same. It is safe to run this item again: it sets the same values.',
	},
	fields: [
		documentId,
		updateFields('documentUpdates', [actingMember, ...optionalFields, optionalTypeField]),
	],
};
