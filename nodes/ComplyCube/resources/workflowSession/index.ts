import type { Resource } from '../resource';
import { cancel } from './cancel';
import { complete } from './complete';
import { get } from './get';
import { getAll } from './getAll';

/** One run, by one client, of a published workflow template (API page "Workflow Sessions"). */
export const workflowSession: Resource = {
	name: 'Workflow Session',
	value: 'workflowSession',
	description: "A client's run through one of your ComplyCube workflows",
	operations: [cancel, complete, get, getAll],
};
