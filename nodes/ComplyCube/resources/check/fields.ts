import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { type Locator } from '../../fields/locator';
import { inBody } from '../../fields/routing';

/** The path of one check (API page "Get a check"). */
export const CHECK_PATH = '/checks/:checkId';

/** The field that chooses the check. */
export const checkLocator: Locator = {
	displayName: 'Check',
	name: 'checkId',
	description: 'Pick a check from the list, newest first, or enter the ID',
	search: 'searchChecks',
	placeholder: 'Select a check…',
};

/** The fields of a check that most workflows go on with. */
export const SIMPLIFIED_FIELDS = [
	'id',
	'clientId',
	'entityName',
	'type',
	'status',
	'result',
	'enableMonitoring',
	'createdAt',
	'updatedAt',
];

/** What a check can have beside its ID (API page "Checks"). */
export const CHECK_FIELDS: INodePropertyOptions[] = [
	{ name: 'Address ID', value: 'addressId' },
	{ name: 'Client Consent', value: 'clientConsent' },
	{ name: 'Client ID', value: 'clientId' },
	{ name: 'Created At', value: 'createdAt' },
	{ name: 'Document ID', value: 'documentId' },
	{ name: 'Enable Monitoring', value: 'enableMonitoring' },
	{ name: 'Entity Name', value: 'entityName' },
	{ name: 'Live Photo ID', value: 'livePhotoId' },
	{ name: 'Live Video ID', value: 'liveVideoId' },
	{ name: 'Options', value: 'options' },
	{ name: 'Result', value: 'result' },
	{ name: 'Status', value: 'status' },
	{ name: 'Type', value: 'type' },
	{ name: 'Updated At', value: 'updatedAt' },
];

/** The setting of a screening that can be changed later (API page "Update a check"). */
export const monitoringField: INodeProperties = {
	displayName: 'Enable Monitoring',
	name: 'enableMonitoring',
	type: 'boolean',
	default: true,
	description:
		'Whether ComplyCube goes on screening the client, and tells the ComplyCube Trigger of new matches',
	routing: inBody('enableMonitoring'),
};

/** Types of check (API page "Create a check"). */
export const CHECK_TYPES: INodePropertyOptions[] = [
	{
		name: 'Age Estimation Check',
		value: 'age_estimation_check',
		description: 'Estimates the age from a live photo',
	},
	{
		name: 'Device Intelligence Check',
		value: 'device_intelligence_check',
		description: "Looks for signs of fraud in the client's device; only a workflow can start it",
	},
	{
		name: 'Document Check',
		value: 'document_check',
		description: 'Tells whether an identity document is genuine, and reads its data',
	},
	{
		name: 'Driving License Check',
		value: 'driving_license_check',
		description: 'Verifies a driving license',
	},
	{
		name: 'eID Check',
		value: 'eid_check',
		description: 'Verifies the client by a national or bank identity scheme, such as BankID',
	},
	{
		name: 'Email Intelligence Check',
		value: 'email_intelligence_check',
		description: "Looks for signs of fraud in the client's email address",
	},
	{
		name: 'Enhanced Identity Check',
		value: 'enhanced_identity_check',
		description: 'Compares an identity document with a live video',
	},
	{
		name: 'Extensive Screening Check',
		value: 'extensive_screening_check',
		description: 'AML screening with adverse media and other lists',
	},
	{
		name: 'Face Authentication Check',
		value: 'face_authentication_check',
		description: 'Tells by a live photo whether it is the same person as before',
	},
	{
		name: 'Identity Check',
		value: 'identity_check',
		description: 'Compares an identity document with a live photo',
	},
	{
		name: 'Identity Fraud Check',
		value: 'identity_fraud_check',
		description: "Looks for signs of fraud in the client's name, address and other data",
	},
	{
		name: 'Mobile Intelligence Check',
		value: 'mobile_intelligence_check',
		description: "Looks for signs of fraud in the client's mobile number",
	},
	{
		name: 'Multi-Bureau Check',
		value: 'multi_bureau_check',
		description: 'Compares name and address with credit agencies, authorities and other sources',
	},
	{
		name: 'Proof of Address Check',
		value: 'proof_of_address_check',
		description: 'Verifies a bank statement, utility bill or other document that shows an address',
	},
	{
		name: 'SSN Check',
		value: 'ssn_check',
		description: 'Verifies the social security number of the client',
	},
	{
		name: 'Standard Screening Check',
		value: 'standard_screening_check',
		description: 'AML screening against sanctions and watchlists, and for political exposure',
	},
];
