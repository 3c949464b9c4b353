import { actingMember } from '../../fields/actingMember';
import { updateFields } from '../../fields/collections';
import { locator } from '../../fields/locator';
import type { Operation } from '../resource';
import { CHECK_PATH, checkLocator, monitoringField } from './fields';

/** API page "Update a check". */
export const update: Operation = {
	name: 'Update',
	value: 'update',
	action: 'Update check',
	description:
		'Turn continuous monitoring on or off for a screening check that is no longer pending',
	request: { method: 'POST', path: CHECK_PATH },
	plan: {
		kind: 'change',
		inDoubt:
			'The check may have been changed all the same. It is safe to run this item again: it sets the same value.',
	},
	fields: [
		locator(checkLocator),
		// Not in the collection, because nothing else can be changed
		monitoringField,
		updateFields('checkUpdates', [actingMember]),
	],
};
