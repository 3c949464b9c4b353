import { nearest } from '../../nodes/ComplyCube/values/nearest';

const OPTIONS = [
	{ name: 'Cancel', value: 'cancel' },
	{ name: 'Complete', value: 'complete' },
	{ name: 'Get', value: 'get' },
	{ name: 'Get Many', value: 'getAll' },
	{ name: 'Hosted Session', value: 'flowSession' },
	{ name: 'Upload Image', value: 'uploadImage' },
	{ name: 'Workflow Session', value: 'workflowSession' },
];

it.each([
	['getMany', 'getAll'],
	['get_many', 'getAll'],
	['GETALL', 'getAll'],
	['Complete', 'complete'],
	['completed', 'complete'],
	['comlpete', 'complete'],
	['workflow_session', 'workflowSession'],
	['workflow session', 'workflowSession'],
	['hostedSession', 'flowSession'],
	['upload', 'uploadImage'],
])('%p is nearest to %p', (text, value) => {
	expect(nearest(text, OPTIONS)?.value).toBe(value);
});

it.each(['', ' ', 'g', '__', '日本', 'x'.repeat(100_000), 'drop table'])(
	'%p is near to none',
	(text) => {
		expect(nearest(text, OPTIONS)).toBeUndefined();
	},
);
