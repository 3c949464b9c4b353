import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { type Locator } from '../../fields/locator';
import { inBody } from '../../fields/routing';
import type { Polling } from '../../pipeline/polling';

/** The path of one check (API page "Get a check"). */
export const CHECK_PATH = '/checks/:checkId';

/** Waiting for a check to end. Monitoring and validation may change its result later (API page "Checks"). */
export const untilFinal: Polling = {
	object: 'check',
	getPath: CHECK_PATH,
	final: ['complete', 'failed'],
};

/** The field that chooses the check. */
export const checkLocator: Locator = {
	displayName: 'Check',
	name: 'checkId',
	search: 'searchChecks',
	placeholder: 'Select a check…',
};

/** The fields of a check that most workflows go on with. */
export const SIMPLIFIED_FIELDS = [
	'id',
	'status',
	'result',
	'clientId',
	'entityName',
	'type',
	'enableMonitoring',
	'createdAt',
	'updatedAt',
];

/** What a check can have beside its ID (API page "Checks"). */
export const CHECK_FIELDS: INodePropertyOptions[] = [
	{ name: 'Result', value: 'result' },
	{ name: 'Status', value: 'status' },
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
		'Whether to keep screening the client, so that the ComplyCube Trigger learns of new matches',
	routing: inBody('enableMonitoring'),
};

/** Types of check, and what each needs (API page "Create a check", and those of the types). */
export const CHECK_TYPES: INodePropertyOptions[] = [
	{
		name: 'Age Estimation Check',
		value: 'age_estimation_check',
		description: "Estimates a person's age. Needs a live photo. ComplyCube must enable it.",
	},
	{
		name: 'Device Intelligence Check',
		value: 'device_intelligence_check',
		description: "Looks for signs of fraud in the client's device. Only a workflow can start it.",
	},
	{
		name: 'Document Check',
		value: 'document_check',
		description:
			'Verifies that a document is genuine and reads it. Needs a document with issuing country and images.',
	},
	{
		name: 'Driving License Check',
		value: 'driving_license_check',
		description:
			"Verifies a person's driving license. Needs a document of this type with its document number.",
	},
	{
		name: 'eID Check',
		value: 'eid_check',
		description:
			'Verifies the client with an electronic ID such as BankID. Only a workflow can start it.',
	},
	{
		name: 'Email Intelligence Check',
		value: 'email_intelligence_check',
		description:
			'Looks for signs of fraud. Needs a client with an email. ComplyCube must enable it.',
	},
	{
		name: 'Enhanced Identity Check',
		value: 'enhanced_identity_check',
		description:
			"Compares a person's document with a live video. Needs both, and the document's front image.",
	},
	{
		name: 'Extensive Screening Check',
		value: 'extensive_screening_check',
		description:
			"AML screening with adverse media and other lists. A person's date of birth makes it more precise.",
	},
	{
		name: 'Face Authentication Check',
		value: 'face_authentication_check',
		description:
			'Recognizes a person enrolled in an earlier identity check. Needs a live photo. ComplyCube must enable it.',
	},
	{
		name: 'Identity Check',
		value: 'identity_check',
		description:
			"Compares a person's document with a live photo. Needs both, and the document's front image.",
	},
	{
		name: 'Identity Fraud Check',
		value: 'identity_fraud_check',
		description:
			"Looks for signs of fraud in the client's name, address and other data. Needs an address.",
	},
	{
		name: 'Mobile Intelligence Check',
		value: 'mobile_intelligence_check',
		description:
			'Looks for signs of fraud. Needs a client with a mobile number. ComplyCube must enable it.',
	},
	{
		name: 'Multi-Bureau Check',
		value: 'multi_bureau_check',
		description:
			"Checks a person's name and address with credit agencies and authorities. Needs an address.",
	},
	{
		name: 'Proof of Address Check',
		value: 'proof_of_address_check',
		description:
			"Verifies a document that shows a person's address, e.g. a utility bill. Needs its front image.",
	},
	{
		name: 'SSN Check',
		value: 'ssn_check',
		description: 'Verifies a social security number. Needs a person with an SSN.',
	},
	{
		name: 'Standard Screening Check',
		value: 'standard_screening_check',
		description:
			"AML screening for sanctions, watchlists and political exposure. A person's date of birth makes it more precise.",
	},
];
