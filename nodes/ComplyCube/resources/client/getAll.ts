import { filters } from '../../fields/collections';
import { dateField } from '../../fields/dateField';
import { countries } from '../../fields/countries';
import { limitProperties, listOptions, timeFilters } from '../../fields/listFields';
import { metadataPairs } from '../../fields/metadataFields';
import { outputProperties } from '../../fields/outputFields';
import type { Operation } from '../resource';
import { filterBy } from '../../fields/routing';
import { CLIENT_FIELDS, GENDERS, INCORPORATION_TYPES, SIMPLIFIED_FIELDS, TYPES } from './fields';

/** API page "List clients". */
export const getAll: Operation = {
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many clients',
	description:
		'List clients, newest first. Filter by type, name, contact details, country, metadata or time.',
	request: { method: 'GET', path: '/clients' },
	plan: { kind: 'list', simplified: SIMPLIFIED_FIELDS },
	fields: [
		...limitProperties,
		...outputProperties(CLIENT_FIELDS),
		filters([
			{
				displayName: 'Birth Country Name or Code',
				name: 'birthCountry',
				type: 'options',
				options: countries,
				default: '',
				description: 'An expression gives the two-letter ISO code',
				routing: filterBy('personDetails.birthCountry'),
			},
			{
				displayName: 'Company Name',
				name: 'companyName',
				type: 'string',
				default: '',
				routing: filterBy('companyDetails.name'),
			},
			dateField(
				'Date of Birth',
				'dob',
				filterBy('personDetails.dob'),
				'Only people who were born on this day',
			),
			{
				displayName: 'Email',
				name: 'email',
				type: 'string',
				placeholder: 'name@email.com',
				default: '',
				routing: filterBy('email'),
			},
			{
				displayName: 'First Name',
				name: 'firstName',
				type: 'string',
				default: '',
				routing: filterBy('personDetails.firstName'),
			},
			{
				displayName: 'Gender',
				name: 'gender',
				type: 'options',
				options: GENDERS,
				default: 'female',
				routing: filterBy('personDetails.gender'),
			},
			{
				displayName: 'Incorporation Country Name or Code',
				name: 'incorporationCountry',
				type: 'options',
				options: countries,
				default: '',
				description: 'An expression gives the two-letter ISO code',
				routing: filterBy('companyDetails.incorporationCountry'),
			},
			{
				displayName: 'Incorporation Type',
				name: 'incorporationType',
				type: 'options',
				options: INCORPORATION_TYPES,
				default: 'private_limited_company',
				routing: filterBy('companyDetails.incorporationType'),
			},
			dateField(
				'Joined Date',
				'joinedDate',
				filterBy('joinedDate'),
				'Only clients who joined you on this day',
			),
			{
				displayName: 'Last Name',
				name: 'lastName',
				type: 'string',
				default: '',
				routing: filterBy('personDetails.lastName'),
			},
			metadataPairs('Only clients with this metadata', filterBy('=metadata.{{ $parent.key }}')),
			{
				displayName: 'Middle Name',
				name: 'middleName',
				type: 'string',
				default: '',
				routing: filterBy('personDetails.middleName'),
			},
			{
				displayName: 'Mobile',
				name: 'mobile',
				type: 'string',
				default: '',
				routing: filterBy('mobile'),
			},
			{
				displayName: 'Nationality Name or Code',
				name: 'nationality',
				type: 'options',
				options: countries,
				default: '',
				description: 'An expression gives the two-letter ISO code',
				routing: filterBy('personDetails.nationality'),
			},
			{
				displayName: 'Registration Number',
				name: 'registrationNumber',
				type: 'string',
				default: '',
				routing: filterBy('companyDetails.registrationNumber'),
			},
			{
				displayName: 'Telephone',
				name: 'telephone',
				type: 'string',
				default: '',
				routing: filterBy('telephone'),
			},
			{
				displayName: 'Type',
				name: 'type',
				type: 'options',
				options: TYPES,
				default: 'person',
				routing: filterBy('type'),
			},
			{
				displayName: 'Website',
				name: 'website',
				type: 'string',
				default: '',
				routing: filterBy('companyDetails.website'),
			},
			...timeFilters,
		]),
		listOptions,
	],
};
