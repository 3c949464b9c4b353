import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { byId } from '../../sandbox/rig/workflows.cts';
import { collectionOf, type Operation } from '../operations/index.cts';
import { ID } from '../operations/row.cts';
import { STRUCK } from './cell.cts';
import type { Fault } from './faults.cts';

/** What an expression may give where an ID is wanted, as JavaScript. */
const NO_ID = {
	undefined: 'undefined',
	null: 'null',
	blanks: "'  '",
	object: '({ id: $json.id })',
	list: '[$json.id]',
};

/** What an expression may give where a filter is wanted, as JavaScript. */
const NO_FILTER = { undefined: 'undefined', null: 'null', blanks: "'  '" };

const UNSENT = {
	ends: 'fails',
	sent: { reads: [0, 0], changes: [0, 0] },
} satisfies Partial<Fault>;

/** A fault for each parameter that is the item's ID, and each of what may be there instead. */
const idFaults = ({ parameters }: Operation): Fault[] =>
	Object.entries(parameters).flatMap(([name, value]) => {
		const isLocator = typeof value === 'object' && (value as IDataObject).value === ID;
		if (value !== ID && !isLocator) return [];
		return Object.entries(NO_ID).map(([kind, noId]) => {
			const expression = `={{ $itemIndex === ${STRUCK} ? ${noId} : $json.id }}`;
			return {
				...UNSENT,
				name: `${name} ${kind}`,
				parameters: { [name]: isLocator ? byId(expression) : expression },
			};
		});
	});

/** A fault for each filter that an operation has, and each of what may be there instead of a value. */
function filterFaults(operation: Operation): Fault[] {
	const filters = collectionOf(operation, 'Filters');
	if (!filters) return [];
	return (filters.options as INodeProperties[]).flatMap(({ name, type }) =>
		Object.entries(NO_FILTER).map(([kind, nothing]) => {
			const value = `={{ ${nothing} }}`;
			const isPairs = type === 'fixedCollection';
			return {
				...UNSENT,
				name: `filter ${name} ${kind}`,
				// Only one filter, because the others would have to be right for each item
				strikesAll: true,
				parameters: {
					[filters.name]: { [name]: isPairs ? { pairs: [{ key: 'plan', value }] } : value },
				},
			};
		}),
	);
}

/** What a previous node can do to an operation: its expressions give nothing, or something else than an ID. */
export const inputFaultsOf = (operation: Operation): Fault[] => [
	...idFaults(operation),
	...filterFaults(operation),
];
