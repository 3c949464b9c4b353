import {
	updateDisplayOptions,
	type IDataObject,
	type INodeProperties,
	type INodePropertyOptions,
} from 'n8n-workflow';
import { additionalFields } from '../../fields/collections';
import { locator, templateLocator } from '../../fields/locator';
import { inBody } from '../../fields/routing';
import { withoutPreset } from '../../fields/withoutPreset';
import { flags, onlyIf, orElse, required, requiredId, type BodyStep } from '../../pipeline/body';
import { CHECK_TYPES, monitoringField } from '../check/fields';

/** API page "Create a session (check-driven)". */
const LANGUAGES: INodePropertyOptions[] = [
	{ name: 'Arabic', value: 'ar' },
	{ name: 'Chinese', value: 'zh' },
	{ name: 'Chinese (Hong Kong)', value: 'hk' },
	{ name: 'Dutch', value: 'nl' },
	{ name: 'English', value: 'en' },
	{ name: 'French', value: 'fr' },
	{ name: 'German', value: 'de' },
	{ name: 'Hindi', value: 'hi' },
	{ name: 'Indonesian', value: 'id' },
	{ name: 'Italian', value: 'it' },
	{ name: 'Japanese', value: 'ja' },
	{ name: 'Korean', value: 'ko' },
	{ name: 'Norwegian', value: 'no' },
	{ name: 'Polish', value: 'pl' },
	{ name: 'Portuguese', value: 'pt' },
	{ name: 'Spanish', value: 'es' },
	{ name: 'Swedish', value: 'sv' },
	{ name: 'Thai', value: 'th' },
	{ name: 'Vietnamese', value: 'vi' },
];

/** API page "Create a session (via workflows)". */
const THEMES: INodePropertyOptions[] = [
	{ name: 'Dark', value: 'dark' },
	{ name: 'Light', value: 'light' },
];

/** Checks that ComplyCube's page can lead through (API page "Create a session (check-driven)"). */
const HOSTED_TYPES = [
	'age_estimation_check',
	'document_check',
	'enhanced_identity_check',
	'extensive_screening_check',
	'face_authentication_check',
	'identity_check',
	'proof_of_address_check',
	'standard_screening_check',
];

const hasCheckTypes = (body: IDataObject) => 'checkTypes' in body;

const needsTemplate = (body: IDataObject) => !hasCheckTypes(body);

const forChecks = (fields: INodeProperties[]) =>
	updateDisplayOptions({ show: { '/sessionType': ['checks'] } }, fields);

/** What somebody has to know before the link is made. */
export const SESSION_HINT =
	'Send the link to the client. With a live key, the checks that the client goes through are charged. With a test key, nothing is.';

/** Turns the fields of a session into what ComplyCube wants. */
export const sessionSteps: BodyStep[] = [
	onlyIf(hasCheckTypes, required('checkTypes', 'Choose at least one.')),
	onlyIf(needsTemplate, requiredId('workflowTemplateId')),
	flags('documentTypes'),
	orElse('cancelUrl', 'successUrl'),
];

/** What a link can lead a client through, and how. */
export const sessionFields: INodeProperties[] = [
	{
		displayName: 'Session Type',
		name: 'sessionType',
		type: 'options',
		noDataExpression: true,
		default: 'workflow',
		description: 'What the client goes through',
		options: [
			{ name: 'Checks', value: 'checks', description: 'Individual checks: the older way' },
			{
				name: 'Workflow',
				value: 'workflow',
				description: 'A workflow from the Web Portal: what ComplyCube recommends',
			},
		],
	},
	locator({
		...templateLocator,
		name: 'workflowTemplateId',
		description:
			'The list has the templates used before. For others, enter the ID from the Web Portal. The active version is used.',
		displayOptions: { show: { sessionType: ['workflow'] } },
		routing: inBody('workflowTemplateId'),
	}),
	{
		displayName: 'Check Types',
		name: 'checkTypes',
		type: 'multiOptions',
		default: [],
		required: true,
		description: 'Each is charged with a live key',
		options: CHECK_TYPES.filter(({ value }) => HOSTED_TYPES.includes(String(value))),
		displayOptions: { show: { sessionType: ['checks'] } },
		routing: inBody('checkTypes'),
	},
	{
		displayName: 'Success URL',
		name: 'successUrl',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. https://www.example.com/done',
		description: "Where the client's browser goes at the end",
		routing: inBody('successUrl'),
	},
	{
		displayName: 'Cancel URL',
		name: 'cancelUrl',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://www.example.com/cancelled',
		description: "Where the client's browser goes if the client gives up",
		hint: 'The Success URL if empty',
		routing: inBody('cancelUrl'),
	},
	additionalFields('sessionOptions', [
		...forChecks([
			{
				displayName: 'Allow Document Upload',
				name: 'allowDocumentUpload',
				type: 'boolean',
				default: false,
				description:
					'Whether the client can upload files instead of photographing documents with a phone. On if not added.',
				routing: inBody('allowDocumentUpload'),
			},
			{
				displayName: 'Document Types',
				name: 'documentTypes',
				type: 'multiOptions',
				default: [],
				description: 'Which documents the client can choose from. All if nothing is chosen.',
				options: [
					{ name: 'Driving License', value: 'driving_license' },
					{ name: 'National Identity Card', value: 'national_identity_card' },
					{ name: 'Passport', value: 'passport' },
					{ name: 'Residence Permit', value: 'residence_permit' },
				],
				routing: inBody('documentTypes'),
			},
			monitoringField,
			withoutPreset({
				displayName: 'Language',
				name: 'language',
				type: 'options',
				default: '',
				description: 'The pages are in English if nothing is chosen',
				options: LANGUAGES,
				routing: inBody('language'),
			}),
			{
				displayName: 'Messages (JSON)',
				name: 'messages',
				type: 'json',
				default: '{}',
				description: 'Your own texts for the pages. See "Create a session" in the API reference.',
				routing: inBody('messages'),
			},
		]),
		{
			displayName: 'Short URL',
			name: 'shortUrl',
			type: 'boolean',
			default: true,
			description: 'Whether to create a short link, e.g. for an SMS',
			routing: inBody('shortUrl'),
		},
		{
			displayName: 'Support Email',
			name: 'supportEmail',
			type: 'string',
			default: '',
			placeholder: 'e.g. support@example.com',
			description: 'Shown on the pages',
			routing: inBody('supportEmail'),
		},
		withoutPreset({
			displayName: 'Theme',
			name: 'theme',
			type: 'options',
			default: '',
			description: 'Light if nothing is chosen',
			options: THEMES,
			routing: inBody('theme'),
		}),
	]),
];
