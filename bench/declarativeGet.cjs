/** The simplest possible Get with n8n's declarative engine: without pacing, checks or advice. */
exports.ComplyCube = class {
	description = {
		displayName: 'Declarative Get',
		name: 'complyCube',
		group: ['transform'],
		version: 1,
		description: 'Gets a workflow session',
		defaults: { name: 'Declarative Get' },
		inputs: ['main'],
		outputs: ['main'],
		credentials: [{ name: 'complyCubeApi', required: true }],
		requestDefaults: { baseURL: '={{$credentials.baseUrl}}' },
		properties: [
			{
				displayName: 'Workflow Session ID',
				name: 'workflowSessionId',
				type: 'string',
				default: '',
				routing: { request: { method: 'GET', url: '=/workflowSessions/{{$value}}' } },
			},
		],
	};
};
