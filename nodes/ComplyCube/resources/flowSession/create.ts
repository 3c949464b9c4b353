import { updateDisplayOptions, type IDataObject, type INodeProperties } from 'n8n-workflow';
import { additionalFields } from '../../fields/collections';
import { clientLocator, locator } from '../../fields/locator';
import { inBody } from '../../fields/routing';
import { flags, onlyIf, required, requiredId } from '../../pipeline/body';
import { CHECK_TYPES, monitoringField } from '../check/fields';
import type { Operation } from '../resource';

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

/** API pages "Create a session (via workflows)", "Create a session (check-driven)". */
export const create: Operation = {
	name: 'Create',
	value: 'create',
	action: 'Create hosted session',
	description:
		'Make a link to pages of ComplyCube that lead a client through a workflow or checks. Returns only the link: the ID of the workflow session that begins when the client follows it comes from the ComplyCube Trigger, or from Get Many of workflow sessions with the client. The checks are charged with a live key.',
	request: { method: 'POST', path: '/flow/sessions' },
	plan: {
		kind: 'change',
		requiredIds: ['clientId'],
		body: [
			onlyIf(hasCheckTypes, required('checkTypes', 'Choose at least one.')),
			onlyIf(needsTemplate, requiredId('workflowTemplateId')),
			flags('documentTypes'),
		],
		inDoubt:
			'A link may have been made all the same, but nobody has it and nothing starts until a client follows it. It is safe to run this item again.',
	},
	hint: 'Send the link to the client. With a live key the checks that the client goes through are charged; with a test key nothing is.',
	fields: [
		locator({ ...clientLocator, routing: inBody('clientId') }),
		{
			displayName: 'Session Type',
			name: 'sessionType',
			type: 'options',
			noDataExpression: true,
			default: 'workflow',
			description: 'What the client is led through',
			options: [
				{ name: 'Checks', value: 'checks', description: 'Single checks: the older way' },
				{
					name: 'Workflow',
					value: 'workflow',
					description: 'A workflow of the Web Portal: what ComplyCube recommends',
				},
			],
		},
		locator({
			displayName: 'Workflow Template',
			name: 'workflowTemplateId',
			description:
				'Pick one of the templates that were used before, or enter the ID that the Web Portal shows. Its active version is used.',
			search: 'searchWorkflowTemplates',
			placeholder: 'Select a workflow template…',
			displayOptions: { show: { sessionType: ['workflow'] } },
			routing: inBody('workflowTemplateId'),
		}),
		{
			displayName: 'Check Types',
			name: 'checkTypes',
			type: 'multiOptions',
			default: [],
			required: true,
			description: 'What the client goes through. Each is charged with a live key.',
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
			description: 'Where the browser of the client goes at the end',
			routing: inBody('successUrl'),
		},
		{
			displayName: 'Cancel URL',
			name: 'cancelUrl',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. https://www.example.com/cancelled',
			description: 'Where the browser of the client goes when the client gives up',
			routing: inBody('cancelUrl'),
		},
		additionalFields([
			...forChecks([
				{
					displayName: 'Allow Document Upload',
					name: 'allowDocumentUpload',
					type: 'boolean',
					default: false,
					description:
						'Whether the client may upload files of documents instead of taking pictures with a phone. Allowed if left out.',
					routing: inBody('allowDocumentUpload'),
				},
				{
					displayName: 'Document Types',
					name: 'documentTypes',
					type: 'multiOptions',
					default: [],
					description: 'The documents that the client can choose from; all if nothing is chosen',
					options: [
						{ name: 'Driving License', value: 'driving_license' },
						{ name: 'National Identity Card', value: 'national_identity_card' },
						{ name: 'Passport', value: 'passport' },
						{ name: 'Residence Permit', value: 'residence_permit' },
					],
					routing: inBody('documentTypes'),
				},
				monitoringField,
				{
					displayName: 'Language',
					name: 'language',
					type: 'options',
					default: 'en',
					description: 'What language the pages are in',
					options: [
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
					],
					routing: inBody('language'),
				},
				{
					displayName: 'Messages',
					name: 'messages',
					type: 'json',
					default: '',
					description:
						'Your own texts for the pages, as a JSON object, see the page "Create a session" of the API reference',
					routing: inBody('messages'),
				},
			]),
			{
				displayName: 'Short URL',
				name: 'shortUrl',
				type: 'boolean',
				default: true,
				description: 'Whether to make a short link, as fits into an SMS',
				routing: inBody('shortUrl'),
			},
			{
				displayName: 'Support Email',
				name: 'supportEmail',
				type: 'string',
				default: '',
				placeholder: 'e.g. support@example.com',
				description: 'Shown on the pages; none if left out',
				routing: inBody('supportEmail'),
			},
			{
				displayName: 'Theme',
				name: 'theme',
				type: 'options',
				default: 'dark',
				description: 'What the pages look like. Light if left out.',
				options: [
					{ name: 'Dark', value: 'dark' },
					{ name: 'Light', value: 'light' },
				],
				routing: inBody('theme'),
			},
		]),
	],
};
