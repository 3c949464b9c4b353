import {
	updateDisplayOptions,
	type INodeProperties,
	type INodePropertyOptions,
} from 'n8n-workflow';
import { actingMember } from '../../fields/actingMember';
import { asRequired } from '../../fields/asRequired';
import { additionalFields } from '../../fields/collections';
import { countryField } from '../../fields/countryField';
import { dateField } from '../../fields/dateField';
import { metadataFields } from '../../fields/metadataFields';
import { inBody } from '../../fields/routing';
import { withoutPreset } from '../../fields/withoutPreset';

/** The path of one client (API page "Get a client"). */
export const CLIENT_PATH = '/clients/:clientId';

/** The fields of a client that most workflows go on with. */
export const SIMPLIFIED_FIELDS = [
	'id',
	'type',
	'entityName',
	'email',
	'mobile',
	'externalId',
	'joinedDate',
	'createdAt',
	'updatedAt',
];

/** What a client can have beside its ID (API page "Clients"). */
export const CLIENT_FIELDS: INodePropertyOptions[] = [
	{ name: 'Company Details', value: 'companyDetails' },
	{ name: 'Created At', value: 'createdAt' },
	{ name: 'Email', value: 'email' },
	{ name: 'Entity Name', value: 'entityName' },
	{ name: 'External ID', value: 'externalId' },
	{ name: 'Joined Date', value: 'joinedDate' },
	{ name: 'Metadata', value: 'metadata' },
	{ name: 'Mobile', value: 'mobile' },
	{ name: 'Person Details', value: 'personDetails' },
	{ name: 'Telephone', value: 'telephone' },
	{ name: 'Type', value: 'type' },
	{ name: 'Updated At', value: 'updatedAt' },
];

/** Kinds of client (API page "Clients"). */
const TYPES: INodePropertyOptions[] = [
	{ name: 'Company', value: 'company', description: 'A business, for KYB' },
	{ name: 'Person', value: 'person', description: 'An individual, for KYC' },
];

/** API page "Clients". */
export const GENDERS: INodePropertyOptions[] = [
	{ name: 'Female', value: 'female' },
	{ name: 'Male', value: 'male' },
	{ name: 'Other', value: 'other' },
];

/** Kinds of company (API page "Clients"). */
const INCORPORATION_TYPES: INodePropertyOptions[] = [
	{ name: 'Charitable Incorporated Organisation', value: 'charitable_incorporated_organisation' },
	{ name: 'Chartered Company', value: 'chartered_company' },
	{ name: 'Holding Company', value: 'holding_company' },
	{ name: 'Limited Partnership', value: 'limited_partnership' },
	{ name: 'Non-Government Organisation', value: 'non_government_organisation' },
	{ name: 'Private Limited Company', value: 'private_limited_company' },
	{ name: 'Public Limited Company', value: 'public_limited_company' },
	{ name: 'Sole Proprietorship', value: 'sole_proprietorship' },
	{ name: 'Statutory Company', value: 'statutory_company' },
	{ name: 'Subsidiary Company', value: 'subsidiary_company' },
	{ name: 'Unlimited Partnership', value: 'unlimited_partnership' },
];

/** Whether the client is a person or a company. */
export const typeField: INodeProperties = {
	displayName: 'Type',
	name: 'type',
	type: 'options',
	options: TYPES,
	default: 'person',
	routing: inBody('type'),
};

/** The email of a client. */
export const emailField: INodeProperties = {
	displayName: 'Email',
	name: 'email',
	type: 'string',
	default: '',
	placeholder: 'e.g. nathan@example.com',
	routing: inBody('email'),
};

/** The name of a person. */
export const personNameFields: INodeProperties[] = [
	{
		displayName: 'First Name',
		name: 'firstName',
		type: 'string',
		default: '',
		placeholder: 'e.g. Nathan',
		routing: inBody('personDetails.firstName'),
	},
	{
		displayName: 'Last Name',
		name: 'lastName',
		type: 'string',
		default: '',
		placeholder: 'e.g. Smith',
		routing: inBody('personDetails.lastName'),
	},
];

/** The name of a company. */
export const companyNameField: INodeProperties = {
	displayName: 'Company Name',
	name: 'companyName',
	type: 'string',
	default: '',
	placeholder: 'e.g. Example Ltd',
	routing: inBody('companyDetails.name'),
};

/** Fields of every client. */
export const commonFields: INodeProperties[] = [
	actingMember,
	{
		displayName: 'External ID',
		name: 'externalId',
		type: 'string',
		default: '',
		placeholder: 'e.g. customer-4711',
		description: "The client's ID in your own system",
		routing: inBody('externalId'),
	},
	dateField('Joined Date', 'joinedDate', inBody('joinedDate'), 'When they became your client'),
	...metadataFields,
	{
		displayName: 'Mobile',
		name: 'mobile',
		type: 'string',
		default: '',
		placeholder: 'e.g. +12345678910',
		routing: inBody('mobile'),
	},
	{
		displayName: 'Telephone',
		name: 'telephone',
		type: 'string',
		default: '',
		placeholder: 'e.g. +12 345678910',
		routing: inBody('telephone'),
	},
];

/** Fields of a person beside the name. */
export const personFields: INodeProperties[] = [
	countryField('Birth Country', 'birthCountry', inBody('personDetails.birthCountry')),
	dateField(
		'Date of Birth',
		'dob',
		inBody('personDetails.dob'),
		'Strongly recommended for AML screening',
	),
	withoutPreset({
		displayName: 'Gender',
		name: 'gender',
		type: 'options',
		default: '',
		options: GENDERS,
		routing: inBody('personDetails.gender'),
	}),
	{
		displayName: 'Middle Name',
		name: 'middleName',
		type: 'string',
		default: '',
		placeholder: 'e.g. Paul',
		routing: inBody('personDetails.middleName'),
	},
	{
		displayName: 'National Identity Number',
		name: 'nationalIdentityNumber',
		type: 'string',
		default: '',
		routing: inBody('personDetails.nationalIdentityNumber'),
	},
	countryField('Nationality', 'nationality', inBody('personDetails.nationality')),
	{
		displayName: 'Social Insurance Number',
		name: 'socialInsuranceNumber',
		type: 'string',
		default: '',
		routing: inBody('personDetails.socialInsuranceNumber'),
	},
	{
		displayName: 'SSN',
		name: 'ssn',
		type: 'string',
		default: '',
		description: 'Social security number',
		routing: inBody('personDetails.ssn'),
	},
	{
		displayName: 'Tax Identification Number',
		name: 'taxIdentificationNumber',
		type: 'string',
		default: '',
		routing: inBody('personDetails.taxIdentificationNumber'),
	},
];

/** Fields of a company beside the name. */
export const companyFields: INodeProperties[] = [
	countryField(
		'Incorporation Country',
		'incorporationCountry',
		inBody('companyDetails.incorporationCountry'),
	),
	withoutPreset({
		displayName: 'Incorporation Type',
		name: 'incorporationType',
		type: 'options',
		default: '',
		options: INCORPORATION_TYPES,
		routing: inBody('companyDetails.incorporationType'),
	}),
	{
		displayName: 'Registration Number',
		name: 'registrationNumber',
		type: 'string',
		default: '',
		routing: inBody('companyDetails.registrationNumber'),
	},
	{
		displayName: 'Website',
		name: 'website',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://www.example.com',
		routing: inBody('companyDetails.website'),
	},
];

/**
 * What a new client cannot do without.
 *
 * @param nameOf what the parameters are called: n8n evaluates an expression as often as its parameter's name is declared
 * @param typeLabel what the type is called, if there are other types next to it
 */
export function clientBasics(
	nameOf = (name: string) => name,
	typeLabel = typeField.displayName,
): INodeProperties[] {
	const named = (fields: INodeProperties[]) =>
		asRequired(fields).map((field) => ({ ...field, name: nameOf(field.name) }));
	const shownFor = (type: string, fields: INodeProperties[]) =>
		updateDisplayOptions({ show: { [nameOf('type')]: [type] } }, named(fields));
	return [
		// Other fields depend on it, which n8n only knows of a fixed value
		{ ...typeField, displayName: typeLabel, name: nameOf('type'), noDataExpression: true },
		...named([emailField]),
		...shownFor('person', personNameFields),
		...shownFor('company', [companyNameField]),
	];
}

/** The fields of a client that may be new. */
export const newClientFields: INodeProperties[] = [
	...clientBasics(),
	additionalFields('clientFields', [
		...updateDisplayOptions({ show: { '/type': ['company'] } }, companyFields),
		...updateDisplayOptions({ show: { '/type': ['person'] } }, personFields),
		...commonFields,
	]),
];
