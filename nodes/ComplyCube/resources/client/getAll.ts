import { asFilters } from '../../fields/asFilters';
import { filters } from '../../fields/collections';
import { dateField } from '../../fields/dateField';
import { limitProperties, listOptions, timeFilters } from '../../fields/listFields';
import { metadataPairs } from '../../fields/metadataFields';
import { outputProperties } from '../../fields/outputFields';
import { filterBy } from '../../fields/routing';
import { withoutPreset } from '../../fields/withoutPreset';
import type { Operation } from '../resource';
import {
	CLIENT_FIELDS,
	commonFields,
	companyFields,
	companyNameField,
	emailField,
	personFields,
	personNameFields,
	SIMPLIFIED_FIELDS,
	typeField,
} from './fields';

/** API page "Filtering clients"; the dates and metadata are further down. */
const FILTERS = [
	'birthCountry',
	'companyName',
	'email',
	'firstName',
	'gender',
	'incorporationCountry',
	'incorporationType',
	'lastName',
	'middleName',
	'mobile',
	'nationality',
	'registrationNumber',
	'telephone',
	'type',
	'website',
];

/** API page "List clients". */
export const getAll: Operation = {
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many clients',
	description:
		'List clients, newest first. Filter by type, name, contact details, country, metadata or time.',
	request: { method: 'GET', path: '/clients' },
	plan: { kind: 'list', simplified: SIMPLIFIED_FIELDS },
	outputFields: CLIENT_FIELDS,
	fields: [
		...limitProperties,
		...outputProperties,
		filters('clientFilters', [
			...asFilters(
				[
					withoutPreset({ ...typeField, default: '' }),
					emailField,
					...personNameFields,
					companyNameField,
					...commonFields,
					...personFields,
					...companyFields,
				],
				FILTERS,
			),
			dateField('Date of Birth', 'dob', filterBy('personDetails.dob')),
			dateField('Joined Date', 'joinedDate', filterBy('joinedDate')),
			metadataPairs(filterBy('=metadata.{{ $parent.key }}')),
			...timeFilters,
		]),
		listOptions,
	],
};
