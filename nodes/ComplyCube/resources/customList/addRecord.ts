import { additionalFields } from '../../fields/collections';
import { locator } from '../../fields/locator';
import { inBody } from '../../fields/routing';
import { withoutPreset } from '../../fields/withoutPreset';
import { GENDERS } from '../client/fields';
import type { Operation } from '../resource';
import { CUSTOM_LIST_PATH, customListLocator } from './fields';
import { countriesField, datesField, imagesField, namesField, recordSteps } from './record';

/** API page "Add entity to custom list". */
export const addRecord: Operation = {
	name: 'Add Record',
	value: 'addRecord',
	action: 'Add record to custom list permanently',
	description: 'Cannot be undone. Puts a person or company on one of your own screening lists.',
	request: { method: 'POST', path: `${CUSTOM_LIST_PATH}/records` },
	plan: {
		kind: 'change',
		addToReply: { added: true },
		body: recordSteps,
		inDoubt:
			"The record may have been added all the same, and a second time would make two of it. Before you run this item again, look at the counts that Get shows in 'stats'.",
	},
	hint: "Adding a record cannot be undone: ComplyCube's API cannot change or delete records, and adding one twice makes two.",
	fields: [
		locator(customListLocator),
		{
			displayName: 'Entity Type',
			name: 'entityType',
			type: 'options',
			// Other fields depend on it, which n8n only knows of a fixed value
			noDataExpression: true,
			default: 'person',
			options: [
				{ name: 'Company', value: 'company' },
				{ name: 'Person', value: 'person' },
			],
			routing: inBody('entityType'),
		},
		namesField,
		additionalFields('recordFields', [
			{
				displayName: 'Active',
				name: 'active',
				type: 'boolean',
				default: true,
				description: 'Whether the record is active',
				routing: inBody('active'),
			},
			countriesField,
			datesField,
			withoutPreset({
				displayName: 'Gender',
				name: 'gender',
				type: 'options',
				default: '',
				options: GENDERS,
				displayOptions: { show: { '/entityType': ['person'] } },
				routing: inBody('gender'),
			}),
			imagesField,
		]),
	],
};
