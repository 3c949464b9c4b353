import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { countryField } from '../../fields/countryField';
import { dateField } from '../../fields/dateField';
import { idField } from '../../fields/locator';
import { inBody } from '../../fields/routing';
import { withoutPreset } from '../../fields/withoutPreset';

/** API page "Create an address". */
const TYPES: INodePropertyOptions[] = [
	{ name: 'Alternative', value: 'alternative' },
	{ name: 'Main', value: 'main' },
	{ name: 'Other', value: 'other' },
];

/** The path of one address (API page "Get an address"). */
export const ADDRESS_PATH = '/addresses/:addressId';

/** The field that chooses the address. */
export const addressId = idField('Address ID', 'addressId', "The 'id' from Create or Get Many");

/** The fields of an address that most workflows go on with. */
export const SIMPLIFIED_FIELDS = [
	'id',
	'clientId',
	'type',
	'propertyNumber',
	'buildingName',
	'line',
	'city',
	'state',
	'postalCode',
	'country',
];

/** What an address can have beside its ID (API page "Addresses"). */
export const ADDRESS_FIELDS: INodePropertyOptions[] = [
	{ name: 'Building Name', value: 'buildingName' },
	{ name: 'City', value: 'city' },
	{ name: 'Client ID', value: 'clientId' },
	{ name: 'Country', value: 'country' },
	{ name: 'Created At', value: 'createdAt' },
	{ name: 'From Date', value: 'fromDate' },
	{ name: 'Postal Code', value: 'postalCode' },
	{ name: 'Property Number', value: 'propertyNumber' },
	{ name: 'State', value: 'state' },
	{ name: 'Street', value: 'line' },
	{ name: 'To Date', value: 'toDate' },
	{ name: 'Type', value: 'type' },
	{ name: 'Updated At', value: 'updatedAt' },
];

/** The street of an address. */
export const lineField: INodeProperties = {
	displayName: 'Street',
	name: 'line',
	type: 'string',
	default: '',
	placeholder: 'e.g. Common Street',
	routing: inBody('line'),
};

/** The postal code of an address. */
export const postalCodeField: INodeProperties = {
	displayName: 'Postal Code',
	name: 'postalCode',
	type: 'string',
	default: '',
	placeholder: 'e.g. W10 1LL',
	routing: inBody('postalCode'),
};

/** What every address has (API page "Create an address"). */
export const requiredFields: INodeProperties[] = [
	lineField,
	{
		displayName: 'City',
		name: 'city',
		type: 'string',
		default: '',
		placeholder: 'e.g. London',
		routing: inBody('city'),
	},
	countryField('Country', 'country', inBody('country')),
];

/** What an address can have beside. */
export const optionalFields: INodeProperties[] = [
	{
		displayName: 'Building Name',
		name: 'buildingName',
		type: 'string',
		default: '',
		placeholder: 'e.g. Rose Cottage',
		routing: inBody('buildingName'),
	},
	dateField('From Date', 'fromDate', inBody('fromDate'), 'When the client moved in'),
	postalCodeField,
	{
		displayName: 'Property Number',
		name: 'propertyNumber',
		type: 'string',
		default: '',
		placeholder: 'e.g. Flat 323',
		routing: inBody('propertyNumber'),
	},
	{
		displayName: 'State',
		name: 'state',
		type: 'string',
		default: '',
		placeholder: 'e.g. CA',
		description:
			'County, state or province. For the United States, the two-letter postal abbreviation.',
		routing: inBody('state'),
	},
	dateField('To Date', 'toDate', inBody('toDate'), 'When the client moved out'),
	withoutPreset({
		displayName: 'Type',
		name: 'type',
		type: 'options',
		options: TYPES,
		default: '',
		routing: inBody('type'),
	}),
];
