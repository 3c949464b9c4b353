import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { filters } from '../../fields/collections';
import { limitProperties, listOptions, timeFilters } from '../../fields/listFields';
import { clientFilter } from '../../fields/locator';
import { openList } from '../../fields/openList';
import { CHECK_OUTCOMES } from '../../fields/outcomes';
import { outputProperties } from '../../fields/outputFields';
import { filterBy } from '../../fields/routing';
import { withoutPreset } from '../../fields/withoutPreset';
import type { Operation } from '../resource';
import { CHECK_FIELDS, CHECK_TYPES, SIMPLIFIED_FIELDS } from './fields';

/** API page "Checks". */
const STATUSES: INodePropertyOptions[] = [
	{ name: 'Complete', value: 'complete', description: 'Finished, the outcome is known' },
	{ name: 'Failed', value: 'failed', description: 'Ended without an outcome' },
	{ name: 'Pending', value: 'pending', description: 'Still under way' },
];

const idFilter = (displayName: string, name: string, description: string): INodeProperties => ({
	displayName,
	name,
	type: 'string',
	default: '',
	placeholder: 'e.g. 5eb1276d96be4a0008713af5',
	description,
	routing: filterBy(name),
});

/** API page "List checks". */
export const getAll: Operation = {
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many checks',
	description:
		'List checks, newest first, by client, type, status, outcome, time or what was checked',
	request: { method: 'GET', path: '/checks' },
	plan: { kind: 'list', simplified: SIMPLIFIED_FIELDS },
	outputFields: CHECK_FIELDS,
	fields: [
		...limitProperties,
		...outputProperties,
		filters('checkFilters', [
			idFilter('Address ID', 'addressId', 'Only checks of this address'),
			clientFilter('Only checks of this client', filterBy('clientId')),
			idFilter('Document ID', 'documentId', 'Only checks of this document'),
			idFilter('Live Photo ID', 'livePhotoId', 'Only checks of this live photo'),
			idFilter('Live Video ID', 'liveVideoId', 'Only checks of this live video'),
			openList({
				displayName: 'Outcome',
				name: 'outcome',
				type: 'options',
				default: '',
				description:
					'Only checks with this outcome. ComplyCube may add outcomes: use an expression to enter one that is not listed.',
				options: CHECK_OUTCOMES,
				routing: filterBy('result.outcome'),
			}),
			openList({
				displayName: 'Status',
				name: 'status',
				type: 'options',
				default: '',
				description: 'Only checks with this status',
				options: STATUSES,
				routing: filterBy('status'),
			}),
			withoutPreset({
				displayName: 'Type',
				name: 'type',
				type: 'options',
				options: CHECK_TYPES,
				default: '',
				description: 'Only checks of this type',
				routing: filterBy('type'),
			}),
			...timeFilters,
		]),
		listOptions,
	],
};
