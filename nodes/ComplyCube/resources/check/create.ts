import {
	updateDisplayOptions,
	type INodeProperties,
	type INodePropertyOptions,
} from 'n8n-workflow';
import { actingMember } from '../../fields/actingMember';
import { additionalFields } from '../../fields/collections';
import { clientLocator, locator } from '../../fields/locator';
import { OPEN, openList } from '../../fields/openList';
import { inBody } from '../../fields/routing';
import { withoutPreset } from '../../fields/withoutPreset';
import { onlyIf, requiredId, type BodyStep } from '../../pipeline/body';
import { screeningListsScope } from '../../pipeline/screeningLists';
import type { Operation } from '../resource';
import { CHECK_TYPES, monitoringField } from './fields';

/** API page "AML Screening Check". */
const LISTS_MODES: INodePropertyOptions[] = [
	{
		name: 'All but These Lists',
		value: 'exclusion',
		description: 'Not documented by ComplyCube',
	},
	{ name: 'Only These Lists', value: 'inclusion' },
];

/** API page "AML Screening Check". */
const NAME_SEARCH_MODES: INodePropertyOptions[] = [
	{
		name: 'Fuzzy',
		value: 'fuzzy',
		description: 'Similar names match too. Used if nothing is chosen.',
	},
	{ name: 'Precise', value: 'precise', description: 'Only exact matches' },
];

/** Only a workflow can start these (API pages "eID Check", "Device Intelligence Check"). */
const WORKFLOW_ONLY = ['device_intelligence_check', 'eid_check'];

const SCREENING = ['extensive_screening_check', 'standard_screening_check'];

/** What a check looks at beside its client, and the types that cannot do without it (API page "Create a check"). */
const NEEDED: Record<string, string[]> = {
	documentId: [
		'document_check',
		'driving_license_check',
		'enhanced_identity_check',
		'identity_check',
		'proof_of_address_check',
	],
	addressId: ['identity_fraud_check', 'multi_bureau_check'],
	livePhotoId: ['age_estimation_check', 'face_authentication_check', 'identity_check'],
	liveVideoId: ['enhanced_identity_check'],
};

const requiredObjects: BodyStep[] = Object.entries(NEEDED).map(([name, types]) =>
	onlyIf(({ type }) => types.includes(String(type)), requiredId(name)),
);

/** The fields that choose what a check looks at, each shown for the types that need it. */
const objectFields: INodeProperties[] = [
	{
		displayName: 'Document',
		name: 'documentId',
		description: 'Its images must have been uploaded already',
		search: 'searchDocuments',
		placeholder: 'Select a document…',
	},
	{
		displayName: 'Address',
		name: 'addressId',
		search: 'searchAddresses',
		placeholder: 'Select an address…',
	},
	{
		displayName: 'Live Photo',
		name: 'livePhotoId',
		search: 'searchLivePhotos',
		placeholder: 'Select a live photo…',
	},
	{
		displayName: 'Live Video',
		name: 'liveVideoId',
		search: 'searchLiveVideos',
		placeholder: 'Select a live video…',
	},
].map((field) =>
	locator({
		...field,
		displayOptions: { show: { type: NEEDED[field.name] } },
		routing: inBody(field.name),
	}),
);

const optionsOf = (types: string[], fields: INodeProperties[]): INodeProperties[] =>
	updateDisplayOptions({ show: { '/type': types } }, fields).map((field) => ({
		...field,
		routing: inBody(`options.${field.name}`),
	}));

/** A switch of one type of check. It starts at off, and is only sent if it was added. */
const switchOf = (displayName: string, name: string, description: string): INodeProperties => ({
	displayName,
	name,
	type: 'boolean',
	default: false,
	description,
});

/** Settings by the types that know them (API pages "AML Screening Check", "Document Check", "Identity Check", "Multi-Bureau Check"). */
const typeOptions: INodeProperties[] = [
	...optionsOf(
		['document_check'],
		[
			{
				displayName: 'Analysis Coverage',
				name: 'analysisCoverage',
				type: 'multiOptions',
				default: [],
				description: 'Which analyses to run. All if nothing is chosen.',
				options: [
					{ name: 'Consistency Analysis', value: 'consistency_analysis' },
					{ name: 'Content Analysis', value: 'content_analysis' },
					{ name: 'Forensic Analysis', value: 'forensic_analysis' },
					{ name: 'Format Analysis', value: 'format_analysis' },
					{ name: 'Front and Back Analysis', value: 'front_back_analysis' },
					{ name: 'MRZ Analysis', value: 'mrz_analysis' },
				],
			},
			switchOf(
				'Client Data Validation',
				'clientDataValidation',
				"Whether to compare the client's first and last name with the document. Off if not added.",
			),
			{
				displayName: 'Minimum Permitted Age',
				name: 'minimumPermittedAge',
				type: 'number',
				typeOptions: { minValue: 1 },
				default: 18,
				description: 'In years. Documents of anyone younger are flagged. 18 if not added.',
			},
		],
	),
	...optionsOf(
		['identity_check'],
		[
			switchOf(
				'Enable Enrolled Faces',
				'enableEnrolledFaces',
				'Whether to look for the face among those enrolled before. On if not added.',
			),
			switchOf(
				'Enable Specimen Matching',
				'enableSpecimenMatching',
				'Whether to compare the document with known specimens. On if not added.',
			),
			switchOf(
				'Enable VPN Detection',
				'enableVpnDetection',
				'Whether to look for signs of a VPN. On if not added.',
			),
		],
	),
	...optionsOf(
		['multi_bureau_check'],
		[
			switchOf(
				'Two Plus Two',
				'twoPlusTwo',
				'Whether two or more bureaus must confirm at least two attributes. ComplyCube enables this on request.',
			),
		],
	),
	...optionsOf(SCREENING, [
		{
			displayName: 'Screening Classification',
			name: 'screeningClassification',
			type: 'multiOptions',
			default: [],
			description: 'Which kinds of match to look for. All if nothing is chosen.',
			options: [
				{
					name: 'Adverse Media: Competitive and Financial',
					value: 'adverseMediaCompetitiveFinancial',
				},
				{
					name: 'Adverse Media: Environment and Production',
					value: 'adverseMediaEnvironmentProduction',
				},
				{ name: 'Adverse Media: Regulatory', value: 'adverseMediaRegulatory' },
				{ name: 'Adverse Media: Social and Labour', value: 'adverseMediaSocialLabour' },
				{ name: 'Other Lists: Associated Entity', value: 'otherListsAssociatedEntity' },
				{ name: 'Other Lists: Corruption', value: 'otherListsCorruption' },
				{ name: 'Other Lists: Financial Crime', value: 'otherListsFinancialCrime' },
				{ name: 'Other Lists: Organised Crime', value: 'otherListsOrganisedCrime' },
				{ name: 'Other Lists: Tax Crime', value: 'otherListsTaxCrime' },
				{ name: 'Other Lists: Trafficking', value: 'otherListsTrafficking' },
				{ name: 'PEP Level 1', value: 'pepLevel1' },
				{ name: 'PEP Level 2', value: 'pepLevel2' },
				{ name: 'PEP Level 3', value: 'pepLevel3' },
				{ name: 'PEP Level 4', value: 'pepLevel4' },
				{ name: 'Watchlist: Other Exclusion Lists', value: 'watchlistOtherExclusionLists' },
				{ name: 'Watchlist: Other Official Lists', value: 'watchlistOtherOfficialLists' },
				{
					name: 'Watchlist: Sanctions Control and Ownership',
					value: 'watchlistSanctionsControlAndOwnership',
				},
				{ name: 'Watchlist: Sanctions Lists', value: 'watchlistSanctionsLists' },
				{ name: 'Watchlist: Terror', value: 'watchlistTerror' },
				{ name: 'Watchlist: War Crimes', value: 'watchlistWarCrimes' },
			],
		},
		{
			displayName: 'Screening List Names or IDs',
			name: 'screeningLists',
			type: 'multiOptions',
			default: [],
			typeOptions: { loadOptionsMethod: 'getScreeningLists', ...OPEN },
			allowArbitraryValues: true,
			description:
				'Which lists to search. All if nothing is chosen. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
		},
		openList({
			displayName: 'Screening Lists Mode',
			name: 'screeningListsMode',
			type: 'options',
			default: '',
			description:
				'What to do with the chosen lists. If nothing is chosen here, only they are searched.',
			options: LISTS_MODES,
		}),
		{
			displayName: 'Screening Scope (JSON)',
			name: 'screeningListsScope',
			type: 'json',
			default: '{}',
			description: 'Mode and lists as one JSON object, instead of choosing them',
		},
		withoutPreset({
			displayName: 'Screening Name Search Mode',
			name: 'screeningNameSearchMode',
			type: 'options',
			default: '',
			options: NAME_SEARCH_MODES,
		}),
	]),
];

/** API page "Create a check". */
export const create: Operation = {
	name: 'Create',
	value: 'create',
	action: 'Create check (charged)',
	description:
		'Charged with a live key. Starts a check. The result comes later, and Get can wait for it.',
	request: { method: 'POST', path: '/checks' },
	plan: {
		kind: 'change',
		requiredIds: ['clientId'],
		body: [...requiredObjects, screeningListsScope],
		inDoubt:
			"The check may have been started, and charged, all the same. Before you run this item again, look for it: Get Many with the filters 'Client' and 'Type'.",
	},
	hint: 'With a live key, the check is charged. With a test key, nothing is.',
	fields: [
		locator({ ...clientLocator, routing: inBody('clientId') }),
		{
			displayName: 'Type',
			name: 'type',
			type: 'options',
			// Other fields depend on it, which n8n only knows of a fixed value
			noDataExpression: true,
			options: CHECK_TYPES.filter(({ value }) => !WORKFLOW_ONLY.includes(String(value))),
			default: 'standard_screening_check',
			routing: inBody('type'),
		},
		...objectFields,
		additionalFields('checkOptions', [
			actingMember,
			{
				displayName: 'Client Consent',
				name: 'clientConsent',
				type: 'boolean',
				default: false,
				description:
					'Whether the client has agreed to the check. Some types of check require this.',
				routing: inBody('clientConsent'),
			},
			...updateDisplayOptions({ show: { '/type': SCREENING } }, [monitoringField]),
			...typeOptions,
		]),
	],
};
