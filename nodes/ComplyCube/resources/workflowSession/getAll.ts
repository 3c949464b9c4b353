import type { INodePropertyOptions } from 'n8n-workflow';
import { filters } from '../../fields/collections';
import { limitProperties, listOptions, timeFilters } from '../../fields/listFields';
import { clientFilter, locator, templateLocator } from '../../fields/locator';
import { openList } from '../../fields/openList';
import { SESSION_OUTCOMES, outcomeFilter } from '../../fields/outcomes';
import { outputProperties } from '../../fields/outputFields';
import { inQuery } from '../../fields/routing';
import type { Operation } from '../resource';
import { SIMPLIFIED_FIELDS } from './session';

/** API page "Workflow Sessions". */
const STATUSES: INodePropertyOptions[] = [
	{
		name: 'Abandoned',
		value: 'abandoned',
		description: 'Started, then left for a long time',
	},
	{
		name: 'Cancelled',
		value: 'cancelled',
		description: 'Cancelled before it was completed',
	},
	{ name: 'Complete', value: 'complete', description: 'Finished; the outcome is known' },
	{
		name: 'Processing',
		value: 'processing',
		description: 'The client has finished; checks are running',
	},
	{ name: 'Started', value: 'started', description: 'The client has started' },
];

const FIELDS = [
	{ name: 'Outcome', value: 'outcome' },
	{ name: 'Status', value: 'status' },
	{ name: 'Client ID', value: 'clientId' },
	{ name: 'Completed At', value: 'completedAt' },
	{ name: 'Created At', value: 'createdAt' },
	{ name: 'Entity Name', value: 'entityName' },
	{ name: 'Updated At', value: 'updatedAt' },
	{ name: 'Workflow ID', value: 'workflowId' },
	{ name: 'Workflow Template ID', value: 'workflowTemplateId' },
	{ name: 'Workflow Template Name', value: 'workflowTemplateName' },
	{ name: 'Workflow Version', value: 'workflowVersion' },
];

/** API page "List workflow sessions". */
export const getAll: Operation = {
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many workflow sessions',
	description:
		'List sessions, newest first. Filter by client, workflow template, status, outcome or time.',
	request: { method: 'GET', path: '/workflowSessions' },
	plan: {
		kind: 'list',
		simplified: SIMPLIFIED_FIELDS,
		// ComplyCube documents the statuses, but not the filter
		unconfirmedFilters: ['status'],
	},
	outputFields: FIELDS,
	fields: [
		...limitProperties,
		...outputProperties,
		filters('filters', [
			clientFilter(inQuery('clientId')),
			...timeFilters,
			outcomeFilter(SESSION_OUTCOMES, inQuery('outcome')),
			openList({
				displayName: 'Status',
				name: 'status',
				type: 'options',
				default: '',
				options: STATUSES,
				routing: inQuery('status'),
			}),
			locator({
				...templateLocator,
				name: 'workflowTemplateId',
				required: false,
				routing: inQuery('workflowTemplateId'),
			}),
		]),
		listOptions,
	],
};
