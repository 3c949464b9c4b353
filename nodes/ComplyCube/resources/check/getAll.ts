import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { filters } from '../../fields/collections';
import { limitProperties, listOptions, timeFilters } from '../../fields/listFields';
import { clientFilter, idFilter } from '../../fields/locator';
import { openList } from '../../fields/openList';
import { CHECK_OUTCOMES, outcomeFilter } from '../../fields/outcomes';
import { outputProperties } from '../../fields/outputFields';
import { filterBy } from '../../fields/routing';
import { withoutPreset } from '../../fields/withoutPreset';
import type { Operation } from '../resource';
import { CHECK_FIELDS, CHECK_TYPES, SIMPLIFIED_FIELDS } from './fields';

/** Without what each needs, which only matters for a new check. */
const TYPES = CHECK_TYPES.map(({ name, value }) => ({ name, value }));

/** API page "Checks". */
const STATUSES: INodePropertyOptions[] = [
	{ name: 'Complete', value: 'complete', description: 'Finished; the outcome is known' },
	{ name: 'Failed', value: 'failed', description: 'Ended without an outcome' },
	{ name: 'Pending', value: 'pending', description: 'Still running' },
];

/** A filter by what was checked. */
const subjectFilter = (displayName: string, name: string): INodeProperties =>
	idFilter(displayName, name, '5eb1276d96be4a0008713af5', filterBy(name));

/** API page "List checks". */
export const getAll: Operation = {
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many checks',
	description:
		'List checks, newest first. Filter by client, type, status, outcome, time or what was checked.',
	request: { method: 'GET', path: '/checks' },
	plan: { kind: 'list', simplified: SIMPLIFIED_FIELDS },
	outputFields: CHECK_FIELDS,
	fields: [
		...limitProperties,
		...outputProperties,
		filters('checkFilters', [
			subjectFilter('Address ID', 'addressId'),
			clientFilter(filterBy('clientId')),
			subjectFilter('Document ID', 'documentId'),
			subjectFilter('Live Photo ID', 'livePhotoId'),
			subjectFilter('Live Video ID', 'liveVideoId'),
			outcomeFilter(CHECK_OUTCOMES, filterBy('result.outcome')),
			openList({
				displayName: 'Status',
				name: 'status',
				type: 'options',
				default: '',
				options: STATUSES,
				routing: filterBy('status'),
			}),
			withoutPreset({
				displayName: 'Type',
				name: 'type',
				type: 'options',
				options: TYPES,
				default: '',
				routing: filterBy('type'),
			}),
			...timeFilters,
		]),
		listOptions,
	],
};
