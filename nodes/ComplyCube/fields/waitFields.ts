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
				'Whether to wait until the status is complete, or one with which no outcome follows any more, and return everything that is known then. The execution stays open meanwhile; for outcomes that take longer than minutes use the ComplyCube Trigger.',
		},
		{
			displayName: 'Max Wait (Minutes)',
			name: 'maxWait',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 10,
			displayOptions: { show: { waitForOutcome: [true] } },
			description:
				'How long to wait for the outcome, counted from the first look, before the item fails. For outcomes that take hours or days use the ComplyCube Trigger.',
		},
	],
};
