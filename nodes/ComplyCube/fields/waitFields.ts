import type { INodeProperties } from 'n8n-workflow';

/** The option to stay until the outcome is known: the collection `options` with `waitForOutcome` and `maxWait`. */
export const waitOptions: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	options: [
		{
			displayName: 'Wait for Outcome',
			name: 'waitForOutcome',
			type: 'boolean',
			default: false,
			description:
				'Whether to wait until the outcome is known, or until it is certain that there will be none',
		},
		{
			displayName: 'Max Wait (Minutes)',
			name: 'maxWait',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 10,
			displayOptions: { show: { waitForOutcome: [true] } },
			description:
				'How long to wait before the item fails. For outcomes that take hours, use the ComplyCube Trigger.',
		},
	],
};
