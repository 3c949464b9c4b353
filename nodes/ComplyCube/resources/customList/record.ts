import type { IDataObject, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { countryField } from '../../fields/countryField';
import { inBody } from '../../fields/routing';
import { withoutPreset } from '../../fields/withoutPreset';
import { required, type BodyStep } from '../../pipeline/body';
import { eachRow } from '../../pipeline/rows';

/** A field of several entries; ComplyCube takes them as a list. */
const rows = (
	displayName: string,
	name: string,
	entry: string,
	description: string,
	values: INodeProperties[],
): INodeProperties => ({
	displayName,
	name,
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: `Add ${entry}`,
	default: {},
	description,
	options: [{ displayName: entry, name: 'values', values }],
	routing: inBody(name),
});

const textOf = (displayName: string, name: string, placeholder: string): INodeProperties => ({
	displayName,
	name,
	type: 'string',
	default: '',
	placeholder,
});

/** A row without it is refused: the editor says so before. */
const requiredText = (displayName: string, name: string, placeholder: string): INodeProperties => ({
	...textOf(displayName, name, placeholder),
	required: true,
});

const ofPerson: INodeProperties[] = [
	requiredText('First Name', 'firstName', 'e.g. Nathan'),
	textOf('Middle Name', 'middleName', 'e.g. Paul'),
	requiredText('Last Name', 'lastName', 'e.g. Smith'),
];

const ofCompany: INodeProperties[] = [
	requiredText('Company Name', 'companyName', 'e.g. Example Ltd'),
];

const shownFor = (entityType: string, fields: INodeProperties[]): INodeProperties[] =>
	fields.map((field) => ({
		...field,
		displayOptions: { show: { '/entityType': [entityType] } },
	}));

/** The names of whoever is added. */
export const namesField: INodeProperties = {
	...rows('Names', 'names', 'Name', 'One or more, e.g. with an alias', [
		...shownFor('person', ofPerson),
		...shownFor('company', ofCompany),
		{
			displayName: 'Type',
			name: 'type',
			type: 'options',
			default: 'primary',
			options: [
				{ name: 'Alias', value: 'alias' },
				{ name: 'Localised Name', value: 'localised_name' },
				{ name: 'Low Quality Alias', value: 'low_quality_alias' },
				{ name: 'Maiden Name', value: 'maiden_name' },
				{ name: 'Primary', value: 'primary' },
			],
		},
	]),
	required: true,
};

/** What ties somebody or something to a country; no preset, because a record cannot be corrected. */
const TIES: INodePropertyOptions[] = [
	{ name: 'Citizenship', value: 'Citizenship' },
	{ name: 'Country of Registration', value: 'Country of Registration' },
	{ name: 'Jurisdiction', value: 'Jurisdiction' },
	{ name: 'Resident Of', value: 'Resident of' },
];

/** What happened on a date; no preset either. */
const DATE_TYPES: INodePropertyOptions[] = [
	{ name: 'Date of Birth', value: 'Date of Birth' },
	{ name: 'Date of Registration', value: 'Date of Registration' },
];

/** Where somebody or something belongs. */
export const countriesField = rows(
	'Countries',
	'countries',
	'Country',
	'E.g. of citizenship or registration',
	[
		{ ...countryField('Country', 'country', undefined), required: true },
		withoutPreset({
			displayName: 'Type',
			name: 'type',
			type: 'options',
			default: '',
			required: true,
			options: TIES,
		}),
	],
);

/** When somebody was born, or something registered. */
export const datesField = rows('Dates', 'dates', 'Date', 'Date of birth or registration', [
	{
		displayName: 'Date',
		name: 'date',
		type: 'dateTime',
		typeOptions: { dateOnly: true },
		default: '',
		required: true,
	},
	withoutPreset({
		displayName: 'Type',
		name: 'type',
		type: 'options',
		default: '',
		required: true,
		options: DATE_TYPES,
	}),
]);

/** Pictures of somebody. */
export const imagesField = rows('Images', 'images', 'Image', 'Links to pictures', [
	requiredText('URL', 'url', 'e.g. https://www.example.com/photo.jpg'),
]);

const namesOf = (fields: INodeProperties[]) => fields.map(({ name }) => name);

/** A name with the parts that this kind of entity has; undefined if one is missing that it needs. */
function nameFrom(row: IDataObject, { entityType }: IDataObject): IDataObject | undefined {
	const isPerson = entityType === 'person';
	const needed = isPerson ? ['firstName', 'lastName'] : ['companyName'];
	const parts = [...namesOf(isPerson ? ofPerson : ofCompany), 'type'];
	return needed.every((part) => part in row)
		? Object.fromEntries(parts.filter((part) => part in row).map((part) => [part, row[part]]))
		: undefined;
}

const countryFrom = ({ country, type }: IDataObject): IDataObject | undefined =>
	country && type ? { country, type } : undefined;

function dateFrom({ date, type }: IDataObject): IDataObject | undefined {
	const [year, month, day] = String(date ?? '').split('-');
	return day && type ? { type, date: { day, month, year } } : undefined;
}

const NAME_ADVICE = 'A person has a first and a last name, a company a company name.';

/** What becomes of the fields of a record (API page "Add entity to custom list"). */
export const recordSteps: BodyStep[] = [
	required('entityType', 'Choose whether it is a person or a company.'),
	required('names', `Add at least one. ${NAME_ADVICE}`),
	eachRow('names', nameFrom, 'One of the names is not complete', NAME_ADVICE),
	eachRow(
		'countries',
		countryFrom,
		'One of the countries is not complete',
		'Each needs a country and a type.',
	),
	eachRow('dates', dateFrom, 'One of the dates is not complete', 'Each needs a date and a type.'),
	eachRow(
		'images',
		({ url }) => url,
		'One of the images has no URL',
		'Enter it, or remove the entry.',
	),
];
