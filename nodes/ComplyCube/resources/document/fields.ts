import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { countryField } from '../../fields/countryField';
import { idField } from '../../fields/locator';
import { inBody } from '../../fields/routing';
import { withoutPreset } from '../../fields/withoutPreset';
import type { MimeType } from '../../pipeline/fileType';

/** The path of one document (API page "Get a document"). */
export const DOCUMENT_PATH = '/documents/:documentId';

/** Where one side of a document is read (API page "Download image attachment"). */
export const DOWNLOAD_PATH = `${DOCUMENT_PATH}/download/:documentSide`;

/** The field that chooses the document; ComplyCube lists those of one client only (API page "List documents"). */
export const documentId = idField('Document ID', 'documentId', "The 'id' from Create or Get Many");

/** The field that chooses the side (API page "Upload image attachment"). */
export const documentSide: INodeProperties = {
	displayName: 'Document Side',
	name: 'documentSide',
	type: 'options',
	options: [
		{ name: 'Back', value: 'back' },
		{ name: 'Front', value: 'front', description: 'Or the only page' },
	],
	default: 'front',
};

/** What an image of a document can be (API page "Upload image attachment"). */
export const IMAGE_TYPES: MimeType[] = ['image/jpeg', 'image/png', 'application/pdf'];

/** API page "Create a document". */
const TYPES: INodePropertyOptions[] = [
	{ name: 'Bank Statement', value: 'bank_statement' },
	{ name: 'Birth Certificate', value: 'birth_certificate' },
	{ name: 'Change of Name', value: 'change_of_name' },
	{ name: 'Company Annual Accounts', value: 'company_annual_accounts' },
	{ name: 'Company Change of Address', value: 'company_change_of_address' },
	{ name: 'Company Change of Beneficial Owners', value: 'company_change_of_beneficial_owners' },
	{ name: 'Company Change of Officers', value: 'company_change_of_officers' },
	{ name: 'Company Confirmation Statement', value: 'company_confirmation_statement' },
	{ name: 'Company Incorporation', value: 'company_incorporation' },
	{ name: 'Company Statement of Capital', value: 'company_statement_of_capital' },
	{ name: 'Driving License', value: 'driving_license' },
	{ name: 'National Identity Card', value: 'national_identity_card' },
	{ name: 'National Insurance Number', value: 'national_insurance_number' },
	{ name: 'Other', value: 'other' },
	{ name: 'Passport', value: 'passport' },
	{ name: 'Polling Card', value: 'polling_card' },
	{ name: 'Residence Permit', value: 'residence_permit' },
	{ name: 'Social Security Number', value: 'social_security_number' },
	{ name: 'Tax Document', value: 'tax_document' },
	{ name: 'Tax Identification Number', value: 'tax_identification_number' },
	{ name: 'Unknown', value: 'unknown' },
	{ name: 'Utility Bill', value: 'utility_bill' },
	{ name: 'Visa', value: 'visa' },
];

/** API page "Create a document". */
const CLASSIFICATIONS: INodePropertyOptions[] = [
	{ name: 'Company Filing', value: 'company_filing' },
	{ name: 'Other', value: 'other' },
	{ name: 'Proof of Address', value: 'proof_of_address' },
	{ name: 'Proof of Identity', value: 'proof_of_identity' },
	{ name: 'Source of Funds', value: 'source_of_funds' },
	{ name: 'Source of Wealth', value: 'source_of_wealth' },
];

/** What every document has. */
export const typeField: INodeProperties = {
	displayName: 'Type',
	name: 'type',
	type: 'options',
	options: TYPES,
	default: 'passport',
	routing: inBody('type'),
};

/** The type where it may be left out. */
export const optionalTypeField = withoutPreset({ ...typeField, default: '' });

/** What a document can have beside. */
export const optionalFields: INodeProperties[] = [
	withoutPreset({
		displayName: 'Classification',
		name: 'classification',
		type: 'options',
		options: CLASSIFICATIONS,
		default: '',
		description: 'What the document proves',
		routing: inBody('classification'),
	}),
	{
		displayName: 'Document Number',
		name: 'documentNumber',
		type: 'string',
		default: '',
		routing: inBody('documentNumber'),
	},
	countryField(
		'Issuing Country',
		'issuingCountry',
		inBody('issuingCountry'),
		'Some checks need it.',
	),
	{
		displayName: 'Issuing State',
		name: 'issuingState',
		type: 'string',
		default: '',
		placeholder: 'e.g. CA',
		description: 'The US state that issued it, in two letters',
		routing: inBody('issuingState'),
	},
];
