import { updateDisplayOptions } from 'n8n-workflow';
import { asRequired } from '../../fields/asRequired';
import { byLabel } from '../../fields/byLabel';
import { additionalFields } from '../../fields/collections';
import { metadata } from '../../pipeline/metadata';
import type { Operation } from '../resource';
import {
	commonFields,
	companyFields,
	companyNameField,
	emailField,
	personFields,
	personNameFields,
	typeField,
} from './fields';

/** API page "Create a client". */
export const create: Operation = {
	name: 'Create',
	value: 'create',
	action: 'Create client',
	description: 'Add a person or a company that is going to be verified. It starts no check.',
	request: { method: 'POST', path: '/clients' },
	plan: {
		kind: 'change',
		body: [metadata],
		inDoubt:
			"The client may have been created all the same. Before you run this item again, look for it: Get Many with the filter 'Email'.",
	},
	fields: [
		// Other fields depend on it, which n8n only knows of a fixed value
		{ ...typeField, noDataExpression: true },
		...asRequired([emailField]),
		...updateDisplayOptions({ show: { type: ['person'] } }, asRequired(personNameFields)),
		...updateDisplayOptions({ show: { type: ['company'] } }, asRequired([companyNameField])),
		additionalFields(
			[
				...updateDisplayOptions({ show: { '/type': ['company'] } }, companyFields),
				...updateDisplayOptions({ show: { '/type': ['person'] } }, personFields),
				...commonFields,
			].sort(byLabel),
		),
	],
};
