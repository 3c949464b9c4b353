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
			displayName: 'Max Wait',
			name: 'maxWait',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 10,
			description:
				"How many minutes to wait for the outcome, from when it was first looked for, before the item fails. Only used with 'Wait for Outcome'.",
		},
	],
};
