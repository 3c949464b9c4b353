import { updateFields } from '../../fields/collections';
import { clientLocator, locator } from '../../fields/locator';
import { metadataEditFields } from '../../fields/metadataFields';
import { metadata } from '../../pipeline/metadata';
import type { Operation } from '../resource';
import {
	CLIENT_PATH,
	commonFields,
	companyFields,
	companyNameField,
	emailField,
	personFields,
	personNameFields,
} from './fields';

/** API page "Update a client". */
export const update: Operation = {
	name: 'Update',
	value: 'update',
	action: 'Update client',
	description:
		'Change a client. Only the fields you add are sent; a field left empty is sent empty.',
	request: { method: 'POST', path: CLIENT_PATH },
	plan: {
		kind: 'edit',
		body: [metadata],
		keepsEmptyFields: true,
		inDoubt:
			'The client may have been changed all the same. It is safe to run this item again: it sets the same values.',
	},
	fields: [
		locator(clientLocator),
		updateFields('clientUpdates', [
			...companyFields,
			...personFields,
			...commonFields,
			...metadataEditFields,
			companyNameField,
			emailField,
			...personNameFields,
		]),
	],
};
