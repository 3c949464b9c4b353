import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { withSharedLocators } from '../sharedLocators';
import { cancel, cancelProperties } from './cancel';
import { complete, completeProperties } from './complete';
import { get, getProperties } from './get';
import { getAll, getAllProperties } from './getAll';

/** One run, by one client, of a published workflow template (API page "Workflow Sessions"). */
export const workflowSession: INodePropertyOptions = {
	name: 'Workflow Session',
	value: 'workflowSession',
	description: "A client's run through one of your ComplyCube workflows",
};

export const workflowSessionProperties: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['workflowSession'] } },
		options: [cancel, complete, get, getAll],
		default: 'get',
	},
	...withSharedLocators([
		...cancelProperties,
		...completeProperties,
		...getProperties,
		...getAllProperties,
	]),
];
