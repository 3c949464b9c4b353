import { updateDisplayOptions } from 'n8n-workflow';
import { byLabel } from '../../fields/byLabel';
import { additionalFields } from '../../fields/collections';
import type { Operation } from '../resource';
import { inBody } from '../../fields/routing';
import { clientBody, commonFields, companyFields, personFields, TYPES } from './fields';

/** API page "Create a client". */
export const create: Operation = {
	name: 'Create',
	value: 'create',
	action: 'Create client',
	description: 'Add a person or a company that is going to be verified. It starts no check.',
	request: { method: 'POST', path: '/clients' },
	plan: {
		kind: 'change',
		body: clientBody,
		inDoubt:
			"The client may have been created all the same. Before you run this item again, look for it: Get Many with the filter 'Email'.",
	},
	fields: [
		{
			displayName: 'Type',
			name: 'type',
			type: 'options',
			// It decides which fields there are
			noDataExpression: true,
			options: TYPES,
			default: 'person',
			description: 'What kind of client it is',
			routing: inBody('type'),
		},
		{
			displayName: 'Email',
			name: 'email',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. nathan@example.com',
			routing: inBody('email'),
		},
		{
			displayName: 'First Name',
			name: 'firstName',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. Nathan',
			displayOptions: { show: { type: ['person'] } },
			routing: inBody('personDetails.firstName'),
		},
		{
			displayName: 'Last Name',
			name: 'lastName',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. Smith',
			displayOptions: { show: { type: ['person'] } },
			routing: inBody('personDetails.lastName'),
		},
		{
			displayName: 'Company Name',
			name: 'companyName',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. Example Ltd',
			displayOptions: { show: { type: ['company'] } },
			routing: inBody('companyDetails.name'),
		},
		additionalFields(
			[
				...updateDisplayOptions({ show: { '/type': ['company'] } }, companyFields),
				...updateDisplayOptions({ show: { '/type': ['person'] } }, personFields),
				...commonFields,
			].sort(byLabel),
		),
	],
};
