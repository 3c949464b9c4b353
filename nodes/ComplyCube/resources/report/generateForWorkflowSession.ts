import { outputDataField } from '../../fields/binaryFields';
import type { Operation } from '../resource';
import { sessionLocator } from '../workflowSession/session';

/** API page "Generate a workflow session report". */
export const generateForWorkflowSession: Operation = {
	name: 'Generate for Workflow Session',
	value: 'generateForWorkflowSession',
	action: 'Generate report for workflow session',
	description: 'Get a PDF about a workflow session, its tasks and its outcome',
	request: { method: 'GET', path: '/reports' },
	plan: {
		kind: 'download',
		requiredIds: ['workflowSessionId'],
		fileName: 'report/session/:workflowSessionId',
		mayBeLink: true,
	},
	fields: [sessionLocator, outputDataField],
};
