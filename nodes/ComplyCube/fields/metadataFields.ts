import type { INodeProperties } from 'n8n-workflow';
import { inBody } from './routing';

/**
 * A field of key-value pairs.
 *
 * @param valueRouting where each value goes, if the field as a whole goes nowhere
 */
export const metadataPairs = (valueRouting?: INodeProperties['routing']): INodeProperties => ({
	displayName: 'Metadata',
	name: 'metadata',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Pair',
	default: {},
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
		...metadataPairs(),
		description:
			'Your own data: up to 50 pairs, with keys of up to 40 and values of up to 500 characters',
		routing: inBody('metadata'),
	},
	{
		displayName: 'Metadata (JSON)',
		name: 'metadataJson',
		type: 'json',
		default: '{}',
		description:
			'Your own data as one JSON object, e.g. from an expression. In an Update, {} removes all of it.',
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
			'The keys to remove, separated by commas. Of two runs at the same time, one may undo what the other did.',
		routing: inBody('metadataToRemove'),
	},
	{
		...metadataPairs(),
		description:
			'Pairs to add or change. All others stay. Of two runs at the same time, one may undo what the other did.',
		displayName: 'Metadata to Set',
		name: 'metadataToSet',
		routing: inBody('metadataToSet'),
	},
];
