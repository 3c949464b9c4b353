import { additionalFields } from '../../fields/collections';
import { AN_ID, locator } from '../../fields/locator';
import { inBody } from '../../fields/routing';
import { withoutPreset } from '../../fields/withoutPreset';
import { invalidValue, required, type BodyStep } from '../../pipeline/body';
import type { Operation } from '../resource';
import { CHECK_PATH, checkLocator } from './fields';

const LONGEST_COMMENT = 4000;

const comment: BodyStep = (body) =>
	String(body.comment ?? '').length <= LONGEST_COMMENT
		? body
		: invalidValue(
				'comment',
				`'Comment' has more than ${LONGEST_COMMENT} characters`,
				'Shorten it.',
			);

const OUTCOMES = [
	{ name: 'Attention', value: 'attention', description: 'Needs another look' },
	{
		name: 'Confirmed',
		value: 'confirmed',
		description: 'The match is right, or the document or person is genuine',
	},
	{
		name: 'Rejected',
		value: 'rejected',
		description: 'The match is wrong, or the document or person is not genuine',
	},
];

/** API page "Validate check outcome". */
export const validate: Operation = {
	name: 'Validate',
	value: 'validate',
	action: 'Validate check',
	description:
		'Record your decision on a complete check or on one match of a screening. Sets the outcome.',
	request: { method: 'POST', path: `${CHECK_PATH}/validate` },
	plan: {
		kind: 'change',
		idFrom: 'checkId',
		body: [
			required('outcome', 'Choose one in the list, or let the expression give one of its values.'),
			comment,
		],
		inDoubt:
			'The check may have been validated all the same. Use Get to see its outcome before you run this item again.',
	},
	fields: [
		locator(checkLocator),
		// A decision about a person is nobody's default
		withoutPreset({
			displayName: 'Outcome',
			name: 'outcome',
			type: 'options',
			default: '',
			required: true,
			description: 'Your decision',
			options: OUTCOMES,
			routing: inBody('outcome'),
		}),
		// Not in the collection, where somebody who decides on a screening would not look for it
		{
			displayName: 'Match ID',
			name: 'matchId',
			type: 'string',
			typeOptions: AN_ID,
			default: '',
			placeholder: 'e.g. 5eb2b61e02df0a0008f1cf2a',
			description: 'The match you decide on, from Get Matches',
			hint: 'Required for a screening check. Leave empty for others.',
			routing: inBody('matchId'),
		},
		additionalFields('validationFields', [
			{
				displayName: 'Comment',
				name: 'comment',
				type: 'string',
				typeOptions: { rows: 3 },
				default: '',
				description: 'Why you decided this way, in up to 4,000 characters',
				routing: inBody('comment'),
			},
			{
				displayName: 'Rejection Reasons',
				name: 'rejectionReasons',
				type: 'multiOptions',
				default: [],
				description: 'Only for document checks',
				options: [
					{
						name: 'Document Age Below Threshold',
						value: 'document_age_below_threshold',
					},
					{ name: 'Document Appears Fake', value: 'document_appears_fake' },
					{ name: 'Document Has Expired', value: 'document_has_expired' },
					{ name: 'Document Is Blacklisted', value: 'document_is_blacklisted' },
					{ name: 'Document Is Specimen', value: 'document_is_specimen' },
					{ name: 'Document Misread', value: 'document_misread' },
				],
				routing: inBody('rejectionReasons'),
			},
			{
				displayName: 'User Supplied Data (JSON)',
				name: 'userSuppliedData',
				type: 'json',
				default: '{}',
				description: 'Corrections to the extracted data. Only for document checks.',
				routing: inBody('userSuppliedData'),
			},
		]),
	],
};
