import type { INodeProperties } from 'n8n-workflow';
import { inBody } from './routing';

/**
 * A field of key-value pairs.
 *
 * @param description what the pairs are for
 * @param valueRouting where each value goes, if the field as a whole goes nowhere
 */
export const metadataPairs = (
	description: string,
	valueRouting?: INodeProperties['routing'],
): INodeProperties => ({
	displayName: 'Metadata',
	name: 'metadata',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Pair',
	default: {},
	description,
	options: [
		{
			displayName: 'Pair',
			name: 'pairs',
			values: [
				{
					displayName: 'Key',
					name: 'key',
					type: 'string',
					default: '',
					placeholder: 'e.g. plan',
				},
				{
					displayName: 'Value',
					name: 'value',
					type: 'string',
					default: '',
					placeholder: 'e.g. premium',
					...(valueRouting && { routing: valueRouting }),
				},
			],
		},
	],
});

/** Own facts about an object, as pairs and as JSON; `metadata` of `pipeline/body.ts` joins them (API page "Clients"). */
export const metadataFields: INodeProperties[] = [
	{
		...metadataPairs(
			'Your own facts: up to 50, with names of up to 40 and values of up to 500 characters',
		),
		routing: inBody('metadata'),
	},
	{
		displayName: 'Metadata (JSON)',
		name: 'metadataJson',
		type: 'json',
		default: '',
		description:
			'Your own facts as one JSON object, e.g. from an expression. With Update, {} takes all of them away.',
		routing: inBody('metadataJson'),
	},
];

/** Changes of single entries, which leave the others as they are; `kinds/edit.ts` carries them out. */
export const metadataEditFields: INodeProperties[] = [
	{
		displayName: 'Metadata to Remove',
		name: 'metadataToRemove',
		type: 'string',
		default: '',
		placeholder: 'e.g. plan, region',
		description:
			'The keys of entries to remove, separated by commas. The client is read first: of two runs at the same moment, one may undo what the other did.',
		routing: inBody('metadataToRemove'),
	},
	{
		...metadataPairs(
			'Entries to add or change; all others stay. The client is read first: of two runs at the same moment, one may undo what the other did.',
		),
		displayName: 'Metadata to Set',
		name: 'metadataToSet',
		routing: inBody('metadataToSet'),
	},
];
